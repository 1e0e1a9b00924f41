// The hierarchical bootstrap of a mean over trained networks: networks are drawn with replacement, and beside them the lemmas of
// the items and then the items themselves, which all networks were asked about alike. Items of one network are no independent
// evidence about networks, and few networks are little of it: both show in the interval. Where lemmas hardly matter it is too
// wide rather than too narrow, for what varies between items is then drawn twice.

import type { Random } from '../random.ts'
import { clusterDraws } from './bootstrap.ts'
import { percentileInterval, type MaybeInterval } from './interval.ts'

/** Draws of networks, lemmas and items. */
const RESAMPLES = 2000

/**
 * The 95 % interval of the mean over seeds of the mean over items.
 * @param values of each seed, one value an item, the same items for all; NaN where an item does not count in that seed
 * @param clusterings one or more: the lemma of every item
 */
export function bootstrapOverSeeds(
  values: readonly ArrayLike<number>[],
  clusterings: readonly (readonly string[])[],
  random: Random,
  resamples = RESAMPLES,
): MaybeInterval {
  const lemmas = clusterDraws(clusterings, random.fork('lemmas'))
  if (values.length < 2 || !lemmas.vary) return { low: null, high: null }
  const [networks, items] = [random.fork('networks'), random.fork('items')]
  const weights = new Float64Array(clusterings[0].length)
  const means = new Float64Array(resamples)
  for (let resample = 0; resample < resamples; resample++) {
    lemmas.draw(weights)
    drawItems(weights, items)
    for (let draw = 0; draw < values.length; draw++) {
      means[resample] += weightedMean(values[networks.integer(values.length)], weights) / values.length
    }
  }
  return percentileInterval(means)
}

/** The mean over seeds of the mean over the items that count. */
export function meanOverSeeds(values: readonly ArrayLike<number>[]): number {
  return values.reduce((sum, own) => sum + weightedMean(own) / values.length, 0)
}

/** As many items as there are, each as probable as its weight, in whose place its share of the draws is put. */
function drawItems(weights: Float64Array, random: Random): void {
  const count = weights.length
  const upTo = new Float64Array(count)
  let sum = 0
  for (let item = 0; item < count; item++) upTo[item] = sum += weights[item]
  weights.fill(0)
  for (let draw = 0; draw < count; draw++) {
    const at = random.uniform() * sum
    let [first, last] = [0, count - 1]
    while (first < last) {
      const middle = (first + last) >> 1
      if (upTo[middle] > at) last = middle
      else first = middle + 1
    }
    weights[first] += 1 / count
  }
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
