import { expect, test } from 'vitest'
import { Random } from '../../../src/core/random.ts'
import {
  bootstrapMean, bootstrapRatio, bootstrapSlope, resampleClusters,
} from '../../../src/core/statistics/bootstrap.ts'
import { differenceInterval, type Interval, type MaybeInterval } from '../../../src/core/statistics/interval.ts'
import { slope } from '../../../src/core/statistics/moments.ts'

const alone = (count: number) => Array.from({ length: count }, (_, index) => `item ${index}`)

function interval({ low, high }: MaybeInterval): Interval {
  if (low === null || high === null) throw new Error('no interval')
  return { low, high }
}

test('the weights of every resample sum to 1, and clusters are drawn whole', () => {
  const { weights, items, count } = resampleClusters([['a', 'a', 'b', 'c']], 50, new Random(1))
  for (let resample = 0; resample < count; resample++) {
    const row = weights.slice(resample * items, (resample + 1) * items)
    expect(row.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 14)
    expect(row[0]).toBe(row[1])
  }
})

test('resampled means have the spread of the mean that theory gives', () => {
  // the bootstrap's standard error of a mean is the population deviation over √n; its 95 % interval is ±1.96 of that
  const random = new Random(2)
  const values = Array.from({ length: 400 }, () => random.normal())
  const centre = values.reduce((sum, value) => sum + value, 0) / 400
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 400)
  const { low, high } = interval(bootstrapMean(values, resampleClusters([alone(400)], 4000, random)))
  expect((high - low) / (2 * 1.96 * (deviation / 20))).toBeCloseTo(1, 1) // 4000 resamples: about 2 % of noise
  expect(low).toBeLessThan(centre)
  expect(high).toBeGreaterThan(centre)
})

test('one seed gives one interval', () => {
  const values = [1, 5, 2, 8, 3]
  const drawn = () => bootstrapMean(values, resampleClusters([alone(5)], 100, new Random(3)))
  expect(drawn()).toEqual(drawn())
})

test('intervals over two crossed sets of lemmas cover the truth; intervals over items do not', () => {
  // 12 nouns × 12 verbs, each with its own effect, and little noise: the effective number of items is near 12, not 144
  let crossed = 0
  let naive = 0
  const worlds = 200
  for (let world = 0; world < worlds; world++) {
    const random = new Random(`world ${world}`)
    const nouns = Array.from({ length: 12 }, () => random.normal())
    const verbs = Array.from({ length: 12 }, () => random.normal())
    const cells = nouns.flatMap((noun, i) =>
      verbs.map((verb, j) => ({ noun: `${i}`, verb: `${j}`, value: noun + verb })),
    )
    const values = cells.map((cell) => cell.value + 0.3 * random.normal())
    const ways = [cells.map((cell) => cell.noun), cells.map((cell) => cell.verb)]
    const both = interval(bootstrapMean(values, resampleClusters(ways, 200, random)))
    const items = interval(bootstrapMean(values, resampleClusters([alone(values.length)], 200, random)))
    if (both.low <= 0 && both.high >= 0) crossed++
    if (items.low <= 0 && items.high >= 0) naive++
  }
  expect(crossed / worlds).toBeGreaterThan(0.9) // few clusters and 200 resamples: a little below 0.95
  expect(naive / worlds).toBeLessThan(0.7)
})

test('a ratio weighs documents by their length', () => {
  // every document loses 2 nats a token: whatever is drawn, the ratio is 2
  const { low, high } = bootstrapRatio([20, 200, 2], [10, 100, 1], resampleClusters([alone(3)], 100, new Random(4)))
  expect(low).toBeCloseTo(2, 14)
  expect(high).toBeCloseTo(2, 14)
})

test('two ways of clustering with hardly any clusters still leave items in every resample', () => {
  const { weights } = resampleClusters([['a', 'b'], ['x', 'y']], 200, new Random(5))
  expect(weights.every((weight) => weight >= 0)).toBe(true)
  expect(weights.every((weight) => !Number.isNaN(weight))).toBe(true)
})

test('items of one cluster give no interval, however many they are', () => {
  const none = { low: null, high: null }
  const one = resampleClusters([['key', 'key', 'key']], 100, new Random(1))
  expect(bootstrapMean([1, 2, 3], one)).toEqual(none)
  expect(bootstrapRatio([1, 2, 3], [1, 1, 1], one)).toEqual(none)
  expect(bootstrapSlope([0, 1, 2], [1, 2, 3], one)).toEqual(none)
  const crossed = resampleClusters([['key', 'key', 'key'], ['see', 'go', 'go']], 100, new Random(1))
  expect(interval(bootstrapMean([1, 2, 3], crossed)).low).toBeLessThan(2)
})

test('the interval of a slope covers the true one as often as it says', () => {
  // y = 1 − 0.05 x + noise, in 40 clusters with an effect of their own
  let covered = 0
  const worlds = 200
  for (let world = 0; world < worlds; world++) {
    const random = new Random(`slope ${world}`)
    const effects = Array.from({ length: 40 }, () => 0.3 * random.normal())
    const clusters = Array.from({ length: 160 }, (_, index) => index % 40)
    const x = clusters.map(() => random.integer(8))
    const y = clusters.map((cluster, index) => 1 - 0.05 * x[index] + effects[cluster] + 0.2 * random.normal())
    const drawn = resampleClusters([clusters.map(String)], 200, random)
    const { low, high } = interval(bootstrapSlope(x, y, drawn))
    if (low <= -0.05 && high >= -0.05) covered++
  }
  expect(covered / worlds).toBeGreaterThan(0.89)
  expect(covered / worlds).toBeLessThan(0.99)
})

test('a slope is that of least squares, and weights count points several times', () => {
  // Σ(x − 2)(y − 3) / Σ(x − 2)² = (2 + 0 + 2) / (1 + 1 + 0) over (1, 1), (3, 5), (2, 3)
  expect(slope([1, 3, 2], [1, 5, 3])).toBe(2)
  expect(slope([1, 3, 2, 9], [1, 5, 4, 0], [1, 1, 2, 0])).toBeCloseTo(slope([1, 3, 2, 2], [1, 5, 4, 4]), 14)
  expect(slope([4, 4], [0, 1])).toBe(0)
})

test('the interval of a difference is as wide as two independent ones are together', () => {
  const a = { value: 0.3, low: 0.27, high: 0.33 }
  const b = { value: 0.1, low: 0.06, high: 0.14 }
  const { low, high } = interval(differenceInterval(a, b))
  expect(low).toBeCloseTo(0.2 - 0.05, 12) // √(0.03² + 0.04²)
  expect(high).toBeCloseTo(0.2 + 0.05, 12)
  expect(differenceInterval(a, { value: 0.1, low: null, high: null })).toEqual({ low: null, high: null })
})
