// Counts of successes: intervals and exact tests.

import { exp, log } from '../math.ts'
import { NORMAL_975, type Interval } from './interval.ts'

/** Wilson's score interval (1927), 95 %: sensible near 0 and 1 and for few trials. */
export function wilson(successes: number, trials: number): Interval {
  if (trials === 0) return { low: 0, high: 1 }
  const proportion = successes / trials
  const square = NORMAL_975 ** 2
  const centre = proportion + square / (2 * trials)
  const spread = NORMAL_975 * Math.sqrt((proportion * (1 - proportion)) / trials + square / (4 * trials * trials))
  const scale = 1 + square / trials
  // with none or all of the trials one end is exactly 0 or 1, where rounding leaves 10⁻¹⁷ of either sign
  const low = successes === 0 ? 0 : (centre - spread) / scale
  const high = successes === trials ? 1 : (centre + spread) / scale
  return { low, high }
}

/** Exact two-sided binomial test: the probability of every outcome that is not likelier than the one seen. */
export function binomialTest(successes: number, trials: number, chance = 0.5): number {
  const probabilities = binomialProbabilities(trials, chance)
  const limit = probabilities[successes] * (1 + 1e-7) // outcomes as likely as this one, up to rounding, count
  let sum = 0
  for (const probability of probabilities) if (probability <= limit) sum += probability
  return Math.min(1, sum)
}

/**
 * Exact McNemar test of paired outcomes.
 * @param lost pairs that were right before and wrong after
 * @param gained pairs that were wrong before and right after
 */
export function mcnemar(lost: number, gained: number): number {
  return lost + gained === 0 ? 1 : binomialTest(Math.min(lost, gained), lost + gained)
}

/** P(k) for k = 0 … trials. */
function binomialProbabilities(trials: number, chance: number): Float64Array {
  const probabilities = new Float64Array(trials + 1)
  const logChance = log(chance)
  const logOther = log(1 - chance)
  let logWays = 0
  for (let k = 0; k <= trials; k++) {
    // 0 · log 0 is 0 here: a term that does not occur
    const successes = k === 0 ? 0 : k * logChance
    const failures = k === trials ? 0 : (trials - k) * logOther
    probabilities[k] = exp(logWays + successes + failures)
    logWays += log((trials - k) / (k + 1))
  }
  return probabilities
}
