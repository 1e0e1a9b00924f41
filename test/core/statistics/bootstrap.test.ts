import { expect, test } from 'vitest'
import { Random } from '../../../src/core/random.ts'
import { bootstrapMean, bootstrapRatio, resampleClusters } from '../../../src/core/statistics/bootstrap.ts'

const alone = (count: number) => Array.from({ length: count }, (_, index) => `item ${index}`)

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
  const { low, high } = bootstrapMean(values, resampleClusters([alone(400)], 4000, random))
  expect((high - low) / (2 * 1.96 * (deviation / 20))).toBeCloseTo(1, 1) // 4000 resamples: about 2 % of noise
  expect(low).toBeLessThan(centre)
  expect(high).toBeGreaterThan(centre)
})

test('one seed gives one interval', () => {
  const values = [1, 5, 2, 8, 3]
  const interval = () => bootstrapMean(values, resampleClusters([alone(5)], 100, new Random(3)))
  expect(interval()).toEqual(interval())
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
    const both = bootstrapMean(values, resampleClusters(ways, 200, random))
    const items = bootstrapMean(values, resampleClusters([alone(values.length)], 200, random))
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
