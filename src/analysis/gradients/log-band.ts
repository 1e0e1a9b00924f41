// Quantities over many orders of magnitude: the mean of their logarithms, and the middle 80 %.

import { quantile } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { LogBand } from '../results.ts'

/** @param logs base-10 logarithms, −∞ for 0 */
export function logBand(logs: ArrayLike<number>): LogBand {
  const finite = finiteOf(logs)
  const zeros = Array.from(logs).filter((value) => value === -Infinity).length / logs.length
  if (finite.length === 0) return { log: null, bandLow: null, bandHigh: null, zeros }
  const sorted = Float64Array.from(finite).sort()
  return { log: mean(finite), bandLow: quantile(sorted, 0.1), bandHigh: quantile(sorted, 0.9), zeros }
}

export function finiteOf(values: ArrayLike<number>): number[] {
  return Array.from(values).filter(Number.isFinite)
}
