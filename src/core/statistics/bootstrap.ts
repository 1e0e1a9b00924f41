// The percentile bootstrap for items that share lemmas, documents or other clusters. Clusters are drawn with
// replacement; with two ways of clustering an item counts as often as the product of its clusters' draws (the
// pigeonhole bootstrap, Owen 2007). Resamples are drawn once and serve any number of estimates on the same items.

import type { Random } from '../random.ts'
import { percentileInterval, type MaybeInterval } from './interval.ts'
import { slope } from './moments.ts'

/** Weights of the items in each resample, [count, items]; each resample sums to 1. */
export interface Resamples {
  readonly count: number
  readonly items: number
  readonly weights: Float64Array
  /** false where every item is of one cluster: then no resample differs, and there is no interval */
  readonly vary: boolean
}

/**
 * @param clusterings one or more: the cluster of every item; items that each stand alone have clusters of their own
 * @throws Error where there is no item
 */
export function resampleClusters(
  clusterings: readonly (readonly string[])[],
  count: number,
  random: Random,
): Resamples {
  const items = clusterings[0].length
  const { vary, draw } = clusterDraws(clusterings, random)
  const weights = new Float64Array(count * items)
  for (let resample = 0; resample < count; resample++) draw(weights.subarray(resample * items, (resample + 1) * items))
  return { count, items, weights, vary }
}

/** One resample after the other. */
export interface ClusterDraws {
  /** false where every item is of one cluster: then no resample differs */
  readonly vary: boolean
  /** fills in the weight of each item; they sum to 1 */
  draw(weights: Float64Array): void
}

/** @throws Error where there is no item */
export function clusterDraws(clusterings: readonly (readonly string[])[], random: Random): ClusterDraws {
  if (clusterings[0].length === 0) throw new Error('nothing to resample')
  const ways = clusterings.map(numberClusters)
  return {
    vary: ways.some((way) => way.count > 1),
    draw(weights) {
      // with two ways and few clusters no item may be left: draw again
      while (!fillWeights(weights, ways, random));
    },
  }
}

const NONE: MaybeInterval = { low: null, high: null }

/** The 95 % interval of the mean of `values`, one value an item. */
export function bootstrapMean(values: ArrayLike<number>, resamples: Resamples): MaybeInterval {
  if (!resamples.vary) return NONE
  if (isConstant(values)) return { low: values[0], high: values[0] } // most units change no choice at all
  return percentileInterval(resampledMeans(values, resamples))
}

/** The 95 % interval of Σ numerators / Σ denominators, such as a loss per token over documents of different lengths. */
export function bootstrapRatio(
  numerators: ArrayLike<number>,
  denominators: ArrayLike<number>,
  resamples: Resamples,
): MaybeInterval {
  if (!resamples.vary) return NONE
  const above = resampledMeans(numerators, resamples)
  const below = resampledMeans(denominators, resamples)
  return percentileInterval(above.map((value, index) => value / below[index]))
}

/** The 95 % interval of the least-squares slope of y on x. A resample in which x does not vary has the slope 0. */
export function bootstrapSlope(x: ArrayLike<number>, y: ArrayLike<number>, resamples: Resamples): MaybeInterval {
  if (!resamples.vary) return NONE
  const { count, items, weights } = resamples
  const slopes = Float64Array.from({ length: count }, (_, resample) =>
    slope(x, y, weights.subarray(resample * items, (resample + 1) * items)),
  )
  return percentileInterval(slopes)
}

/** The mean of `values` in every resample, of four at a time: their sums need not wait for each other. */
function resampledMeans(given: ArrayLike<number>, { count, items, weights }: Resamples): Float64Array {
  const values = Float64Array.from(given)
  const means = new Float64Array(count)
  const whole = count - (count % 4)
  for (let resample = 0; resample < whole; resample += 4) {
    const place = resample * items
    let [first, second, third, fourth] = [0, 0, 0, 0]
    for (let item = 0; item < items; item++) {
      first += weights[place + item] * values[item]
      second += weights[place + items + item] * values[item]
      third += weights[place + 2 * items + item] * values[item]
      fourth += weights[place + 3 * items + item] * values[item]
    }
    means[resample] = first
    means[resample + 1] = second
    means[resample + 2] = third
    means[resample + 3] = fourth
  }
  for (let resample = whole; resample < count; resample++) {
    for (let item = 0; item < items; item++) means[resample] += weights[resample * items + item] * values[item]
  }
  return means
}

function isConstant(values: ArrayLike<number>): boolean {
  for (let index = 1; index < values.length; index++) if (values[index] !== values[0]) return false
  return true
}

interface Clusters {
  readonly of: Int32Array
  readonly count: number
}

function numberClusters(names: readonly string[]): Clusters {
  const numbers = new Map<string, number>()
  const of = Int32Array.from(names, (name) => {
    const number = numbers.get(name) ?? numbers.size
    numbers.set(name, number)
    return number
  })
  return { of, count: numbers.size }
}

/** False where the draw left no item. */
function fillWeights(row: Float64Array, ways: readonly Clusters[], random: Random): boolean {
  row.fill(1)
  for (const { of, count } of ways) {
    const draws = new Float64Array(count)
    for (let draw = 0; draw < count; draw++) draws[random.integer(count)] += 1
    for (let item = 0; item < row.length; item++) row[item] *= draws[of[item]]
  }
  let sum = 0
  for (let item = 0; item < row.length; item++) sum += row[item]
  if (sum === 0) return false
  for (let item = 0; item < row.length; item++) row[item] /= sum
  return true
}
