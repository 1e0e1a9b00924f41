// Many differences looked at, each of which would as soon be positive as negative if nothing were behind it: what the largest
// of them reaches by chance. Items that share a lemma are no independent evidence, so that signs are those of clusters; a
// cluster has one sign in all tests, which keeps how tests hang together (Westfall & Young 1993).

import type { Random } from '../random.ts'

/** What each cluster adds to a test's statistic, which is |their sum|. */
export type ClusterShares = Float64Array

/** Sums that differ by rounding are the same. */
const SAME = 1e-12

/**
 * p of each test, two-sided, corrected over all of them, by the step-down of Westfall and Young: a difference is compared
 * with the largest of those that are no larger than itself.
 * @param tests [clusters] each, on one scale
 * @param flips random assignments of signs; no p is below 1 / (flips + 1)
 */
export function signFlipPValues(tests: readonly ClusterShares[], flips: number, random: Random): Float64Array {
  const pValues = new Float64Array(tests.length).fill(1)
  const observed = tests.map((shares) => Math.abs(shares.reduce((sum, share) => sum + share, 0)))
  // what never differs can reach nothing, and most units change no choice at all
  const ascending = tests.map((_, test) => test).filter((test) => tests[test].some((share) => share !== 0))
  ascending.sort((a, b) => observed[a] - observed[b] || b - a)
  const reached = new Float64Array(tests.length)
  for (let flip = 0; flip < flips; flip++) {
    const signs = Float64Array.from(tests[0] ?? [], () => (random.uniform() < 0.5 ? -1 : 1))
    let largest = 0
    for (const test of ascending) {
      largest = Math.max(largest, Math.abs(signedSum(tests[test], signs)))
      if (largest >= observed[test] - SAME) reached[test]++
    }
  }
  let least = 0
  for (const test of ascending.reverse()) {
    least = Math.max(least, (reached[test] + 1) / (flips + 1)) // none is surer than a larger one
    pValues[test] = least
  }
  return pValues
}

function signedSum(shares: ClusterShares, signs: Float64Array): number {
  let sum = 0
  for (let cluster = 0; cluster < shares.length; cluster++) sum += signs[cluster] * shares[cluster]
  return sum
}
