// Which unit a report talks about, and all that is known of it: its rows under both ways of removing it, on the items
// that chose it and on those that did not, and how well it tells the probe's answer. Verdicts and charts read the same
// evidence.

import { FEWEST_ITEMS, strongestRows } from '../analysis/choose-units.ts'
import type { AblationResult, AblationRow, RankingResult, RankingRow } from '../analysis/results.ts'
import { percentInterval, points } from './format.ts'
import type { OfSubject } from './verdicts/rules.ts'

export interface UnitEvidence {
  readonly unit: string
  /** set to its mean, in the condition where that costs most, on the items that chose it */
  readonly chosen: AblationRow
  /** the same set to zero */
  readonly zero: AblationRow | null
  /** both again on the other half */
  readonly confirmed: AblationRow | null
  readonly confirmedZero: AblationRow | null
  /** set to its mean in every other condition, on the other half where it was measured there */
  readonly elsewhere: readonly AblationRow[]
}

/**
 * The units on top of a sweep that other items measured as well, best first by the rule of `strongestRows`; the first
 * alone where none was.
 * @returns none where no condition has items enough and an intact model above chance
 */
export function topUnits(result: AblationResult, subject: OfSubject): UnitEvidence[] {
  const rows = result.rows.filter((row) => isOf(row, subject))
  const confirmation = result.confirmed.filter((row) => isOf(row, subject))
  const measured = new Set(confirmation.map((row) => row.unit))
  return strongestRows(rows.filter((row) => row.set === 'mean'))
    .filter((chosen) => chosen.n >= FEWEST_ITEMS && chosen.intact > 0.5)
    .filter((chosen, place) => place === 0 || measured.has(chosen.unit))
    .map((chosen) => ({
      unit: chosen.unit,
      chosen,
      zero: findLike(rows, chosen, 'zero'),
      confirmed: findLike(confirmation, chosen, 'mean'),
      confirmedZero: findLike(confirmation, chosen, 'zero'),
      elsewhere: (measured.has(chosen.unit) ? confirmation : rows).filter((row) => (
        row.unit === chosen.unit && row.set === 'mean' && !(row.task === chosen.task && row.condition === chosen.condition)
      )),
    }))
}

/** One of so many units and conditions would not cost that by chance. */
export function withstandsCorrection({ p }: AblationRow, level: number): boolean {
  return p !== null && p < level
}

/** `shrinkage 3.1 points [−0.4, 6.6]`: what the unit cost on the items that chose it, less what it costs on others. */
export function describeShrinkage({ shrinkage, shrinkageLow, shrinkageHigh }: AblationRow): string {
  return `shrinkage ${points(shrinkage ?? 0)} ${percentInterval(shrinkageLow, shrinkageHigh)}`
}

/** The best decoding site of the unit: an ablated `0.hidden.61` is looked for as `0.cell.61` too. */
export function decodingOf(unit: string, results: readonly RankingResult[], subject: OfSubject): RankingRow | null {
  const rows = results
    .flatMap((result) => result.rows)
    .filter((row) => isOf(row, subject) && withoutQuantity(row.unit) === withoutQuantity(unit))
  return rows.length > 0 ? rows.reduce((best, row) => (keptStrength(row) > keptStrength(best) ? row : best)) : null
}

/** Distance of the AUC from guessing, counted negative where the unit has changed sides since the subject. */
export function keptStrength(row: Pick<RankingRow, 'auc' | 'aucAtSubject'>): number {
  return (row.auc - 0.5) * Math.sign(row.aucAtSubject - 0.5)
}

/** On the side of 0.5 where it was at the subject. On incongruent items a unit that changes sides follows the last noun. */
export function keepsSide(row: RankingRow): boolean {
  return row.auc > 0.5 === row.aucAtSubject > 0.5
}

/** Differs from guessing more than the best of so many units by chance, whichever noun it follows. */
export function beatsChance(row: RankingRow, level: number): boolean {
  return row.q < level && strength(row.auc) > strength(row.chanceBest)
}

/** Decodes the subject's answer on the half that found it. */
export function decodes(row: RankingRow, level: number): boolean {
  return keepsSide(row) && beatsChance(row, level)
}

/** Decodes on the other half too, in the same direction. */
export function decodesConfirmed(row: RankingRow, level: number): boolean {
  if (row.confirmedAuc === null || !decodes(row, level)) return false
  const sameSide = row.auc > 0.5 === row.confirmedAuc > 0.5
  return sameSide && strength(row.confirmedAuc) > strength(row.chanceBest)
}

/** `higher for plural subjects`: which answer of the probe `number` a unit is higher for; of another, yes or no. */
export function directionOf(auc: number, probe: string): string {
  if (probe !== 'number') return `higher where the answer is ${auc > 0.5 ? 'yes' : 'no'}`
  return `higher for ${auc > 0.5 ? 'plural' : 'singular'} subjects`
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
