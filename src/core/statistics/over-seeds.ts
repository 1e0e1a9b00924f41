// The hierarchical bootstrap of a mean over trained networks: networks are drawn with replacement, and with each draw the
// lemmas of the items, which all networks were asked about alike. Items of one network are no independent evidence about
// networks, and few networks are little of it: both show in the interval.

import type { Random } from '../random.ts'
import type { Resamples } from './bootstrap.ts'
import { percentileInterval, type MaybeInterval } from './interval.ts'

/**
 * The 95 % interval of the mean over seeds of the mean over items.
 * @param values of each seed, one value an item, the same items for all; NaN where an item does not count in that seed
 */
export function bootstrapOverSeeds(
  values: readonly ArrayLike<number>[],
  { count, items, weights, vary }: Resamples,
  random: Random,
): MaybeInterval {
  if (values.length < 2 || !vary) return { low: null, high: null }
  const means = new Float64Array(count)
  for (let resample = 0; resample < count; resample++) {
    const own = weights.subarray(resample * items, (resample + 1) * items)
    for (let draw = 0; draw < values.length; draw++) {
      means[resample] += weightedMean(values[random.integer(values.length)], own) / values.length
    }
  }
  return percentileInterval(means)
}

/** The mean over seeds of the mean over the items that count. */
export function meanOverSeeds(values: readonly ArrayLike<number>[]): number {
  return values.reduce((sum, own) => sum + weightedMean(own) / values.length, 0)
}

/** Over the items that count; of none with a weight, that of all. */
function weightedMean(values: ArrayLike<number>, weights?: Float64Array): number {
  let [sum, whole] = [0, 0]
  for (let item = 0; item < values.length; item++) {
    const weight = weights?.[item] ?? 1
    if (weight === 0 || Number.isNaN(values[item])) continue
    sum += weight * values[item]
    whole += weight
  }
  return whole === 0 && weights ? weightedMean(values) : sum / whole
}
