import { expect, test } from 'vitest'
import { nearestVectors } from '../../../src/analysis/contextual/nearest.ts'

test('the nearest vectors by angle, whatever their length, the nearest first', () => {
  const vectors = Float32Array.of(0, 1, 5, 5, -1, 0, 1, 0, 100, 1, 0, 0)
  const found = nearestVectors([2, 0], vectors, 3)
  expect(found.map(({ index }) => index)).toEqual([3, 4, 1])
  expect(found.map(({ similarity }) => similarity)).toEqual([1, expect.closeTo(100 / Math.hypot(100, 1), 6), expect.closeTo(Math.SQRT1_2, 6)])
  expect(nearestVectors([1, 0], vectors, 99)).toHaveLength(6)
})
