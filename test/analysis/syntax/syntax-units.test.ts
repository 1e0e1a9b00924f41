// The controls: an LSTM one cell of which counts the brackets that are open, and one with random weights.

import { describe, expect, test } from 'vitest'
import { crossValidate } from '../../../src/analysis/syntax/cross-validate.ts'
import { depthPoints } from '../../../src/analysis/syntax/depth-points.ts'
import { syntaxUnits } from '../../../src/analysis/syntax/syntax-units.ts'
import { Random } from '../../../src/core/random.ts'
import { correlation, mean } from '../../../src/core/statistics/moments.ts'
import { encodePart } from '../../../src/data/dataset.ts'
import type { Vocabulary } from '../../../src/data/vocabulary.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { DEFAULT_INITIALIZATION, type LstmConfig } from '../../../src/model/config.ts'
import { initializeWeights } from '../../../src/model/initialization.ts'
import type { Model } from '../../../src/model/model.ts'
import type { UnitGroupRow } from '../../../src/analysis/results.ts'
import { judgeDepth, judgeSyntaxRemoval, judgeSyntaxUnits } from '../../../src/report/verdicts/syntax.ts'

const engine = await loadEngine()
const [UNITS, COUNTER, RECEIVER] = [24, 3, 7]
const tokens = ['<eos>', '(', ')', 'a', 'b']
const vocabulary: Vocabulary = { kind: 'words', tokens, rare: 'unknown', lowercase: false, end: '<eos>' }
const config: LstmConfig = {
  cell: 'lstm', layers: 1, units: UNITS, embedding: 5, vocabulary: tokens.length, tied: false, dropout: 0, initialState: 'zeros',
  initialization: DEFAULT_INITIALIZATION, forgetBias: 1,
}

/** Brackets that open and close at random, and letters; a bracket is open until it is closed. */
function sentence(random: Random) {
  const words: string[] = []
  const openNodes: number[] = []
  let open = 0
  for (let place = 0; place < 12; place++) {
    const word = random.pick(open === 0 ? ['(', 'a', 'b'] : ['(', ')', 'a', 'b'])
    open += word === '(' ? 1 : word === ')' ? -1 : 0
    words.push(word)
    openNodes.push(open)
  }
  return { tokens: words, openNodes, paragraph: 0 }
}

const random = new Random('sentences')
const part = encodePart([{ name: 'd', category: null, sentences: Array.from({ length: 600 }, () => sentence(random)) }], vocabulary)

function randomModel(): Model {
  return { config, vocabulary, weights: initializeWeights(config, new Random('random')) }
}

/** Gates i f g o: the cell of one unit adds 1 at “(” and takes it off at “)”; it sends a large weight to one forget gate. */
function countingModel(): Model {
  const model = randomModel()
  const { weights } = model
  const columns = 4 * UNITS
  tokens.forEach((_, id) => {
    for (let dimension = 0; dimension < 5; dimension++) weights['embedding'][id * 5 + dimension] = Number(dimension === id)
  })
  for (let gate = 0; gate < 4; gate++) {
    for (let from = 0; from < UNITS; from++) weights['0.recurrentKernel'][from * columns + gate * UNITS + COUNTER] = 0
    for (let id = 0; id < 5; id++) {
      weights['0.kernel'][id * columns + gate * UNITS + COUNTER] = gate === 2 ? (id === 1 ? 30 : id === 2 ? -30 : 0) : 0
    }
    weights['0.bias'][gate * UNITS + COUNTER] = gate === 2 ? 0 : 30
  }
  weights['0.recurrentKernel'][COUNTER * columns + 1 * UNITS + RECEIVER] = 4
  return model
}

const ask = (model: Model) => syntaxUnits(engine, { name: 'model', seed: 1, model }, part, {
  site: 'cell', units: [`0.hidden.${RECEIVER}`], training: part, bootstraps: 30, resamples: 200,
})
const counting = await ask(countingModel())

describe('syntax units', () => {
  test('are the one cell that counts, and all units together tell the depth', () => {
    expect(counting.units.filter(({ isSyntaxUnit }) => isSyntaxUnit).map(({ unit }) => unit)).toEqual([`0.cell.${COUNTER}`])
    expect(counting.units[COUNTER]).toMatchObject({ stability: 1 })
    expect(counting.units[COUNTER].correlation).toBeCloseTo(1, 6)
    const [units, covariates, untrained] = counting.fits
    expect(units).toMatchObject({ read: 'units', columns: UNITS + 2, n: counting.fits[1].n })
    expect(units.r2).toBeGreaterThan(0.99)
    expect(untrained.high).toBeLessThan(units.low!) // random cells add up what they read, too, and not as well
    expect(covariates.r2).toBeLessThan(0.3)
    const [depth] = judgeDepth(counting.fits, 1)
    expect(depth.judgement).toBe('found')
    expect(depth.sentence).toContain('the units of cell together tell how many constituents are open')
    const [standing] = judgeSyntaxUnits(counting.fits, counting.units, counting.links, counting.linkSets, 1)
    expect(standing.judgement).toBe('found')
    expect(standing.sentence).toContain(`1 unit of 24 stands out stably in that: 0.cell.${COUNTER}`)
  })

  test('send to a gate what their weight and their largest value make, beside all units', () => {
    expect(counting.links.map(({ from, to, gate }) => [from, to, gate])).toEqual(
      ['input', 'forget', 'candidate', 'output'].map((gate) => [`0.cell.${COUNTER}`, `0.hidden.${RECEIVER}`, gate]),
    )
    const forget = counting.links[1]
    const deepest = Math.max(...part.documents[0].sentences.flatMap(({ openNodes = [] }) => openNodes))
    expect(forget.weight).toBeLessThanOrEqual(4 * deepest)
    expect(forget.weight).toBeGreaterThan(4 * 3)
    expect(forget.z).toBeGreaterThan(4)
    expect(forget.p).toBeCloseTo(1 / UNITS, 12)
  })

  test('send together what random units do not', () => {
    const [set] = counting.linkSets
    expect(set).toMatchObject({ senders: 1, receivers: 1, links: 4, random: 1000 })
    expect(set.meanZ).toBeCloseTo(mean(counting.links.map(({ z }) => Math.abs(z))), 12)
    // a set of one is one of 24 units, none of which sends as much
    expect(set.p).toBeGreaterThan(0.02)
    expect(set.p).toBeLessThan(0.07)
    expect(set.randomHigh).toBeLessThanOrEqual(set.meanZ)
  })

  test('follow the open brackets of the deepest sentences word by word', () => {
    const { traces } = counting
    expect(new Set(traces.map(({ unit }) => unit))).toEqual(new Set([`0.cell.${COUNTER}`]))
    const deepest = part.documents[0].sentences.map(({ openNodes = [] }) => Math.max(...openNodes)).sort((a, b) => b - a)
    for (const number of [1, 2]) {
      const own = traces.filter((row) => row.sentence === number)
      expect(own).toHaveLength(12)
      expect(Math.max(...own.map(({ openNodes }) => openNodes))).toBeGreaterThanOrEqual(deepest[2])
      for (const { word, position, openNodes, value } of own) {
        const before = position === 0 ? 0 : own[position - 1].openNodes
        expect(openNodes - before).toBe(word === '(' ? 1 : word === ')' ? -1 : 0)
        expect(value).toBeCloseTo(openNodes, 3)
      }
    }
  })

  test('are not found in a random network', async () => {
    const { fits, units, links, linkSets, traces } = await ask(randomModel())
    expect(judgeDepth(fits, 1)[0].judgement).toBe('not found')
    const [standing] = judgeSyntaxUnits(fits, units, links, linkSets, 1)
    expect(standing.judgement).toBe('not found')
    expect(standing.sentence).toContain('no unit stands out stably')
    expect(linkSets).toEqual([])
    expect(new Set(traces.map(({ unit, isSyntaxUnit }) => `${unit} ${isSyntaxUnit}`)).size).toBe(1)
    expect(traces[0].isSyntaxUnit).toBe(false)
    expect(judgeSyntaxRemoval(fits, [{ ...GROUP, seed: 2 }], 1)[0].sentence).toContain('there is no syntax unit to remove')
  })
})

test('removing syntax units is judged across a phrase and across clauses, each for itself', () => {
  const fits = (['units', 'covariates', 'untrained units'] as const).map((read) => (
    { model: 'model', seed: 1, site: 'hidden', read, columns: 10, n: 100, sentences: 50, r2: 0.5, low: 0.4, high: 0.6, penalty: 0.1 }
  ))
  const rows = (condition: string, more: Partial<UnitGroupRow>) => (['removed', 'kept'] as const).map((what) => ({ ...GROUP, condition, what, ...more }))
  const costly = { marginDrop: 1, marginDropLow: 0.8, marginDropHigh: 1.2, marginP: 0.001, random: 1000, size: 2 }
  const [phrase, clauses, ...rest] = judgeSyntaxRemoval(fits, [...rows('SP and PP', {}), ...rows('across clauses', costly), ...rows('across a phrase', costly)], 1)
  expect(phrase).toMatchObject({ judgement: 'not found' })
  expect(clauses).toMatchObject({ judgement: 'found' })
  expect(clauses.sentence).toContain('1.00 [0.80, 1.20] nats of the margin on nounpp, across clauses')
  expect(clauses.sentence).toContain('(n = 100 items, ')
  expect(rest).toEqual([])
})

const GROUP = {
  model: 'model', seed: 1, group: '0.hidden.3', size: 1, what: 'removed', task: 'nounpp', condition: 'SP and PP', n: 100, intact: 1,
  accuracy: 1, drop: 0, dropLow: 0, dropHigh: 0, marginDrop: 0, marginDropLow: 0, marginDropHigh: 0, random: 20, randomMedian: 0,
  randomExtreme: 0, p: 1, marginP: 1,
} as const

test('words are drawn alike from every place and depth, and none is the last of its sentence', () => {
  const { points, sequences } = depthPoints(part, new Random('points'))
  const cells = new Map<string, number>()
  for (const { position, depth, sentence: own } of points) {
    cells.set(`${position} ${depth}`, (cells.get(`${position} ${depth}`) ?? 0) + 1)
    expect(position).toBeLessThan(sequences[own].tokens.length - 2) // its end token, and its last word
  }
  expect(new Set(cells.values())).toEqual(new Set([15]))
  const place = points.map(({ position }) => position)
  const depth = points.map((point) => point.depth)
  const before = part.documents[0].sentences.flatMap(({ openNodes = [] }) => openNodes.map((open, position) => ({ open, position })))
  expect(correlation(place, depth)).toBeLessThan(correlation(before.map(({ position }) => position), before.map(({ open }) => open)) + 0.2)
  expect(() => depthPoints(encodePart([{ name: 'd', category: null, sentences: [{ tokens: ['a'], paragraph: 0 }] }], vocabulary), random)).toThrow(
    'syntax-units needs sentences drawn from a grammar',
  )
})

describe('nested cross-validation', () => {
  const noise = new Random('noise')
  const n = 400
  const fold = Int32Array.from({ length: n }, (_, item) => item >> 2) // four items a sentence
  const r2 = (labels: Float64Array, columns: Float64Array[]) => {
    const { predicted, baseline } = crossValidate(columns, labels, fold)
    const error = (from: Float64Array) => mean(labels.map((label, item) => (label - from[item]) ** 2))
    return 1 - error(predicted) / error(baseline)
  }
  const normal = () => Float64Array.from({ length: n }, () => noise.normal())

  test('explains what there is to explain', () => {
    const [signal, other, error] = [normal(), normal(), normal()]
    expect(r2(signal.map((value, item) => 3 + 2 * value + error[item]), [signal, other])).toBeCloseTo(0.8, 1) // 4 of 4 + 1
  })

  test('learns nothing from what sentences have of their own: no item is judged by others of its sentence', () => {
    const ofSentence = () => {
      const values = Float64Array.from({ length: n / 4 }, () => noise.normal())
      return Float64Array.from({ length: n }, (_, item) => values[item >> 2])
    }
    const columns = Array.from({ length: 60 }, ofSentence)
    expect(r2(ofSentence(), columns)).toBeLessThan(0.05)
  })
})
