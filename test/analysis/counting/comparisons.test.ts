import { expect, test } from 'vitest'
import { compareHorizons } from '../../../src/analysis/counting/comparisons.ts'
import type { HorizonRow } from '../../../src/analysis/results.ts'

const rows = (model: string, horizons: Readonly<Record<number, number>>): HorizonRow[] =>
  Object.entries(horizons).map(([seed, horizon]) => ({
    model, seed: Number(seed), language: 'a^n b^n', cell: 'lstm', trainedTo: 100, parameters: 1, units: 1,
    trained: true, converged: false, horizon, tested: 1000, ngramHorizon: 2, untrainedHorizon: 0, validationLoss: 5,
    bestLoss: 4,
  }))

test('models are compared two by two over the seeds that they share', () => {
  const own = [
    ...rows('lstm', { 1: 300, 2: 200, 3: 150, 4: 90, 5: 1000, 6: 400 }),
    ...rows('gru', { 6: 100, 5: 100, 4: 95, 3: 50, 2: 100, 1: 1000 }),
    ...rows('rnn', { 5: 1000, 7: 3 }),
  ]
  const [first, ...others] = compareHorizons(own)
  // SciPy 1.17: stats.wilcoxon([-700, 100, 100, -5, 900, 300], method=stats.PermutationMethod(n_resamples=10**6))
  expect(first).toEqual({
    language: 'a^n b^n', model: 'lstm', other: 'gru', seeds: 6, wins: 4, losses: 2, ties: 0, medianDifference: 100,
    p: 0.40625, smallestP: 1 / 32,
  })
  expect(others.map(({ model, other, seeds, wins, losses, ties, p }) => [model, other, seeds, wins, losses, ties, p]))
    .toEqual([['lstm', 'rnn', 1, 0, 0, 1, 1], ['gru', 'rnn', 1, 0, 1, 0, 1]])
})

test('models that share no seed are not compared', () => {
  expect(compareHorizons([...rows('lstm', { 1: 300 }), ...rows('gru', { 2: 100 })])).toEqual([])
})
