// What the benchmark reports is only as good as how it takes turns and which ratio it prints.

import { expect, test } from 'vitest'
import { CONFIGURATIONS, trainingOperations } from './configurations.ts'
import { fastest, interleave, ratioOf } from './measure.ts'

test('contestants warm up once and then take turns, each round from another one on', async () => {
  const calls: string[] = []
  const contestant = (name: string) => async () => calls.push(name)
  const times = await interleave([contestant('a'), contestant('b'), contestant('c')], 3)
  expect(calls.join('')).toBe('abc' + 'abc' + 'bca' + 'cab')
  expect(times).toEqual([[4, 9, 11], [5, 7, 12], [6, 8, 10]])
})

test('a ratio is taken within each round, so that a slow round of both leaves it alone', () => {
  expect(ratioOf([2, 20, 4], [1, 10, 2])).toEqual({ median: 2, low: 2, high: 2 })
  expect(ratioOf([2, 3, 8], [1, 1, 2])).toEqual({ median: 3, low: 2, high: 4 })
})

test('one lucky round does not make a contestant the fastest', () => {
  expect(fastest([[3, 3, 3], [1, 4, 4]])).toBe(0)
})

test('a training step counts each matrix product forward once and backward twice', () => {
  const smallest = CONFIGURATIONS.find(({ name }) => name === 'lstm-1x10')!
  // 16 rows · 200 steps · (3 → 40, 10 → 40, 10 → 4), two operations each, three passes
  expect(trainingOperations(smallest)).toBe(16 * 200 * (120 + 400 + 40) * 2 * 3)
})
