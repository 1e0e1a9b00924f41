// Does one unit carry number? The claim needs, on items that did not choose the unit: a drop outside the band of
// comparable units with the mean *and* with zero, and decoding before the verb on incongruent items; and on both halves a
// drop that withstands the correction over all units and conditions. Less than that is a candidate.

import { FEWEST_ITEMS, isOutsideBand, isPair, isTelling } from '../../analysis/choose-units.ts'
import { judgedByBar } from '../../analysis/number-units/bar.ts'
import type { AblationResult, AblationRow, RankingResult, RankingRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { namedCondition, shortCondition } from '../conditions.ts'
import type { Verdict } from '../document.ts'
import {
  decodesConfirmed, decodingOf, describeShrinkage, directionOf, keepsSide, topUnits, withstandsCorrection, type UnitEvidence,
} from '../evidence.ts'
import { count, fixed, listed, percent, percentInterval, points } from '../format.ts'
import { FEWEST_COMPARABLE, judgeByModel, LEVEL, pText, type OfSubject } from './rules.ts'

/** One verdict a model, on its headline unit. Without a ranking the best possible answer is a candidate. */
export function judgeCarrier(ablation: AblationResult, rankings: readonly RankingResult[], models: number): Verdict[] {
  return judgeByModel(ablation.rows, models, (rows, where) => {
    const evidence = headlineUnit(ablation, rankings, rows[0])
    if (evidence === null) return nothingToLose(rows, where)
    const single = judgedByBar(rows)
    if (single !== null && !isOutsideBand(evidence.chosen) && withstandsCorrection(single, LEVEL)) {
      return costsOneWay(single, ablation.confirmed.find((row) => isSame(row, single)) ?? null, evidence, where)
    }
    return judgeUnit(evidence, decodingOf(evidence.unit, rankings, rows[0]), where, (text) => {
      const tops = topUnits(ablation, rows[0])
      const passing = tops.filter((top) => isCarrier(top, rankings, rows[0])).map(({ unit }) => unit)
      return tops.length < 2 ? text : `${text}. ${ofTops(tops.length, passing)}`
    })
  }, { about: `single units of ${ablation.site}` })
}

/** The first of the top units that carries number; the very first where none does; null where none can be judged. */
export function headlineUnit(
  ablation: AblationResult,
  rankings: readonly RankingResult[],
  subject: OfSubject,
): UnitEvidence | null {
  const tops = topUnits(ablation, subject)
  return tops.find((evidence) => isCarrier(evidence, rankings, subject)) ?? tops[0] ?? null
}

function isCarrier(evidence: UnitEvidence, rankings: readonly RankingResult[], subject: OfSubject): boolean {
  const { chosen } = evidence
  if (chosen.comparable < FEWEST_COMPARABLE || !isOutsideBand(chosen)) return false
  return missingEvidence(evidence, decodingOf(evidence.unit, rankings, subject)).length === 0
}

function judgeUnit(
  evidence: UnitEvidence,
  decoding: RankingRow | null,
  where: string,
  withOthers: (text: string) => string,
): Verdict {
  const { chosen } = evidence
  if (chosen.comparable < FEWEST_COMPARABLE) return tooFewComparable(evidence, where)
  if (!isOutsideBand(chosen)) return noUnitMatters(evidence, where)
  const missing = missingEvidence(evidence, decoding)
  const failed = missing.find((gap) => gap.against)
  if (failed) return { judgement: 'not found', sentence: refuted(evidence, failed.text, where) }
  if (missing.length > 0) return { judgement: 'candidate', sentence: candidate(evidence, missing, where) }
  const text = withOthers(carries(evidence, decoding!, where))
  return { judgement: 'found', sentence: `${text} (${basis(evidence.confirmed!)}).` }
}

/** How many of the units that were confirmed pass: a reader should know how many could. */
function ofTops(tops: number, passing: readonly string[]): string {
  const pass = passing.length === 1 ? 'it alone passes' : `${listed(passing)} pass`
  return `Of the ${count(tops)} units on top ${pass} all these tests`
}

interface Gap {
  readonly text: string
  /** measured and contradicted, not merely unmeasured */
  readonly against: boolean
}

/** What the claim still lacks. */
function missingEvidence(evidence: UnitEvidence, decoding: RankingRow | null): Gap[] {
  const { chosen, zero, confirmed, confirmedZero } = evidence
  const gaps: Gap[] = []
  if (!isTelling(chosen.condition)) {
    const text = 'it was not shown where the nouns disagree, and without that a shift to one form looks the same'
    gaps.push({ text, against: false })
  }
  if (!withstandsCorrection(chosen, LEVEL)) gaps.push({ text: `where it was chosen, ${corrected(chosen)}`, against: false })
  if (!zero) gaps.push({ text: 'it was not set to zero', against: false })
  else if (!isOutsideBand(zero)) gaps.push({ text: `set to zero it costs ${dropOf(zero)}`, against: false })
  if (!confirmed || !confirmedZero) gaps.push({ text: 'other items did not confirm it yet', against: false })
  else if (confirmed.n < FEWEST_ITEMS) {
    gaps.push({ text: `only ${count(confirmed.n)} other items were there to confirm it`, against: false })
  } else if (!isOutsideBand(confirmed)) {
    const text = `on ${count(confirmed.n)} other items it costs ${dropOf(confirmed)}, ${describeShrinkage(confirmed)}`
    gaps.push({ text, against: true })
  } else if (!withstandsCorrection(confirmed, LEVEL)) {
    gaps.push({ text: `on other items, ${corrected(confirmed)}`, against: false })
  } else if (!isOutsideBand(confirmedZero)) {
    gaps.push({ text: `set to zero it costs ${dropOf(confirmedZero)} on other items`, against: false })
  }
  if (!decoding) gaps.push({ text: 'whether it tells the number before the verb was not measured', against: false })
  else if (decoding.confirmedAuc === null) {
    gaps.push({ text: `its AUC before the verb (${fixed(decoding.auc, 2)}) was not confirmed`, against: false })
  } else if (!decodesConfirmed(decoding, LEVEL)) {
    gaps.push({ text: `before the verb it does not tell the number (${aucOf(decoding)})`, against: false })
  }
  return gaps
}

function carries(evidence: UnitEvidence, decoding: RankingRow, where: string): string {
  const confirmed = evidence.confirmed!
  return (
    `${where} unit ${evidence.unit} carries the subject’s number: on items that did not choose it, setting it to its ` +
    `mean costs ${dropOf(confirmed)} on ${namedCondition(confirmed.task, confirmed.condition)}, setting it to zero ` +
    `costs ${points(evidence.confirmedZero!.drop)}, and before the verb ${decoding.unit} tells singular from plural ` +
    `with ${aucOf(decoding)}. ${elsewhere(evidence)}. ${whereChosen(evidence)}`
  )
}

function candidate(evidence: UnitEvidence, gaps: readonly Gap[], where: string): string {
  const row = evidence.confirmed ?? evidence.chosen
  return (
    `${where} unit ${evidence.unit} is a candidate for carrying number: set to its mean it costs ${dropOf(row)} on ` +
    `${namedCondition(row.task, row.condition)}. ${elsewhere(evidence)}. ${whereChosen(evidence)}. It is no more than ` +
    `a candidate because ${listed(gaps.map((gap) => gap.text))} (${basis(row)}).`
  )
}

function refuted(evidence: UnitEvidence, reason: string, where: string): string {
  const { chosen } = evidence
  return (
    `${where} no unit was shown to carry number: ${evidence.unit} cost ${dropOf(chosen)} on ` +
    `${namedCondition(chosen.task, chosen.condition)} where it was chosen, but ${reason} (${basis(chosen)}).`
  )
}

/** In one condition a unit costs more than units like it, in pairs none does. */
function costsOneWay(single: AblationRow, confirmed: AblationRow | null, { chosen }: UnitEvidence, where: string): Verdict {
  const other = confirmed === null ? '' : `, and ${dropOf(confirmed)} on items that did not choose it`
  return {
    judgement: 'candidate',
    sentence:
      `${where} unit ${single.unit} is a candidate for carrying number: set to its mean it costs ${dropOf(single)} on ` +
      `${namedCondition(single.task, single.condition)} where it was chosen${other}. It is no more than a candidate because on ` +
      `${namedCondition(chosen.task, chosen.condition)}, where a shift of every choice towards one number cancels, no unit costs more ` +
      `than units like it: at most ${points(chosen.drop)}, intact ${percent(chosen.intact)} (${basis(confirmed ?? single)}).`,
  }
}

function isSame(row: AblationRow, other: AblationRow): boolean {
  return (['model', 'seed', 'unit', 'set', 'task', 'condition'] as const).every((key) => row[key] === other[key])
}

function noUnitMatters({ chosen }: UnitEvidence, where: string): Verdict {
  const beyond = chosen.drop > chosen.bandHigh
  const reason = beyond ? 'its interval includes no change' : 'units like it cost as much'
  return {
    judgement: beyond ? 'cannot tell' : 'not found',
    sentence:
      `${where} ${beyond ? 'it cannot be told whether a single unit matters' : 'no single unit matters'}: the ` +
      `largest drop, of ${chosen.unit} set to its mean on ${namedCondition(chosen.task, chosen.condition)}, is ` +
      `${dropOf(chosen)}; ${reason} (${basis(chosen)}).`,
  }
}

function tooFewComparable({ chosen }: UnitEvidence, where: string): Verdict {
  return {
    judgement: 'cannot tell',
    sentence:
      `${where} it cannot be told whether a single unit matters: ${chosen.unit} costs ${dropOf(chosen)} on ` +
      `${shortCondition(chosen.task, chosen.condition)}, but with ${count(chosen.comparable)} units to compare it ` +
      `with p cannot fall below ${smallestP(chosen)} (n = ${count(chosen.n)} items, seed ${chosen.seed}).`,
  }
}

function nothingToLose(rows: readonly AblationRow[], where: string): Verdict {
  const most = Math.max(...rows.map((row) => row.n))
  const reason =
    most < FEWEST_ITEMS
      ? `no condition has more than ${count(most)} items, and fewer than ${FEWEST_ITEMS} decide nothing`
      : 'the intact model is at or below chance in every condition, so there is nothing to lose'
  return {
    judgement: 'cannot tell',
    sentence: `${where} it cannot be told whether a single unit matters: ${reason} (seed ${rows[0].seed}).`,
  }
}

/** `28.4 points [24.1, 32.5] (its 20 comparable units: −1.2 to 2.3)`. */
function dropOf(row: AblationRow): string {
  return (
    `${points(row.drop)} ${percentInterval(row.dropLow, row.dropHigh)} (its ${count(row.comparable)} comparable ` +
    `units: ${fixed(row.bandLow * 100, 1)} to ${fixed(row.bandHigh * 100, 1)})`
  )
}

function elsewhere({ elsewhere: rows, chosen }: UnitEvidence): string {
  if (rows.length === 0) return 'No other condition was measured'
  const tasks = [...groupBy(rows, (row) => row.task)]
  const largest = tasks.map(([task, ofTask]) => {
    const row = ofTask.reduce((most, other) => (other.drop > most.drop ? other : most))
    return `${points(row.drop)} on ${task === chosen.task ? 'the rest of ' : ''}${task} (${row.condition})`
  })
  return `Elsewhere it costs at most ${listed(largest)}`
}

/** `Where it was chosen it costs 28.0 points: shrinkage 1.0 points [−3.1, 5.2]` */
function whereChosen({ chosen, confirmed }: UnitEvidence): string {
  if (confirmed === null) return 'It was not measured on items that did not choose it'
  return `Where it was chosen it costs ${points(chosen.drop)}: ${describeShrinkage(confirmed)}`
}

function aucOf(row: RankingRow): string {
  const auc = row.confirmedAuc ?? row.auc
  const turned = keepsSide(row) ? '' : ', on the other side than at the subject'
  return (
    `AUC ${fixed(auc, 2)}, ${directionOf(auc, 'number')}${turned}; by chance the best unit reaches ` +
    fixed(row.chanceBest, 2)
  )
}

function basis(row: AblationRow): string {
  return (
    `n = ${count(row.n)} ${isPair(row.condition) ? 'pairs of items' : 'items'}, intact accuracy ${percent(row.intact)}, 95 % interval, ` +
    `${corrected(row)}, smallest possible p among comparable units ${smallestP(row)}, seed ${row.seed}`
  )
}

/** `corrected over all units and conditions, p = 0.003` */
function corrected({ half, p }: AblationRow): string {
  if (p === null) return 'with so few items or lemmas its drop cannot be corrected for all that were looked at'
  const family = half === 'confirmation' ? 'the confirmed units and all conditions' : 'all units and conditions'
  return `corrected over ${family}, ${pText(p)}`
}

/** A permutation among k comparable units cannot go below 1 / (k + 1). */
function smallestP(row: AblationRow): string {
  return fixed(1 / (row.comparable + 1), 3)
}
