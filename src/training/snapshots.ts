// Weights on the way: after how many updates they are kept.

import type { Snapshots } from './config.ts'

/** Ascending and each once; the end of the training is none of them, because that is the model itself. */
export function snapshotUpdates(snapshots: Snapshots | undefined, updates: number): number[] {
  const wanted = snapshots === 'doubling' ? doubling(updates) : (snapshots ?? []).map((share) => Math.round(share * updates))
  return [...new Set(wanted)].filter((update) => update < updates).sort((a, b) => a - b)
}

function doubling(most: number): number[] {
  const powers = [0]
  for (let power = 1; power < most; power *= 2) powers.push(power)
  return powers
}
