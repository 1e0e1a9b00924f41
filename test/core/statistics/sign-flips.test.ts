import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/core/random.ts'
import { signFlipPValues } from '../../../src/core/statistics/sign-flips.ts'

/** Every assignment of signs to `clusters` clusters. */
const everyFlip = (clusters: number) =>
  Array.from({ length: 2 ** clusters }, (_, bits) => Array.from({ length: clusters }, (_, place) => (bits >> place) & 1 ? 1 : -1))

/** p of the largest difference of a family, over all assignments. */
function exactP(tests: readonly (readonly number[])[]): number {
  const largest = (signs: readonly number[]) =>
    Math.max(...tests.map((shares) => Math.abs(shares.reduce((sum, share, place) => sum + share * signs[place], 0))))
  const observed = largest(tests[0].map(() => 1))
  const flips = everyFlip(tests[0].length)
  return flips.filter((signs) => largest(signs) >= observed - 1e-9).length / flips.length
}

const random = new Random('tests')
const noise = (clusters: number, size = 1) => Float64Array.from({ length: clusters }, () => size * random.normal())
const steady = (clusters: number, size: number) => new Float64Array(clusters).fill(size)

describe('signFlipPValues', () => {
  test('a single difference has the share of all sign flips that reach it', () => {
    for (const shares of [[1, 1, 1, 1, 1, 1], [3, 1, -1, 2, 0.5, 1], [1, -1, 2, -2, 0.1, 0.2]]) {
      const [p] = signFlipPValues([Float64Array.from(shares)], 20_000, new Random(1))
      expect(Math.abs(p - exactP([shares]))).toBeLessThan(0.015) // four standard errors of 20,000 flips
    }
  })

  test('the largest of a family is compared with the largest of all in each flip', () => {
    const tests = [steady(8, 0.5), ...Array.from({ length: 5 }, () => noise(8, 0.4))]
    const largest = tests.reduce((most, shares) => (Math.abs(sum(shares)) > Math.abs(sum(most)) ? shares : most))
    const p = signFlipPValues(tests, 20_000, new Random(2))[tests.indexOf(largest)]
    expect(Math.abs(p - exactP(tests.map((shares) => [...shares])))).toBeLessThan(0.015)
  })

  test('of many differences behind which nothing is, one comes out below 0.05 in a twentieth of all tries', () => {
    const tries = 400
    const wrong = Array.from({ length: tries }, (_, index) => {
      const tests = Array.from({ length: 40 }, () => noise(12))
      return Math.min(...signFlipPValues(tests, 200, new Random(index))) < 0.05
    }).filter(Boolean).length
    expect(wrong / tries).toBeLessThan(0.05 + 3 * Math.sqrt((0.05 * 0.95) / tries))
    expect(wrong).toBeGreaterThan(0)
  })

  test('finds a smaller difference behind a larger one, whose own flips would hide it', () => {
    const tests = [steady(12, 0.05), steady(12, 0.02), ...Array.from({ length: 60 }, () => noise(12, 0.005))]
    const p = signFlipPValues(tests, 2000, new Random(3))
    expect(p[0]).toBeLessThan(0.01)
    expect(p[1]).toBeLessThan(0.01)
    expect(Math.min(...p.slice(2))).toBeGreaterThan(0.05)
    expect(exactP([[...tests[0]], [...tests[1]]])).toBeLessThan(0.001)
  })

  test('what changes nothing has p 1, whatever the others do, and no p is below one of a larger difference', () => {
    const tests = [steady(6, 0), steady(6, -0.5), noise(6), noise(6)]
    const p = signFlipPValues(tests, 500, new Random(4))
    expect(p[0]).toBe(1)
    const order = [1, 2, 3].sort((a, b) => Math.abs(sum(tests[b])) - Math.abs(sum(tests[a])))
    expect([...order.map((index) => p[index])].sort((a, b) => a - b)).toEqual(order.map((index) => p[index]))
    expect(signFlipPValues([], 500, new Random(5))).toHaveLength(0)
  })

  test('a handful of lemmas cannot show anything, however large the drop', () => {
    const [p] = signFlipPValues([steady(4, 1)], 2000, new Random(6)) // 2 of 16
    expect(p).toBeGreaterThan(0.1)
  })
})

function sum(shares: Float64Array): number {
  return shares.reduce((total, share) => total + share, 0)
}
