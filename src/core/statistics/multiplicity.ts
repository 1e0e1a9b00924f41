// Many units looked at, one of them always looks best: corrections for that.

import { quantile } from './interval.ts'

/** Benjamini & Hochberg 1995: the smallest false discovery rate at which each test would be called a discovery. */
export function benjaminiHochberg(pValues: ArrayLike<number>): Float64Array {
  const order = Array.from({ length: pValues.length }, (_, index) => index)
  order.sort((a, b) => pValues[a] - pValues[b])
  const adjusted = new Float64Array(pValues.length)
  let smallest = 1
  for (let place = order.length - 1; place >= 0; place--) {
    smallest = Math.min(smallest, (pValues[order[place]] * order.length) / (place + 1))
    adjusted[order[place]] = smallest
  }
  return adjusted
}

/** What the largest of many statistics reaches by chance. */
export interface MaximumStatistic {
  /** p of each observed statistic against the largest of each shuffle (Westfall & Young 1993) */
  readonly pValues: Float64Array
  /** 95th percentile of the largest statistic over shuffles */
  readonly chanceBest: number
}

/**
 * @param observed larger is more extreme
 * @param shuffled the statistics under each permutation of the labels, each as long as `observed`
 */
export function maximumStatistic(
  observed: ArrayLike<number>,
  shuffled: readonly ArrayLike<number>[],
): MaximumStatistic {
  const largest = Float64Array.from(shuffled, (statistics) => {
    let best = -Infinity
    for (let index = 0; index < statistics.length; index++) best = Math.max(best, statistics[index])
    return best
  }).sort()
  const pValues = Float64Array.from(observed, (statistic) => {
    const reached = largest.filter((value) => value >= statistic).length
    return (reached + 1) / (largest.length + 1)
  })
  return { pValues, chanceBest: quantile(largest, 0.95) }
}
