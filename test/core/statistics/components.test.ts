import { expect, test } from 'vitest'
import { connectedClusters } from '../../../src/core/statistics/components.ts'

test('items that share a label, directly or by way of others, are of one cluster', () => {
  const clusters = connectedClusters([['a', 'b'], ['c', 'd'], ['b', 'c'], ['e', 'f'], ['g'], ['f', 'h']])
  expect(new Set(clusters).size).toBe(3)
  expect(clusters[0]).toBe(clusters[1])
  expect(clusters[0]).toBe(clusters[2])
  expect(clusters[3]).toBe(clusters[5])
  expect(clusters[3]).not.toBe(clusters[4])
})
