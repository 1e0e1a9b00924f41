// Which unit a report talks about, and all that is known of it: its rows under both ways of removing it, on the items
// that chose it and on those that did not, and how well it tells the probe's answer. Verdicts and charts read the same
// evidence.

import type { AblationResult, AblationRow, RankingResult, RankingRow } from '../analysis/results.ts'
import { isIncongruent } from './conditions.ts'
import { FEWEST_ITEMS, type OfSubject } from './verdicts/rules.ts'

export interface UnitEvidence {
  readonly unit: string
  /** set to its mean, in the condition where that costs most, on the items that chose it */
  readonly chosen: AblationRow
  /** the same set to zero */
  readonly zero: AblationRow | null
  /** both again on the other half */
  readonly confirmed: AblationRow | null
  readonly confirmedZero: AblationRow | null
  /** set to its mean in every other condition, on the half that `chosen` is of */
  readonly elsewhere: readonly AblationRow[]
}

/** The drop lies beyond every comparable unit's, and its interval excludes no change. */
export function isOutsideBand(row: AblationRow): boolean {
  return row.drop > row.bandHigh && row.dropLow > 0
}

/**
 * The unit whose removal by its mean costs most accuracy in any one condition; conditions whose nouns disagree come
 * first, then units outside their band. Conditions with too few items, or in which the intact model is at or below
 * chance, choose no unit.
 * @returns null where no condition can choose one
 */
export function strongestUnit(result: AblationResult, subject: OfSubject): UnitEvidence | null {
  const rows = result.rows.filter((row) => isOf(row, subject))
  const able = rows.filter((row) => row.set === 'mean' && row.n >= FEWEST_ITEMS && row.intact > 0.5)
  if (able.length === 0) return null
  const telling = orAll(able, (row) => isIncongruent(row.condition))
  const chosen = orAll(telling, isOutsideBand).reduce((best, row) => (costsMore(row, best) ? row : best))
  const confirmation = result.confirmed.filter((row) => isOf(row, subject))
  return {
    unit: chosen.unit,
    chosen,
    zero: findLike(rows, chosen, 'zero'),
    confirmed: findLike(confirmation, chosen, 'mean'),
    confirmedZero: findLike(confirmation, chosen, 'zero'),
    elsewhere: rows.filter((row) => row.unit === chosen.unit && row.set === 'mean' && row !== chosen),
  }
}

/** The best decoding site of the unit: an ablated `0.hidden.61` is looked for as `0.cell.61` too. */
export function decodingOf(unit: string, results: readonly RankingResult[], subject: OfSubject): RankingRow | null {
  const rows = results
    .flatMap((result) => result.rows)
    .filter((row) => isOf(row, subject) && withoutQuantity(row.unit) === withoutQuantity(unit))
  return rows.length > 0 ? rows.reduce((best, row) => (strength(row.auc) > strength(best.auc) ? row : best)) : null
}

/** Decodes on the half that found it: significant among all units, and better than the best of so many by chance. */
export function decodes(row: RankingRow, level: number): boolean {
  return row.q < level && strength(row.auc) > strength(row.chanceBest)
}

/** Decodes on the other half too, in the same direction. */
export function decodesConfirmed(row: RankingRow, level: number): boolean {
  if (row.confirmedAuc === null || !decodes(row, level)) return false
  const sameSide = row.auc > 0.5 === row.confirmedAuc > 0.5
  return sameSide && strength(row.confirmedAuc) > strength(row.chanceBest)
}

/** Distance of an AUC from guessing, 0 to 0.5. */
export function strength(auc: number): number {
  return Math.abs(auc - 0.5)
}

/** `0.hidden.61` → `0.61`: the unit whatever its site. */
export function withoutQuantity(unit: string): string {
  const parts = unit.split('.')
  return [...parts.slice(0, -2), parts[parts.length - 1]].join('.')
}

export function isOf(row: OfSubject, subject: OfSubject): boolean {
  return row.model === subject.model && row.seed === subject.seed
}

function findLike(rows: readonly AblationRow[], like: AblationRow, set: 'mean' | 'zero'): AblationRow | null {
  const same = (row: AblationRow) =>
    row.unit === like.unit && row.task === like.task && row.condition === like.condition && row.set === set
  return rows.find(same) ?? null
}

/** Those that pass, or all where none does. */
function orAll<T>(items: readonly T[], passes: (item: T) => boolean): readonly T[] {
  const passing = items.filter(passes)
  return passing.length > 0 ? passing : items
}

function costsMore(row: AblationRow, other: AblationRow): boolean {
  return row.drop > other.drop || (row.drop === other.drop && row.marginDrop > other.marginDrop)
}
