// What attractors cost, and what distance costs, in text where both vary. The easiest group of a task that has items
// enough stands against the hardest; a claim needs both intervals apart.

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

/** One verdict a task, model and grouping. */
export function judgeGroups(rows: readonly AgreementGroupRow[], models: number): Verdict[] {
  const tasks = [...groupBy(rows, (row) => `${row.by} ${row.task}`).values()]
  const varying = tasks.filter((ofTask) => new Set(ofTask.map((row) => row.group)).size >= FEWEST_GROUPS)
  return varying.flatMap((ofTask) => judgeByModel(ofTask, models, judgeCost))
}

/** What is compared, in words. */
const COSTS: Readonly<Record<AgreementGroupRow['by'], { readonly what: string; readonly hard: readonly string[] }>> = {
  attractors: { what: 'a noun of the other number between subject and verb', hard: GROUPS.attractors.slice(2) },
  distance: { what: 'distance between subject and verb', hard: GROUPS.distance.slice(1) },
}

function judgeCost(rows: readonly AgreementGroupRow[], where: string): Verdict {
  const { by, task } = rows[0]
  const { what, hard } = COSTS[by]
  const able = rows.filter((row) => row.n >= FEWEST_ITEMS)
  const difficult = able.filter((row) => hard.includes(row.group)).at(-1)
  // as long as the sentences with attractors, where there are enough of those
  const easy = by === 'distance' ? able[0] : able.filter((row) => !hard.includes(row.group)).at(-1)
  if (!difficult || !easy || easy === difficult) return tooFew(rows, where)
  const numbers = `${shareOf(easy)}, ${shareOf(difficult)}`
  const basis = basisOf(easy, difficult, rows)
  const cost = easy.accuracy - difficult.accuracy
  if (easy.low > difficult.high) {
    const sentence = `${where} ${what} costs ${points(cost)} in ${task}: ${numbers}; ${bestOf(difficult)} (${basis}).`
    return { judgement: 'found', sentence }
  }
  if (difficult.low > easy.accuracy - NEGLIGIBLE) {
    const sentence =
      `${where} ${what} costs less than ${points(NEGLIGIBLE)} in ${task}: ${numbers}; ${bestOf(difficult)} (${basis}).`
    return { judgement: 'not found', sentence }
  }
  const sentence =
    `${where} ${task} cannot show whether ${what} costs accuracy, because the intervals overlap: ${numbers}; ` +
    `${bestOf(difficult)} (${basis}).`
  return { judgement: 'cannot tell', sentence }
}

function tooFew(rows: readonly AgreementGroupRow[], where: string): Verdict {
  const { by, task, seed } = rows[0]
  const { what, hard } = COSTS[by]
  const most = Math.max(0, ...rows.filter((row) => hard.includes(row.group)).map((row) => row.n))
  const sentence =
    `${where} ${task} cannot show whether ${what} costs accuracy: at most ${plural(most, 'item')} ` +
    `${most === 1 ? 'has' : 'have'} it, and fewer than ${FEWEST_ITEMS} decide nothing (seed ${seed}).`
  return { judgement: 'cannot tell', sentence }
}

/** `95.6 % [92.1, 98.4] right with no noun between`. */
function shareOf({ by, group, accuracy, low, high }: AgreementGroupRow): string {
  const between = BETWEEN[group] ?? (by === 'distance' ? `${group} between` : group)
  return `${percent(accuracy)} ${percentInterval(low, high)} right with ${between}`
}

const BETWEEN: Readonly<Record<string, string>> = {
  '0 words': 'no word between',
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
