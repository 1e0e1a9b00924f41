// Minimal pairs from the user's CSV: columns `prefix,right,wrong[,condition]`, one pair a row, words separated by spaces.

import type { Choice } from './items.ts'

export interface Pair extends Choice {
  /** '' where the file has no such column */
  readonly condition: string
}

/** @throws UserError with every problem of the file: missing columns, empty cells, stray quotes, right the same as wrong */
export function parsePairs(csv: string, file: string): Pair[] {
  throw new Error('not written yet')
}
