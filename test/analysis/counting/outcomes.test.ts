// The outcomes of networks whose answers are known: counters set by hand that fail at a chosen n, and one that is
// always unsure.

import { describe, expect, test } from 'vitest'
import { counting } from '../../../src/analysis/counting/counting.ts'
import { outcomeOf } from '../../../src/analysis/counting/outcomes.ts'
import type { CountingModel } from '../../../src/analysis/counting/subject.ts'
import { Random } from '../../../src/core/random.ts'
import { completeData, type LanguageInput } from '../../../src/data/config.ts'
import { loadDataset } from '../../../src/data/dataset.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { initializeWeights } from '../../../src/model/initialization.ts'
import { trainNgram } from '../../../src/model/ngram.ts'
import { viewWeights } from '../../../src/model/weights.ts'
import { horizonOf } from '../../../src/tasks/counting/horizon.ts'
import { counter } from '../../tasks/counting/counter.ts'

const engine = await loadEngine({ threads: 1 })
const load = (input: Partial<LanguageInput>) =>
  loadDataset(completeData({ language: 'anbn', longest: 20, ...input }), { baseDirectory: '.' })
const dataset = await load({})
const { training, vocabulary, language } = dataset
const ngram = trainNgram(training.tokens, { vocabulary: 3, end: 0, starts: training.sentenceStarts })
const options = { longest: 200, thresholds: [0.01], ngram }

/** Right to n = ½ / excess. */
function failing(name: string, seed: number, excess: number): CountingModel {
  return { name, seed, trained: true, model: { ...counter(1 + excess), vocabulary } }
}

const unsure: CountingModel = {
  name: 'unsure', seed: 1, trained: true,
  model: { config: counter(1).config, weights: viewWeights(counter(1).config), vocabulary },
}

describe('the outcome of a network', () => {
  test('is its horizon, beside what cannot count', async () => {
    const subject = failing('relu', 3, 1 / 128)
    const { row } = await outcomeOf(engine, subject, dataset, options)
    const { config } = subject.model
    const untrained = { config, weights: initializeWeights(config, new Random('3/weights')) }
    expect(row).toEqual({
      model: 'relu', seed: 3, language: 'a^n b^n', cell: 'relu rnn', trainedTo: 20, trained: true,
      parameters: 3 * 3 + 3 * 2 + 2 * 2 + 2 + 3 * 2 + 3, units: 2,
      converged: true, horizon: 64, tested: 200, ngramHorizon: expect.any(Number) as number,
      untrainedHorizon: await horizonOf(engine, untrained, language!, { longest: 200 }),
      validationLoss: expect.any(Number) as number, bestLoss: expect.closeTo(Math.log(20), 12) as number,
    })
    expect(row.ngramHorizon).toBeLessThan(5)
  })

  test('says what a word costs, as words are drawn', async () => {
    const geometric = await load({ lengths: 'geometric', mean: 3 })
    const subject = failing('relu', 1, 0)
    const { row } = await outcomeOf(engine, subject, geometric, options)
    let loss = 0
    for (let n = 1; n <= 20; n++) {
      const word = [...Array<number>(n).fill(1), ...Array<number>(n).fill(2), 0]
      const batch = { tokens: Int32Array.of(0, ...word.slice(0, -1)), rows: 1, steps: word.length }
      const { logProbabilities } = engine.run(subject.model, batch, { targets: Int32Array.from(word) })
      loss -= geometric.draws![n - 1] * logProbabilities!.reduce((sum, value) => sum + value, 0)
    }
    expect(row.validationLoss).toBeCloseTo(loss, 5)
    expect(row.bestLoss).toBeLessThan(row.validationLoss)
  })

  test('is no convergence where a word of the training range is wrong', async () => {
    const { row } = await outcomeOf(engine, failing('relu', 1, 1 / 32), dataset, options)
    expect(row).toMatchObject({ horizon: 16, converged: false })
    const just = await outcomeOf(engine, failing('relu', 1, 1 / 32), await load({ longest: 16 }), options)
    expect(just.row).toMatchObject({ horizon: 16, converged: true })
  })

  test('needs a language, and lengths beyond its training range', async () => {
    await expect(outcomeOf(engine, unsure, dataset, { ...options, longest: 20 })).rejects.toThrow(
      'Words of a^n b^n up to n = 20 are all of the training range, which ends at 20. Choose a larger "longest".',
    )
    await expect(outcomeOf(engine, unsure, { ...dataset, language: null }, options)).rejects.toThrow(
      'these are no words of a language that counts. Write data: { language: a^n b^n }.',
    )
  })
})

describe('the outcomes of several networks', () => {
  test('compare models, judge each by the rule, and leave weights set by hand out of both', async () => {
    const byHand = { ...failing('by hand', 1, 0), trained: false }
    const far = [failing('far', 1, 1 / 256), failing('far', 2, 1 / 128)]
    const near = [failing('near', 1, 1 / 64), failing('near', 2, 1 / 128)]
    const done: number[] = []
    const onProgress = (count: number) => void done.push(count)
    const result = await counting(engine, [...far, ...near, byHand], dataset, { ...options, onProgress })
    expect(result.rows.map(({ model, seed, horizon }) => [model, seed, horizon])).toEqual([
      ['far', 1, 128], ['far', 2, 64], ['near', 1, 32], ['near', 2, 64], ['by hand', 1, 200],
    ])
    expect(result.comparisons).toEqual([{
      language: 'a^n b^n', model: 'far', other: 'near', seeds: 2, wins: 1, losses: 0, ties: 1,
      medianDifference: 48, p: 1, smallestP: 0.5,
    }])
    expect(result.rules.map(({ model, seed }) => `${model} ${seed}`)).toEqual(['far 1', 'far 2', 'near 1', 'near 2'])
    expect(new Set(result.acceptance.map(({ model }) => model))).toEqual(new Set(['far', 'near']))
    expect(done).toEqual([1, 2, 3, 4, 5])
  })

  test('show that a network which is always unsure accepts everything and counts nothing', async () => {
    const { rows, rules, acceptance } = await counting(engine, [unsure], dataset, options)
    expect(rows[0]).toMatchObject({ horizon: 0, converged: false })
    expect(rules[0]).toMatchObject({
      threshold: 0.01, acceptedTo: 200, accepted: 1, falselyAccepted: 1, acceptedBeyond: 1, falselyAcceptedBeyond: 1,
    })
    expect(acceptance.map(({ offset, from, to, share }) => [offset, from, to, share])).toEqual([
      [-5, 6, 200, 1], [-3, 4, 200, 1], [-2, 3, 200, 1], [-1, 2, 200, 1], [0, 1, 200, 1],
      [1, 1, 200, 1], [2, 1, 200, 1], [3, 1, 200, 1], [5, 1, 200, 1],
    ])
  })
})
