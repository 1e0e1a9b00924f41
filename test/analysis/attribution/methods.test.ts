// Every method beside something that does not share its code: edits of the engine, finite differences, orders of players
// counted one by one, an implementation in NumPy.

import { beforeAll, describe, expect, test } from 'vitest'
import { contextualDecomposition } from '../../../src/analysis/attribution/contextual-decomposition.ts'
import { gradientTimesActivation } from '../../../src/analysis/attribution/gradient-times-activation.ts'
import { integratedGradients } from '../../../src/analysis/attribution/integrated-gradients.ts'
import { decoderBiasOf, readingOf, sumOf, type Reading } from '../../../src/analysis/attribution/reading.ts'
import { occlusion, shapley, shapleyValues } from '../../../src/analysis/attribution/removal.ts'
import { wholeGateDecomposition } from '../../../src/analysis/attribution/whole-gates.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { LstmConfig } from '../../../src/model/config.ts'
import type { Edit } from '../../../src/model/edits.ts'
import type { Model } from '../../../src/model/model.ts'
import { viewWeights } from '../../../src/model/weights.ts'
import { startState } from '../../../src/recording/states-after.ts'
import { marginsOfVariants } from '../../../src/tasks/margins.ts'
import type { EncodedChoice } from '../../../src/tasks/items.ts'
import { CELLS } from '../../engine/models.ts'
import { modelWithVocabulary } from '../../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const choices: readonly EncodedChoice[] = [
  { prefix: Int32Array.of(2, 5, 3, 7), right: 4, wrong: 6 },
  { prefix: Int32Array.of(8, 5, 2), right: 3, wrong: 1 },
  { prefix: Int32Array.of(7, 7, 4, 3, 2), right: 6, wrong: 8 },
]

async function reading(model: Model, own = choices): Promise<Reading> {
  return readingOf(engine, model, own, await startState(engine, model, 1))
}

const marginsOf = (model: Model, edits: readonly Edit[] = []) => marginsOfVariants(engine, model, choices, [edits])

/** Every unit of the embedding at one word. */
function atWord(model: Model, word: number, change: { readonly set: number } | { readonly scale: number }): Edit[] {
  return Array.from({ length: model.config.embedding }, (_, unit) => ({ unit: `embedding.${unit}`, steps: [word], ...change }))
}

describe.each(CELLS)('of %s', (cell) => {
  const model = modelWithVocabulary(cell)

  test('occlusion is what a word costs whose embedding is set to zeros', async () => {
    const found = await occlusion(await reading(model))
    const intact = await marginsOf(model)
    for (const [item, { prefix }] of choices.entries()) {
      for (let word = 0; word < prefix.length; word++) {
        const without = await marginsOfVariants(engine, model, [choices[item]], [atWord(model, word, { set: 0 })])
        expect(found[item].words[word]).toBeCloseTo(intact[item] - without[0], 5)
      }
    }
  })

  test('gradient × activation is the slope in the size of a word, and of all biases', async () => {
    const found = await gradientTimesActivation(await reading(model))
    const by = 0.01 // differences are right to its square
    for (const [item, { prefix }] of choices.entries()) {
      for (let word = 0; word < prefix.length; word++) {
        const variants = [1 + by, 1 - by].map((scale) => atWord(model, word, { scale }))
        const [above, below] = await marginsOfVariants(engine, model, [choices[item]], variants)
        expect(Math.abs(found[item].words[word] - (above - below) / (2 * by))).toBeLessThan(1e-4)
      }
    }
    const own = await reading(model)
    const scaled = (scale: number): Reading => ({ ...own, model: { ...own.model, weights: Object.fromEntries(
      Object.entries(own.model.weights).map(([name, values]) =>
        [name, /^\d.*ias$/.test(name) ? values.map((value) => value * scale) : values]),
    ) } })
    const [above, below] = [scaled(1 + by), scaled(1 - by)]
    for (const item of choices.keys()) {
      const slope = (marginOf(above, item) - marginOf(below, item)) / (2 * by)
      expect(Math.abs(found[item].biases - slope)).toBeLessThan(1e-4)
    }
  })

  test('integrated gradients and Shapley values add up to the margin, to 1e-5', async () => {
    const own = await reading(model)
    const margins = await marginsOf(model)
    for (const found of [await integratedGradients(own), await shapleyValues(own)]) {
      for (const item of choices.keys()) {
        expect(Math.abs(sumOf(own, item, found[item]!) - margins[item])).toBeLessThan(1e-5)
        expect(Math.max(...found[item]!.words.map(Math.abs))).toBeGreaterThan(1e-3)
      }
    }
  })

  test('of a margin that only one word can move, all is put down to it', async () => {
    const deaf = modelWithVocabulary(cell)
    for (const token of [5, 3, 7]) deaf.weights['embedding'].fill(0, token * 4, (token + 1) * 4) // read as nothing
    const own = readingOf(engine, deaf, choices.slice(0, 1), zeros(await startState(engine, deaf, 1)))
    for (const [found] of [await occlusion(own), await integratedGradients(own), await shapleyValues(own)]) {
      expect(found!.words[0]).not.toBe(0)
      expect([...found!.words.slice(1), found!.start].every((value) => Math.abs(value) < 1e-7)).toBe(true)
      const margin = found!.words[0] + found!.biases + decoderBiasOf(own, own.choices[0])
      expect(Math.abs(margin - marginOf(own, 0))).toBeLessThan(1e-5)
    }
  })
})

test('Shapley values are what a part adds in the mean over all orders in which parts come', () => {
  const worth = Float64Array.from({ length: 16 }, (_, bits) => Math.sin(3 * bits) + bits)
  const orders = permutations([0, 1, 2, 3])
  const byOrders = [0, 1, 2, 3].map((part) =>
    orders.reduce((sum, order) => {
      const before = order.slice(0, order.indexOf(part)).reduce((bits, other) => bits | (1 << other), 0)
      return sum + (worth[before | (1 << part)] - worth[before]) / orders.length
    }, 0),
  )
  shapley(worth).forEach((value, part) => expect(value).toBeCloseTo(byOrders[part], 12))
})

test('choices of more than eight words have no Shapley values', async () => {
  const long = [{ prefix: Int32Array.from({ length: 9 }, () => 3), right: 4, wrong: 6 }]
  expect(await shapleyValues(await reading(modelWithVocabulary('lstm'), long))).toEqual([null])
})

describe('contextual decomposition', () => {
  test('of words is that of contextual_decomposition.py', () => {
    const [found] = contextualDecomposition(sineReading())
    const expected = [-0.038178591645, 0.046499963959, -0.044765130656, -0.016401241963]
    // the weights are the same float32 numbers; all else is in double precision
    found.words.forEach((value, word) => expect(value).toBeCloseTo(expected[word], 10))
    for (const margin of found.margins) expect(margin).toBeCloseTo(-0.038178591645 - 0.304710430801, 10)
  })

  test('of every part and the rest add up to the margin of the engine', async () => {
    const model = modelWithVocabulary('lstm')
    const margins = await marginsOf(model)
    const found = contextualDecomposition(await reading(model))
    for (const [item, { prefix }] of choices.entries()) {
      expect(found[item].margins).toHaveLength(prefix.length + 2)
      for (const margin of found[item].margins) expect(Math.abs(margin - margins[item])).toBeLessThan(1e-5)
    }
  })

  test('with whole gates the parts add up to the margin of the engine', async () => {
    const model = modelWithVocabulary('lstm')
    const own = await reading(model)
    const margins = await marginsOf(model)
    wholeGateDecomposition(own).forEach((found, item) => {
      expect(Math.abs(sumOf(own, item, found) - margins[item])).toBeLessThan(1e-5)
    })
  })

  test('with whole gates is the chain of gates along which a word comes to the verb', () => {
    // one unit that reads nothing but its cell: a word comes through its input gate, all later forget gates, two shares of
    // tanh and the last output gate
    const own = oneUnitReading([0.7, -0.4, 0.2])
    const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))
    const share = (x: number) => Math.tanh(x) / x
    const words = [0.7, -0.4, 0.2]
    const [input, forget, output] = [sigmoid(0.5), sigmoid(1), sigmoid(-0.3)]
    const candidates = words.map((word) => 2 * word + 0.1)
    const cell = candidates.reduce((sum, x) => forget * sum + input * Math.tanh(x), 0)
    const [found] = wholeGateDecomposition(own)
    words.forEach((word, place) => {
      const way = input * forget ** (words.length - 1 - place) * share(candidates[place]) * share(cell) * output
      expect(found.words[place]).toBeCloseTo(2 * word * way * 3, 6)
    })
  })
})

function marginOf({ engine, model, choices, start }: Reading, item: number): number {
  const { prefix, right, wrong } = choices[item]
  const { candidateLogits } = engine.run(model, { tokens: prefix, rows: 1, steps: prefix.length }, {
    state: start,
    candidates: { positions: Int32Array.of(prefix.length - 1), tokens: Int32Array.of(right, wrong), width: 2 },
  })
  return candidateLogits![0] - candidateLogits![1]
}

/** An LSTM whose weights are set one by one, its words 0 to 3 and then nothing. */
function designed(layers: number, units: number, embedding: number, weights: (name: string, place: number) => number): Reading {
  const config: LstmConfig = {
    cell: 'lstm', layers, units, embedding, vocabulary: 5, tied: false, dropout: 0, initialState: 'zeros', forgetBias: 0,
    initialization: { embedding: 'zeros', kernel: 'zeros', recurrentKernel: 'zeros', decoder: 'zeros' },
  }
  const own = viewWeights(config)
  for (const [name, values] of Object.entries(own)) values.forEach((_, place) => (values[place] = weights(name, place)))
  const state = Object.keys(own).flatMap((name) => /^(\d)\.kernel/.exec(name)?.[1] ?? [])
  const start = Object.fromEntries(state.flatMap((layer) => ['hidden', 'cell'].map((name) => [`${layer}.${name}`, new Float32Array(units)])))
  return { engine, model: { config, weights: own }, choices: [{ prefix: Int32Array.of(2, 0, 3, 1), right: 0, wrong: 1 }], start, absent: [4, 4, 4, 4], absentStart: start }
}

/** The weights of contextual_decomposition.py. */
function sineReading(): Reading {
  const starts = { embedding: 0, '0.kernel': 12, '0.recurrentKernel': 48, '0.bias': 84, '1.kernel': 96, '1.recurrentKernel': 132, '1.bias': 168, decoder: 180 }
  return designed(2, 3, 3, (name, place) => {
    const start = starts[name as keyof typeof starts]
    return start === undefined || (name === 'embedding' && place >= 12) ? 0 : 0.9 * Math.sin(1.7 * (start + place))
  })
}

/** A unit that reads a word in its candidate alone, twice it, and moves the right word by 3 times what it shows. */
function oneUnitReading(words: readonly number[]): Reading {
  const own = designed(1, 1, 1, (name, place) => {
    if (name === 'embedding') return words[place] ?? 0
    if (name === '0.kernel') return [0, 0, 2, 0][place]
    if (name === '0.bias') return [0.5, 1, 0.1, -0.3][place]
    return name === 'decoder' && place === 0 ? 3 : 0
  })
  return { ...own, choices: [{ prefix: Int32Array.of(0, 1, 2), right: 0, wrong: 1 }] }
}

function zeros(state: Reading['start']): Reading['start'] {
  return Object.fromEntries(Object.entries(state).map(([name, values]) => [name, new Float32Array(values.length)]))
}

function permutations(parts: readonly number[]): number[][] {
  if (parts.length === 0) return [[]]
  return parts.flatMap((part) => permutations(parts.filter((other) => other !== part)).map((rest) => [part, ...rest]))
}
