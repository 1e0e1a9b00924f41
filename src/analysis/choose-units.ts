// The one rule by which top units are chosen, fixed before anything is confirmed.

import { groupBy } from '../core/rows.ts'
import type { AblationRow } from './results.ts'

/**
 * The `count` units whose removal lowers the mean margin most on the incongruent conditions of the discovery items
 * (`SP`, `PS`, …; on all conditions where none is incongruent). Conditions count alike. Ties keep the rows' order.
 * @param rows of one model and seed and one `set`
 */
export function chooseUnits(rows: readonly AblationRow[], count: number): string[] {
  const incongruent = rows.filter((row) => isIncongruent(row.condition))
  const counted = incongruent.length > 0 ? incongruent : rows
  const drops = [...groupBy(counted, (row) => row.unit)].map(([unit, own]) => ({
    unit,
    drop: own.reduce((sum, row) => sum + row.marginDrop, 0) / own.length,
  }))
  return drops
    .sort((a, b) => b.drop - a.drop)
    .slice(0, count)
    .map(({ unit }) => unit)
}

/** `SP`: some noun's number differs from the subject's. */
export function isIncongruent(condition: string): boolean {
  return [...condition].some((letter) => letter !== condition[0])
}
