import { expect, test } from 'vitest'
import { learningRateAt } from '../../src/training/schedule.ts'

const place = { epoch: 1, update: 0, updates: 101, setbacks: 0 }

test('decay keeps the full rate until the epoch it names has ended', () => {
  const schedule = { name: 'decay', factor: 0.5, after: 2 } as const
  expect([1, 2, 3, 4].map((epoch) => learningRateAt(schedule, 8, { ...place, epoch }))).toEqual([8, 8, 4, 2])
})

test('plateau divides once for each setback', () => {
  const schedule = { name: 'plateau', divide: 4 } as const
  expect([0, 1, 2].map((setbacks) => learningRateAt(schedule, 32, { ...place, setbacks }))).toEqual([32, 8, 2])
})

test('linear runs from the full rate to the last', () => {
  const schedule = { name: 'linear', last: 1 } as const
  expect([0, 50, 100].map((update) => learningRateAt(schedule, 3, { ...place, update }))).toEqual([3, 2, 1])
  expect(learningRateAt(schedule, 3, { ...place, updates: 1 })).toBe(3)
})

test('constant is constant', () => {
  expect(learningRateAt({ name: 'constant' }, 0.1, { epoch: 9, update: 99, updates: 100, setbacks: 9 })).toBe(0.1)
})
