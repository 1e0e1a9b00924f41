// The one rule by which top units are chosen, fixed before anything is confirmed: what is confirmed, followed word by word,
// and named in the report's sentences are the same units.

import { groupBy } from '../core/rows.ts'
import type { AblationRow } from './results.ts'

/** Nothing is chosen by, or claimed from, fewer items. */
export const FEWEST_ITEMS = 50

/**
 * For each unit the row of the condition in which its removal costs most, best unit first. Conditions that only the
 * subject's number gets right come before others, pairs of items among them first; drops outside the band of comparable
 * units before those inside; equal drops go by the margin, then by the order of the rows. Conditions with too few items,
 * or in which the intact model is at or below chance, choose nothing while there are others.
 */
export function strongestRows(rows: readonly AblationRow[]): AblationRow[] {
  const able = orAll(rows, (row) => row.n >= FEWEST_ITEMS && row.intact > 0.5)
  const telling = orAll(orAll(able, (row) => isTelling(row.condition)), (row) => isPair(row.condition))
  return [...groupBy(telling, (row) => row.unit).values()]
    .map((own) => own.reduce((best, row) => (compare(row, best) < 0 ? row : best)))
    .sort(compare)
}

/** `SP`, or the pairs `SS and PS`: only the subject gives the right form. */
export function isTelling(condition: string): boolean {
  return isIncongruent(condition) || isPair(condition)
}

/** `SS and PS`: across a noun. A change that moves every choice towards one number cancels in pairs. */
export function isPair(condition: string): boolean {
  return /^S[SP]+ and P[SP]+$/.test(condition)
}

/** `SP`: some noun's number differs from the subject's, so that only the subject gives the right form. */
export function isIncongruent(condition: string): boolean {
  return /^[SP]+$/.test(condition) && new Set(condition).size > 1
}

/** The drop lies beyond every comparable unit's, and its interval excludes no change. */
export function isOutsideBand(row: AblationRow): boolean {
  return row.drop > row.bandHigh && row.dropLow !== null && row.dropLow > 0
}

/** Negative where `a` is the stronger row. */
function compare(a: AblationRow, b: AblationRow): number {
  return Number(isOutsideBand(b)) - Number(isOutsideBand(a)) || b.drop - a.drop || b.marginDrop - a.marginDrop
}

/** Those that pass, or all where none does. */
function orAll<T>(items: readonly T[], passes: (item: T) => boolean): readonly T[] {
  const passing = items.filter(passes)
  return passing.length > 0 ? passing : items
}
