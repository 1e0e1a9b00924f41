import { describe, expect, test } from 'vitest'
import { Random } from '../../../src/core/random.ts'
import { bootstrapMean, resampleClusters } from '../../../src/core/statistics/bootstrap.ts'
import { standardDeviation } from '../../../src/core/statistics/moments.ts'
import { bootstrapOverSeeds, meanOverSeeds } from '../../../src/core/statistics/over-seeds.ts'

const items = 40
const clusters = Array.from({ length: items }, (_, item) => `lemma ${item % 10}`)
const lemmas = [clusters]
const width = ({ low, high }: { readonly low: number | null; readonly high: number | null }) => high! - low!
const random = new Random('values')
const normal = () => Float64Array.from({ length: items }, () => random.normal())

describe('the bootstrap over seeds', () => {
  test('of networks that are alike draws lemmas and items: their variances add up', () => {
    const values = normal()
    // each item of a lemma of its own: the variance of the mean, once for lemmas and once for items
    const alone = [Array.from(values, (_, item) => String(item))]
    const spread = standardDeviation(values) / Math.sqrt(items)
    const over = width(bootstrapOverSeeds([values, values, values], alone, new Random(1), 8000))
    expect(over / (2 * 1.96 * spread * Math.sqrt(2))).toBeCloseTo(1, 1)
    // items that differ by lemma alone: that of ten lemmas, and that of forty items
    const byLemma = Float64Array.from({ length: items }, (_, item) => item % 10)
    const deviation = Math.sqrt(99 / 12)
    const expected = deviation * Math.sqrt(1 / 10 + 1 / 40)
    expect(width(bootstrapOverSeeds([byLemma, byLemma], lemmas, new Random(1), 8000)) / (2 * 1.96 * expected)).toBeCloseTo(1, 1)
  })

  test('of items that are alike is that of the networks: two of them give three means', () => {
    const [zeros, ones] = [new Float64Array(items), new Float64Array(items).fill(1)]
    const over = bootstrapOverSeeds([zeros, ones], lemmas, new Random(1))
    expect(over.low).toBeCloseTo(0, 10)
    expect(over.high).toBeCloseTo(1, 10)
    // ten networks of standard deviation s: about ± 2 s / √10 · √(9/10)
    const many = Array.from({ length: 10 }, (_, seed) => new Float64Array(items).fill(seed % 2))
    expect(width(bootstrapOverSeeds(many, lemmas, new Random(1)))).toBeCloseTo(2 * 1.96 * 0.5 / Math.sqrt(10), 1)
  })

  test('is wider than that of either alone, and none where there is one network or one lemma', () => {
    const values = Array.from({ length: 8 }, (_, seed) => normal().map((value) => value + seed / 4))
    const over = width(bootstrapOverSeeds(values, lemmas, new Random(1)))
    const average = Float64Array.from({ length: items }, (_, item) => values.reduce((sum, own) => sum + own[item] / 8, 0))
    expect(over).toBeGreaterThan(width(bootstrapMean(average, resampleClusters(lemmas, 2000, new Random('lemmas')))))
    expect(bootstrapOverSeeds([values[0]], lemmas, new Random(1))).toEqual({ low: null, high: null })
    const one = [clusters.map(() => 'lemma')]
    expect(bootstrapOverSeeds(values, one, new Random(1))).toEqual({ low: null, high: null })
  })

  test('leaves out the items that do not count in a network', () => {
    const half = Float64Array.from({ length: items }, (_, item) => (item % 2 === 0 ? 1 : NaN))
    const other = Float64Array.from({ length: items }, (_, item) => (item % 2 === 0 ? NaN : 0))
    expect(meanOverSeeds([half, other])).toBeCloseTo(0.5, 12)
    const over = bootstrapOverSeeds([half, other], lemmas, new Random(1))
    expect(over.low).toBeCloseTo(0, 10)
    expect(over.high).toBeCloseTo(1, 10)
    const alone = bootstrapOverSeeds([half, half], lemmas, new Random(1))
    expect(alone).toEqual({ low: 1, high: 1 })
  })
})
