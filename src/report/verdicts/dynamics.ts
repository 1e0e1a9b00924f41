// What is said of a unit's course: at which word its state is furthest apart for the two numbers of the subject, and
// how much of that is left before the verb. A description; the claims are made by ablation and ranking.

import { FEWEST_ITEMS, isIncongruent } from '../../analysis/choose-units.ts'
import type { DynamicsResult, DynamicsRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, fixed } from '../format.ts'
import { judgeByModel } from './rules.ts'

export function describeDynamics(result: DynamicsResult, models: number): Verdict[] {
  return judgeByModel(result.rows, models, (rows, where) => describeUnit(result.task, rows, where))
}

/** Speaks of the first unit's cell, or of its hidden state where there is no cell. */
function describeUnit(task: string, rows: readonly DynamicsRow[], where: string): Verdict {
  const unit = rows[0].unit
  const ofUnit = rows.filter((row) => row.unit === unit)
  const state = ['cell', 'hidden'].find((quantity) => ofUnit.some((row) => quantityOf(row) === quantity))
  const telling = ofUnit.filter((row) => quantityOf(row) === state && isIncongruent(row.condition))
  const pairs = [...groupBy(telling, (row) => String(row.position)).values()].map(gapOf).filter((gap) => gap !== null)
  if (state === undefined || pairs.length === 0) {
    return { judgement: 'description', sentence: `${where} unit ${unit} is shown word by word on ${task} items.` }
  }
  const widest = pairs.reduce((most, gap) => (Math.abs(gap.gap) > Math.abs(most.gap) ? gap : most))
  const last = pairs[pairs.length - 1]
  const n = Math.min(...telling.map((row) => row.n))
  const few = n < FEWEST_ITEMS ? ', too few to claim anything' : ''
  const sentence =
    `${where} the ${state === 'cell' ? 'cell' : 'hidden state'} of unit ${unit} differs most between PS and SP items ` +
    `of ${task} after word ${widest.position + 1}, “${widest.word}”: ${fixed(widest.plural, 2)} against ` +
    `${fixed(widest.singular, 2)}. Before the verb, after word ${last.position + 1}, “${last.word}”, the difference ` +
    `is ${fixed(last.gap, 2)} (standard deviation of items ${fixed(last.deviation, 2)}, n = ${count(n)} each${few}, ` +
    `seed ${rows[0].seed}).`
  return { judgement: 'description', sentence }
}

function quantityOf(row: DynamicsRow): string {
  return row.site.split('.').at(-1)!
}

interface Gap {
  position: number
  word: string
  plural: number
  singular: number
  /** plural minus singular */
  gap: number
  /** the larger of the two conditions' standard deviations */
  deviation: number
}

function gapOf(rows: readonly DynamicsRow[]): Gap | null {
  const plural = rows.find((row) => row.condition === 'PS')
  const singular = rows.find((row) => row.condition === 'SP')
  if (!plural || !singular) return null
  return {
    position: plural.position,
    word: plural.word,
    plural: plural.mean,
    singular: singular.mean,
    gap: plural.mean - singular.mean,
    deviation: Math.max(plural.deviation, singular.deviation),
  }
}
