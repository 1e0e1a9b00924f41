// Intervals of a mean of few independent values, such as one a seed: Student's t. Resampling three values would give
// intervals that are far too short.

import { NORMAL_975, type MaybeInterval } from './interval.ts'
import { mean, standardDeviation } from './moments.ts'

/** 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom, as statistical tables have them. */
const QUANTILES = [
  12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.306, 2.2622, 2.2281, 2.201, 2.1788, 2.1604, 2.1448, 2.1314,
  2.1199, 2.1098, 2.1009, 2.093, 2.086, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484, 2.0452, 2.0423,
]

/** 97.5 % quantile; beyond the table by the first terms of Cornish and Fisher's expansion. */
export function studentQuantile(degrees: number): number {
  if (degrees <= QUANTILES.length) return QUANTILES[degrees - 1]
  const z = NORMAL_975
  return z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2)
}

/** The 95 % interval of the mean; none of fewer than two values. */
export function meanInterval(values: ArrayLike<number>): MaybeInterval {
  const count = values.length
  if (count < 2) return { low: null, high: null }
  const half = (studentQuantile(count - 1) * standardDeviation(values)) / Math.sqrt(count)
  const center = mean(values)
  return { low: center - half, high: center + half }
}
