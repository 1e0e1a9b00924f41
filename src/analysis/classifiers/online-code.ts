// Description length of labels (Voita & Titov 2020): the first block is coded without knowledge, every other by a classifier
// of all blocks before it. In bits throughout: their published code adds nats to bits.

import { fitLogistic, logLoss, logOdds } from '../../core/logistic.ts'
import { log } from '../../core/math.ts'
import { pick } from '../../core/matrix.ts'
import type { Random } from '../../core/random.ts'

/** Ends of the blocks, shares of all items. */
const ENDS = [0.03, 0.06, 0.125, 0.25, 0.5, 1]

/** Bits that the labels take in a random order of the items. */
export function onlineBits(columns: readonly Float64Array[], labels: Uint8Array, penalty: number, random: Random): number {
  const order = random.shuffle([...labels.keys()])
  const ordered = {
    columns: columns.map((column) => pick(column, order)),
    labels: Uint8Array.from(order, (item) => labels[item]),
  }
  const ends = ENDS.map((share) => Math.max(2, Math.round(share * labels.length)))
  const part = (from: number, to: number) => (
    { columns: ordered.columns.map((column) => column.subarray(from, to)), labels: ordered.labels.subarray(from, to) }
  )
  let bits = ends[0]
  for (let block = 1; block < ends.length; block++) {
    const seen = part(0, ends[block - 1])
    const next = part(ends[block - 1], ends[block])
    const odds = logOdds(next.columns, fitLogistic(seen.columns, seen.labels, penalty))
    for (let item = 0; item < odds.length; item++) bits += logLoss(odds[item], next.labels[item]) / log(2)
  }
  return bits
}
