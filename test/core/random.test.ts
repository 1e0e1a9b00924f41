// The generator beside a second implementation, and the properties that its users count on.

import { describe, expect, test } from 'vitest'
import { Random } from '../../src/core/random.ts'

/** Draws of one bit pattern after another, for statistics with a fixed seed. */
function draws<T>(count: number, draw: () => T): T[] {
  return Array.from({ length: count }, draw)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Σ (observed − expected)² / expected for `bins` equally likely bins. */
function chiSquare(values: readonly number[], bins: number): number {
  const counts = new Array<number>(bins).fill(0)
  for (const value of values) counts[value]++
  const expected = values.length / bins
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
}

describe('bits', () => {
  // sfc32 and its seeding, written again in Python with integers of any size:
  //   def word(text, h):
  //     for ch in text: h = (h ^ ord(ch)) * 0x01000193 & M
  //     h ^= h >> 16; h = h * 0x85ebca6b & M; h ^= h >> 13; h = h * 0xc2b2ae35 & M; return h ^ h >> 16
  //   a, b, c = (word(text, h) for h in (0x811c9dc5, 0x01000193, 0x9e3779b9)); k = 1   # then, after 15 rounds unused,
  //   t = a+b+k & M; k = k+1 & M; a = b ^ b >> 9; b = c + (c << 3) & M; c = ((c << 21 | c >> 11) & M) + t & M; yield t
  test.each([
    { seed: 1, first: [1596547578, 448205960, 1845768134, 911391837] },
    { seed: '7/weights', first: [2563746248, 1416285, 1365955258] },
    { seed: 'agreement', first: [3951023384, 2094728950] },
  ])('are those of sfc32 for the seed $seed', ({ seed, first }) => {
    const random = new Random(seed)
    expect(first.map(() => random.bits())).toEqual(first)
  })
})

describe('fork', () => {
  test('gives the stream that its path names, whatever was drawn before', () => {
    const random = new Random(7)
    draws(100, () => random.bits())
    expect(random.fork('weights').bits()).toBe(new Random('7/weights').bits())
  })

  test('gives streams that do not correlate', () => {
    const streams = ['a', 'b', 1, 2].map((name) => new Random(3).fork(name))
    const values = streams.map((stream) => draws(4000, () => stream.uniform(-1, 1)))
    for (const [i, one] of values.entries()) {
      for (const other of values.slice(0, i)) {
        // the mean of 4000 products of independent U(−1, 1) has a standard deviation of 1/3/√4000 = 0.0053
        expect(Math.abs(mean(one.map((value, index) => value * other[index])))).toBeLessThan(0.021)
      }
    }
  })
})

describe('draws', () => {
  test('of integers are uniform', () => {
    const random = new Random(11)
    // 99 degrees of freedom: mean 99, standard deviation 14
    const statistic = chiSquare(draws(50_000, () => random.integer(100)), 100)
    expect(statistic).toBeGreaterThan(99 - 4 * 14)
    expect(statistic).toBeLessThan(99 + 4 * 14)
  })

  test('of uniform numbers lie in their range, with its mean and variance', () => {
    const random = new Random(12)
    const values = draws(20_000, () => random.uniform(2, 5))
    expect(Math.min(...values)).toBeGreaterThanOrEqual(2)
    expect(Math.max(...values)).toBeLessThan(5)
    expect(mean(values)).toBeCloseTo(3.5, 1)
    expect(mean(values.map((value) => (value - 3.5) ** 2))).toBeCloseTo(9 / 12, 1)
  })

  test('of normal numbers have mean 0, variance 1 and kurtosis 3', () => {
    const random = new Random(13)
    const values = draws(40_000, () => random.normal())
    // four standard errors: 4/√n, 4·√2/√n, 4·√96/√n
    expect(Math.abs(mean(values))).toBeLessThan(0.02)
    expect(Math.abs(mean(values.map((value) => value ** 2)) - 1)).toBeLessThan(0.03)
    expect(Math.abs(mean(values.map((value) => value ** 4)) - 3)).toBeLessThan(0.2)
  })
})

describe('shuffle and sample', () => {
  test('a shuffle keeps every item, leaves its input alone, and makes each order as likely', () => {
    const random = new Random(14)
    const items = ['a', 'b', 'c']
    const orders = ['abc', 'acb', 'bac', 'bca', 'cab', 'cba']
    const found = draws(6000, () => orders.indexOf(random.shuffle(items).join('')))
    expect(items).toEqual(['a', 'b', 'c'])
    expect(chiSquare(found, 6)).toBeLessThan(20.5) // 5 degrees of freedom: p = 0.001
  })

  test('a sample has no item twice', () => {
    const sample = new Random(15).sample([...Array(50).keys()], 20)
    expect(new Set(sample).size).toBe(20)
  })
})
