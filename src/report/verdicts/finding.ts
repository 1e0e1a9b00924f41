// Which probes have a unit of their own. A unit is found when it beats the best of all units under deals of whole blocks,
// does so again in other documents, and is better there than any unit of the untrained network and than rotated axes.
// Where rotated axes do as well, the state knows the answer, and no unit of it is special.

import type { FoundUnitRow } from '../../analysis/results.ts'
import type { Judgement, Verdict } from '../document.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'
import { LEVEL } from './rules.ts'

/** With fewer documents an interval over them says nothing. */
const FEWEST_DOCUMENTS = 3
/** Half way from chance to certainty, an area of 0.75 or a correlation of 0.5: what a reader would call "tells". */
export const TELLS = 0.5

/** From 0 to 1: how far a score of the row's kind is from the one that says nothing. */
export function strengthOf({ answers }: Pick<FoundUnitRow, 'answers'>, score: number): number {
  return answers === 'yes-no' ? Math.abs(score - 0.5) * 2 : Math.abs(score)
}

export function judgeUnit(row: FoundUnitRow): Judgement {
  if (row.documents < FEWEST_DOCUMENTS || row.low === null || row.high === null) return 'cannot tell'
  const chance = row.answers === 'yes-no' ? 0.5 : 0
  const beyond = row.low > chance || row.high < chance
  const strength = strengthOf(row, row.heldOut)
  if (row.q > LEVEL || !beyond || strength < TELLS || strength <= strengthOf(row, row.untrained)) return 'not found'
  return strength > strengthOf(row, row.rotated) ? 'found' : 'candidate'
}

/** One sentence about all probes of one trained model. */
export function judgeFinding(rows: readonly FoundUnitRow[], where: string): Verdict {
  const judged = rows.map((row) => ({ row, judgement: judgeUnit(row) }))
  const of = (judgement: Judgement) => judged.filter((one) => one.judgement === judgement).map(({ row }) => row)
  const [found, candidates, none, unclear] = [of('found'), of('candidate'), of('not found'), of('cannot tell')]
  const best = rows.reduce((a, b) => (b.documents > a.documents ? b : a))
  const parts = [
    found.length > 0 ? `single units tell ${listed(found.map((row) => named(row)))}` : 'no single unit tells the answer of a probe',
    candidates.length > 0 ? `for ${listed(candidates.map((row) => named(row)))} a rotated direction of the state does as well` : '',
    none.length > 0 ? `there is none for ${listed(none.map((row) => named(row, 'at best ')))}` : '',
    unclear.length > 0 ? `too few documents decide ${listed(unclear.map(({ probe }) => probe))}` : '',
  ].filter((part) => part !== '')
  const basis =
    `in ${plural(best.documents, 'document')} in which no unit was chosen, up to ${count(best.n)} places, labels dealt in ` +
    `whole blocks, Benjamini–Hochberg over ${plural(rows.length, 'probe')}, seed ${rows[0].seed}`
  const judgement = found.length > 0 ? 'found' : candidates.length > 0 ? 'candidate' : none.length > 0 ? 'not found' : 'cannot tell'
  return { judgement, sentence: `${where} ${parts.join('; ')} (${basis}).` }
}

/** `inside-quotes (1.hidden.41, lower for yes, AUC 0.99 [0.98, 1.00])` */
function named({ probe, unit, answers, heldOut, low, high }: FoundUnitRow, before = ''): string {
  if (answers === 'amount') return `${probe} (${before}${unit}, r = ${fixed(heldOut, 2)} ${interval(low, high, 2)})`
  const side = heldOut < 0.5
    ? `lower for yes, AUC ${fixed(1 - heldOut, 2)} ${interval(turned(high), turned(low), 2)}`
    : `AUC ${fixed(heldOut, 2)} ${interval(low, high, 2)}`
  return `${probe} (${before}${unit}, ${side})`
}

function turned(score: number | null): number | null {
  return score === null ? null : 1 - score
}
