// What attractors cost, in text where their number varies. The items with most of them against items as long whose
// intervening nouns have the subject's number; a claim needs both intervals apart.

import { GROUPS } from '../../analysis/agreement-groups.ts'
import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { AgreementBaselines, AgreementGroupRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, percent, percentInterval, plural, points } from '../format.ts'
import { BASELINES } from './agreement.ts'
import { judgeByModel } from './rules.ts'

/** A cost that is sure to be smaller is called none. */
const NEGLIGIBLE = 0.05
/** A task with fewer groups does not vary by itself: its conditions say the same. */
const FEWEST_GROUPS = 3

const WHAT = 'a noun of the other number between subject and verb'
/** The groups that have one. */
const HARD = GROUPS.attractors.slice(2)

/** One verdict a task and model. */
export function judgeAttractors(groups: readonly AgreementGroupRow[], models: number): Verdict[] {
  const rows = groups.filter(({ by }) => by === 'attractors')
  const varying = [...groupBy(rows, (row) => row.task).values()].filter(
    (ofTask) => new Set(ofTask.map((row) => row.group)).size >= FEWEST_GROUPS,
  )
  return varying.flatMap((ofTask) => judgeByModel(ofTask, models, judgeCost))
}

function judgeCost(rows: readonly AgreementGroupRow[], where: string): Verdict {
  const { task } = rows[0]
  const able = rows.filter((row) => row.n >= FEWEST_ITEMS)
  const difficult = able.filter((row) => HARD.includes(row.group)).at(-1)
  // as long as the sentences with attractors, where there are enough of those
  const easy = able.filter((row) => !HARD.includes(row.group)).at(-1)
  if (!difficult || !easy) return tooFew(rows, where)
  const numbers = `${shareOf(easy)}, ${shareOf(difficult)}; ${bestOf(difficult)} (${basisOf(easy, difficult, rows)}).`
  const cost = easy.accuracy - difficult.accuracy
  if (easy.low > difficult.high) {
    return { judgement: 'found', sentence: `${where} ${WHAT} costs ${points(cost)} in ${task}: ${numbers}` }
  }
  if (difficult.low > easy.accuracy - NEGLIGIBLE) {
    const sentence = `${where} ${WHAT} costs less than ${points(NEGLIGIBLE)} in ${task}: ${numbers}`
    return { judgement: 'not found', sentence }
  }
  const sentence =
    `${where} ${task} cannot show whether ${WHAT} costs accuracy, because the intervals overlap: ${numbers}`
  return { judgement: 'cannot tell', sentence }
}

function tooFew(rows: readonly AgreementGroupRow[], where: string): Verdict {
  const { task, seed } = rows[0]
  const most = Math.max(0, ...rows.filter((row) => HARD.includes(row.group)).map((row) => row.n))
  const sentence =
    `${where} ${task} cannot show whether ${WHAT} costs accuracy: at most ${plural(most, 'item')} ` +
    `${most === 1 ? 'has' : 'have'} it, and fewer than ${FEWEST_ITEMS} decide nothing (seed ${seed}).`
  return { judgement: 'cannot tell', sentence }
}

/** `95.6 % [92.1, 98.4] right with no noun between`. */
function shareOf({ group, accuracy, low, high }: AgreementGroupRow): string {
  return `${percent(accuracy)} ${percentInterval(low, high)} right with ${BETWEEN[group] ?? group}`
}

const BETWEEN: Readonly<Record<string, string>> = {
  'no noun': 'no noun between',
  'nouns alike': 'only nouns of the same number between',
}

/** The last noun is left out: it is right on all items without attractors and on none with them. */
function bestOf(row: AgreementGroupRow): string {
  const keys = (Object.keys(BASELINES) as (keyof AgreementBaselines)[]).filter((key) => key !== 'lastNoun')
  const best = keys.reduce((a, b) => (row[b] > row[a] ? b : a))
  return `there ${BASELINES[best]}, the best baseline, is right on ${percent(row[best])}`
}

function basisOf(easy: AgreementGroupRow, difficult: AgreementGroupRow, rows: readonly AgreementGroupRow[]): string {
  const left = rows.filter((row) => row.n < FEWEST_ITEMS).map((row) => `${row.group}: ${count(row.n)}`)
  const small = left.length === 0 ? '' : `, too few for a claim: ${left.join(', ')}`
  const n = `n = ${count(easy.n)} and ${count(difficult.n)}${small}`
  return `${n}, 95 % interval clustered by subject, chance 50 %, seed ${easy.seed}`
}
