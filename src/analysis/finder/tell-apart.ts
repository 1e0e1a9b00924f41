// How many bits a unit's value tells of a probe's answer: both in bins of equally many samples.

import { quantile } from '../../core/statistics/interval.ts'
import { mutualInformation } from '../../core/statistics/information.ts'

const BINS = 8

/** @param labels yes and no as 1 and 0, or amounts; decided everywhere */
export function bitsTold(values: Float32Array, labels: Float32Array): number {
  return told(binned(values), binned(labels))
}

/** Bits that the answers have: what a unit that knows everything would tell. */
export function bitsToTell(labels: Float32Array): number {
  const bins = binned(labels)
  return told(bins, bins)
}

function told(rows: Uint8Array, columns: Uint8Array): number {
  const counts = new Float64Array(BINS * BINS)
  rows.forEach((row, sample) => (counts[row * BINS + columns[sample]] += 1))
  return mutualInformation(counts, BINS)
}

/** The bin of every value; equal values share theirs. */
function binned(values: Float32Array): Uint8Array {
  const sorted = values.slice().sort()
  const edges = Array.from({ length: BINS - 1 }, (_, edge) => quantile(sorted, (edge + 1) / BINS))
  return Uint8Array.from(values, (value) => edges.filter((edge) => value > edge).length)
}
