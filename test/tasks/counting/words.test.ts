// Words read side by side give what one word at a time gives, on both engines; horizons are those of counters that are
// made to fail.

import { describe, expect, test } from 'vitest'
import { completeData } from '../../../src/data/config.ts'
import { loadDataset } from '../../../src/data/dataset.ts'
import { parseLanguage, type CountingLanguage } from '../../../src/data/language/language.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { Edit } from '../../../src/model/edits.ts'
import { trainNgram, type CountModel } from '../../../src/model/ngram.ts'
import { horizonIn, horizonOf, ngramHorizon } from '../../../src/tasks/counting/horizon.ts'
import { scoreWords } from '../../../src/tasks/counting/score-words.ts'
import { CELLS, smallModel, type SmallModel } from '../../engine/models.ts'
import { counter } from './counter.ts'

const anbn = parseLanguage('anbn')
const anbncn = parseLanguage('anbncn')
const native = await loadEngine({ threads: 1 })
const tfjs = await loadEngine({ engine: 'tfjs' })

/** p of every symbol of one word and of its end, the word read alone; its last block is `offset` letters too long. */
function symbolsOf(
  engine: Engine, model: SmallModel, { letters }: CountingLanguage, n: number, offset = 0, edits: readonly Edit[] = [],
): number[] {
  const last = letters.length - 1
  const word = letters.flatMap((_, block) => Array<number>(block === last ? n + offset : n).fill(block + 1))
  const batch = { tokens: Int32Array.of(0, ...word), rows: 1, steps: word.length + 1 }
  const { logProbabilities } = engine.run(model, batch, { targets: Int32Array.of(...word, 0), edits })
  return Array.from(logProbabilities!, Math.exp)
}

/** What scoreWords gives, one word at a time. */
function naively(
  engine: Engine, model: SmallModel, language: CountingLanguage,
  longest: number, offsets: readonly number[], edits?: readonly Edit[],
) {
  const words = Array.from({ length: longest }, (_, index) => index + 1)
  const symbols = (n: number, offset = 0) => symbolsOf(engine, model, language, n, offset, edits)
  return {
    determined: words.map((n) => Math.min(...symbols(n).slice(n + 1))),
    smallest: words.map((n) => Math.min(...symbols(n))),
    offBy: offsets.map((offset) => words.map((n) => (n + offset < 1 ? NaN : Math.min(...symbols(n, offset))))),
  }
}

/** Equal but for the rounding of a probability to 32 bits. */
function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  found.forEach((value, index) => {
    if (Number.isNaN(expected[index])) expect(value).toBeNaN()
    else expect(Math.abs(value - expected[index])).toBeLessThan(1e-6)
  })
}

async function expectSame(
  engine: Engine, model: SmallModel, language: CountingLanguage,
  longest: number, offsets: readonly number[], edits?: readonly Edit[],
): Promise<void> {
  const scores = await scoreWords(engine, model, language, { longest, offsets, edits })
  const expected = naively(engine, model, language, longest, offsets, edits)
  expectClose(scores.determined, expected.determined)
  expectClose(scores.smallest, expected.smallest)
  offsets.forEach((offset, index) => expectClose(scores.offBy.get(offset)!, expected.offBy[index]))
}

const modelFor = ({ letters }: CountingLanguage, cell: (typeof CELLS)[number], layers = 1) =>
  smallModel(cell, { layers, units: 3, embedding: 2, vocabulary: letters.length + 1, trained: true })

describe('words read side by side', () => {
  test.each(CELLS)('are those read alone, %s', async (cell) => {
    await expectSame(native, modelFor(anbn, cell, 2), anbn, 40, [1, -1, 5, -5])
    await expectSame(native, modelFor(anbncn, cell), anbncn, 20, [2, -2])
  })

  test.each([0, 1, 2, 3])('are judged by whichever symbol is the least probable, as number %i is here', async (rare) => {
    const model = modelFor(anbncn, 'lstm')
    model.weights['decoderBias'][rare] -= 3
    await expectSame(native, model, anbncn, 20, [1, -1])
  })

  test.each(['lstm', 'gru before'] as const)('are those read alone in TensorFlow.js, too, %s', async (cell) => {
    await expectSame(tfjs, modelFor(anbncn, cell), anbncn, 6, [2, -2])
  })

  test('are the same with no offsets, and with offsets to one side only', async () => {
    await expectSame(native, modelFor(anbn, 'lstm'), anbn, 20, [])
    await expectSame(native, modelFor(anbn, 'lstm'), anbn, 20, [-3])
  })

  test('are the same where more of them are read than go together', async () => {
    const model = modelFor(anbn, 'gru after')
    const { determined, smallest } = await scoreWords(native, model, anbn, { longest: 1030 })
    for (const n of [1, 1023, 1024, 1025, 1030]) {
      const symbols = symbolsOf(native, model, anbn, n)
      expect(smallest[n - 1]).toBeCloseTo(Math.min(...symbols), 6)
      expect(determined[n - 1]).toBeCloseTo(Math.min(...symbols.slice(n + 1)), 6)
    }
  })

  test('are edited at every step', async () => {
    const model = modelFor(anbn, 'lstm')
    const edits: Edit[] = [{ unit: '0.cell.1', round: 'int8' }, { unit: '0.hidden.0', scale: 0.5 }]
    await expectSame(native, model, anbn, 20, [1], edits)
    await expect(scoreWords(native, model, anbn, { longest: 2, edits: [{ unit: '0.cell.1', set: 0, steps: [1] }] }))
      .rejects.toThrow('hold for every word, at every step')
  })

  test('whose state overflows are certain of nothing', async () => {
    const model = counter(1)
    model.weights['0.recurrentKernel'].set([1e30, 0, 0, 0])
    const { determined, smallest } = await scoreWords(native, model, anbn, { longest: 4 })
    expect([...determined.subarray(2), ...smallest.subarray(2)]).toEqual([0, 0, 0, 0])
  })

  test('need a model of their letters', async () => {
    await expect(scoreWords(native, counter(1), anbncn, { longest: 3 })).rejects.toThrow(
      'The model knows 3 symbols; a^n b^n c^n has 4, its end included. Take a model that was trained on this language.',
    )
  })

  test('are refused where their probabilities do not fit into memory', async () => {
    await expect(scoreWords(native, counter(1), anbn, { longest: 1e12, offsets: [1] })).rejects.toThrow(
      /^The probabilities of words up to n = 1000000000000 take 12000 GB of memory, and there are \d+ GB\./,
    )
  })
})

describe('a horizon', () => {
  test('is as far as a model counts', async () => {
    // b is as probable as the end where (n − 1) / 128 is ½
    const model = counter(1 + 1 / 128)
    expect(await horizonOf(native, model, anbn, { longest: 500 })).toBe(64)
    expect(await horizonOf(tfjs, model, anbn, { longest: 70 })).toBe(64)
    expect(await horizonOf(native, model, anbn, { longest: 64 })).toBe(64)
    expect(await horizonOf(native, model, anbn, { longest: 50 })).toBe(50)
    const farther = counter(1 + 1 / 512)
    expect(await horizonOf(native, farther, anbn, { longest: 500 })).toBe(256)
    expect(horizonIn((await scoreWords(native, farther, anbn, { longest: 300 })).determined)).toBe(256)
  })

  test('is as far as was tested where a model makes no mistake, and 0 where the first word is wrong', async () => {
    expect(await horizonOf(native, counter(1), anbn, { longest: 400 })).toBe(400)
    expect(await horizonOf(native, counter(3), anbn, { longest: 400 })).toBe(1)
    expect(await horizonOf(native, counter(0), anbn, { longest: 400 })).toBe(0)
  })

  test('is nearer with a counter that an edit rounds', async () => {
    // above 256, bfloat16 has 8 bits: 257 is not among its numbers
    const edits: Edit[] = [{ unit: '0.hidden.0', round: 'bfloat16' }]
    expect(await horizonOf(native, counter(1), anbn, { longest: 400, edits })).toBe(256)
  })

  test('is not reached by a probability of one half, or by none', () => {
    expect(horizonIn(Float32Array.of(0.9, 0.5, 0.9))).toBe(1)
    expect(horizonIn(Float32Array.of(0.9, NaN))).toBe(1)
    expect(horizonIn(Float32Array.of(0.9, 0.6))).toBe(2)
  })

  test('of a model that counts n-grams is judged by the same rule', async () => {
    const { training } = await loadDataset(completeData({ language: 'anbn', longest: 20 }), { baseDirectory: '.' })
    const options = { vocabulary: 3, end: 0, starts: training.sentenceStarts }
    for (const order of [2, 3, 5]) {
      const model = trainNgram(training.tokens, { ...options, order })
      expect(ngramHorizon(model, anbn, 20)).toBe(naiveNgramHorizon(model))
      expect(ngramHorizon(model, anbn, 20)).toBeLessThan(order)
    }
  })
})

/** Word by word and symbol by symbol, from the probability of each. */
function naiveNgramHorizon(model: CountModel): number {
  for (let n = 1; ; n++) {
    const word = [0, ...Array<number>(n).fill(1), ...Array<number>(n).fill(2), 0]
    for (let at = n + 2; at < word.length; at++) {
      if (Math.exp(model.logProbability(word.slice(0, at), word[at])) <= 0.5) return n - 1
    }
  }
}
