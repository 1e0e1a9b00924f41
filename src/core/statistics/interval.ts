// What every estimate of this project is reported as: a value between the two ends of its 95 % interval.

export interface Interval {
  readonly low: number
  readonly high: number
}

/** The 0.975 quantile of the normal distribution. */
export const NORMAL_975 = 1.959963984540054

/** Quantile of sorted values with linear interpolation (type 7 of Hyndman & Fan 1996, NumPy's default). */
export function quantile(sorted: ArrayLike<number>, probability: number): number {
  const place = (sorted.length - 1) * probability
  const below = Math.floor(place)
  const above = Math.min(below + 1, sorted.length - 1)
  return sorted[below] + (place - below) * (sorted[above] - sorted[below])
}

/** The middle 95 % of values, which are sorted in place. */
export function percentileInterval(values: Float64Array): Interval {
  values.sort()
  return { low: quantile(values, 0.025), high: quantile(values, 0.975) }
}
