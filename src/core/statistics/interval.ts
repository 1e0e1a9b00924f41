// What every estimate of this project is reported as: a value between the two ends of its 95 % interval.

export interface Interval {
  readonly low: number
  readonly high: number
}

/** An interval, or none: where there is only one cluster nothing can be drawn differently, and that is no certainty. */
export interface MaybeInterval {
  readonly low: number | null
  readonly high: number | null
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

/** The 95 % interval of a − b from those of two independent estimates (Zou & Donner 2008); none where one has none. */
export function differenceInterval(a: Estimate, b: Estimate): MaybeInterval {
  if (a.low === null || a.high === null || b.low === null || b.high === null) return { low: null, high: null }
  const difference = a.value - b.value
  return {
    low: difference - Math.sqrt((a.value - a.low) ** 2 + (b.high - b.value) ** 2),
    high: difference + Math.sqrt((a.high - a.value) ** 2 + (b.value - b.low) ** 2),
  }
}

export interface Estimate extends MaybeInterval {
  readonly value: number
}
