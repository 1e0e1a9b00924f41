// What the best of many units reaches by chance: the labels of whole blocks are dealt to other blocks, so that what is
// alike within a block stays alike. The statistic is |r|, the correlation of the values with the labels, for yes or no
// as well, because it is a single product over all samples.

import type { Random } from '../../core/random.ts'
import { mean, standardDeviation } from '../../core/statistics/moments.ts'
import type { UnitSamples } from './unit-samples.ts'

export interface BlockPermutation {
  /** |r| of every unit */
  readonly observed: Float64Array
  /** the largest |r| of any unit under each permutation, ascending */
  readonly largest: Float64Array
}

/**
 * @param labels at every sample, block after block; NaN where they are not decided
 * @param blocks how many blocks the samples are cut into
 */
export function permuteBlocks(
  units: readonly UnitSamples[],
  labels: Float32Array,
  blocks: number,
  permutations: number,
  random: Random,
): BlockPermutation {
  const values = units.map((unit) => standardized(unit.values))
  const weights = centredLabels(labels)
  const observed = Float64Array.from(values, (own) => Math.abs(product(own, weights)))
  const order = Array.from({ length: blocks }, (_, block) => block)
  const largest = Float64Array.from({ length: permutations }, () => {
    const dealt = dealBlocks(weights, random.shuffle(order))
    return values.reduce((most, own) => Math.max(most, Math.abs(product(own, dealt))), 0)
  })
  return { observed, largest: largest.sort() }
}

function dealBlocks(weights: Float32Array, order: readonly number[]): Float32Array {
  const length = weights.length / order.length
  const dealt = new Float32Array(weights.length)
  order.forEach((from, to) => dealt.set(weights.subarray(from * length, (from + 1) * length), to * length))
  return dealt
}

/** Mean 0 and standard deviation 1; zeros for a unit that does not vary. */
function standardized(values: Float32Array): Float32Array {
  const centre = mean(values)
  const spread = standardDeviation(values)
  return values.map((value) => (spread === 0 ? 0 : (value - centre) / spread))
}

/** Such that Σ value · weight is the correlation: centred, 0 where undecided, over n standard deviations. */
function centredLabels(labels: Float32Array): Float32Array {
  const known = labels.filter((label) => !Number.isNaN(label))
  const scale = standardDeviation(known) * Math.max(1, known.length - 1)
  const centre = mean(known)
  return labels.map((label) => (Number.isNaN(label) || scale === 0 ? 0 : (label - centre) / scale))
}

function product(a: Float32Array, b: Float32Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  let index = 0
  for (; index + 4 <= a.length; index += 4) {
    s0 += a[index] * b[index]
    s1 += a[index + 1] * b[index + 1]
    s2 += a[index + 2] * b[index + 2]
    s3 += a[index + 3] * b[index + 3]
  }
  for (; index < a.length; index++) s0 += a[index] * b[index]
  return s0 + s1 + (s2 + s3)
}
