// The one rule by which top units are chosen, fixed before anything is confirmed.

import type { AblationRow } from './results.ts'

/**
 * The `count` units whose removal lowers the mean margin most on the incongruent conditions of the discovery items (`SP`,
 * `PS`, …; on all conditions where none is incongruent). Ties go to the smaller index.
 * @param rows of one model and seed and one `set`
 */
export function chooseUnits(rows: readonly AblationRow[], count: number): string[] {
  throw new Error('not written yet')
}
