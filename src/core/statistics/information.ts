// Mutual information of two variables of few values each, in bits, from their counts. Estimates from samples are too
// large by about (cells − rows − columns + 1) / 2n nats, which is taken off (Miller 1955).

import { log } from '../math.ts'

/** @param counts [rows, columns], row-major */
export function mutualInformation(counts: ArrayLike<number>, columns: number): number {
  const rows = counts.length / columns
  const ofRow = new Float64Array(rows)
  const ofColumn = new Float64Array(columns)
  let n = 0
  for (let cell = 0; cell < counts.length; cell++) {
    ofRow[Math.floor(cell / columns)] += counts[cell]
    ofColumn[cell % columns] += counts[cell]
    n += counts[cell]
  }
  if (n === 0) return 0
  const used = (sums: ArrayLike<number>) => Array.from(sums).filter((sum) => sum > 0).length
  const bias = (used(counts) - used(ofRow) - used(ofColumn) + 1) / (2 * n)
  const nats = entropy(ofRow, n) + entropy(ofColumn, n) - entropy(counts, n) - bias
  return Math.max(0, nats) / log(2)
}

/** Of counts that sum to n, nats. */
function entropy(counts: ArrayLike<number>, n: number): number {
  let sum = 0
  for (let cell = 0; cell < counts.length; cell++) {
    if (counts[cell] > 0) sum -= (counts[cell] / n) * log(counts[cell] / n)
  }
  return sum
}
