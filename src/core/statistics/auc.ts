// The area under the ROC curve: the probability that a positive has a larger value than a negative, ties counting half.
// From ranks, O(n log n). Intervals after DeLong et al. 1988, for items in clusters after Obuchowski 1997 (the same
// where every item is its own cluster).

import { exp, log } from '../math.ts'
import { NORMAL_975, type Interval } from './interval.ts'

/** Ranks from 1; equal values share the mean of their ranks. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const order = new Uint32Array(values.length)
  for (let index = 0; index < order.length; index++) order[index] = index
  order.sort((a, b) => values[a] - values[b])
  const ranks = new Float64Array(values.length)
  for (let first = 0; first < order.length; ) {
    let last = first
    while (last + 1 < order.length && values[order[last + 1]] === values[order[first]]) last++
    for (let place = first; place <= last; place++) ranks[order[place]] = (first + last) / 2 + 1
    first = last + 1
  }
  return ranks
}

/** @param positive 1 for a positive, 0 for a negative; 0.5 comes back where one kind is missing */
export function aucOfRanks(ranks: Float64Array, positive: ArrayLike<number>): number {
  let sum = 0
  let count = 0
  for (let index = 0; index < ranks.length; index++) {
    if (positive[index] === 1) {
      sum += ranks[index]
      count++
    }
  }
  const others = ranks.length - count
  return count === 0 || others === 0 ? 0.5 : (sum - (count * (count + 1)) / 2) / (count * others)
}

export function auc(values: ArrayLike<number>, positive: ArrayLike<number>): number {
  return aucOfRanks(midranks(values), positive)
}

/**
 * The 95 % interval. Where the two kinds do not overlap at all the variance is 0 and says nothing; the far end is then
 * the exact binomial bound for n successes of n, n the clusters of the rarer kind.
 * @param clusters of every item; each item its own by default
 */
export function aucInterval(
  values: ArrayLike<number>,
  positive: ArrayLike<number>,
  clusters?: readonly string[],
): Interval {
  const area = auc(values, positive)
  const { positives, negatives, all } = sumPlacements(values, positive, area, clusters)
  if (positives.clusters < 2 || negatives.clusters < 2) return { low: 0, high: 1 }
  if (area === 0 || area === 1) {
    const far = exp(log(0.025) / Math.min(positives.clusters, negatives.clusters))
    return area === 1 ? { low: far, high: 1 } : { low: 0, high: 1 - far }
  }
  const variance =
    scaled(positives.squares, positives.clusters) / positives.items ** 2 +
    scaled(negatives.squares, negatives.clusters) / negatives.items ** 2 +
    (2 * scaled(all.products, all.clusters)) / (positives.items * negatives.items)
  const spread = NORMAL_975 * Math.sqrt(Math.max(0, variance))
  return { low: Math.max(0, area - spread), high: Math.min(1, area + spread) }
}

function scaled(sum: number, clusters: number): number {
  return (sum * clusters) / (clusters - 1)
}

/**
 * A positive's placement is the share of negatives below it; a negative's the share of positives above it. Of each
 * cluster's placements minus what the area predicts: sums of squares, and of products of the two kinds.
 */
function sumPlacements(
  values: ArrayLike<number>,
  positive: ArrayLike<number>,
  area: number,
  clusters: readonly string[] | undefined,
) {
  const indices = Array.from({ length: values.length }, (_, index) => index)
  const kinds = [1, 0].map((kind) => indices.filter((index) => positive[index] === kind))
  const together = midranks(values)
  const excess = kinds.map((own, kind) => {
    const within = midranks(own.map((index) => values[index]))
    const others = kinds[1 - kind].length
    const sums = new Map<string | number, number>()
    own.forEach((index, place) => {
      const below = (together[index] - within[place]) / others
      const cluster = clusters ? clusters[index] : index
      sums.set(cluster, (sums.get(cluster) ?? 0) + (kind === 0 ? below : 1 - below) - area)
    })
    return sums
  })
  const summary = excess.map((sums, kind) => {
    let squares = 0
    for (const sum of sums.values()) squares += sum * sum
    return { squares, clusters: sums.size, items: kinds[kind].length }
  })
  let products = 0
  let shared = 0
  for (const [cluster, sum] of excess[0]) {
    const other = excess[1].get(cluster)
    if (other === undefined) continue
    products += sum * other
    shared++
  }
  const all = { products, clusters: excess[0].size + excess[1].size - shared }
  return { positives: summary[0], negatives: summary[1], all }
}
