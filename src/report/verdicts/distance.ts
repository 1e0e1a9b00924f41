// What distance costs where nothing misleads: the slope of accuracy on the words between subject and verb, over all
// items of a task without attractors.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { AgreementTrendRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, plural } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** A cost of each word that is sure to be smaller is called none. */
const NEGLIGIBLE = 0.01
/** One verdict a task and model. */
export function judgeDistance(trends: readonly AgreementTrendRow[], models: number): Verdict[] {
  return [...groupBy(trends, (row) => row.task).values()].flatMap((ofTask) =>
    judgeByModel(ofTask, models, ([row], where) => judgeTrend(row, where)),
  )
}

function judgeTrend(row: AgreementTrendRow, where: string): Verdict {
  const { task, apart, slope, low, high, seed } = row
  if (apart < FEWEST_ITEMS || low === null || high === null) {
    const sentence =
      `${where} ${task} cannot show whether distance between subject and verb costs accuracy: ` +
      `${plural(apart, 'item')} without attractors ${apart === 1 ? 'has' : 'have'} a word between, and fewer than ` +
      `${FEWEST_ITEMS} decide nothing (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const change = `${fixed(slope * 100, 1)} ${interval(low * 100, high * 100, 1)}`
  const basis =
    `; the 5-gram model changes by ${fixed(row.ngram * 100, 1)} (least squares over all n = ${count(row.n)} items ` +
    `without attractors, ${count(apart)} of them with 1 to ${count(row.farthest)} words between, 95 % interval ` +
    `clustered by subject, seed ${seed}).`
  if (high < 0) {
    const sentence =
      `${where} distance between subject and verb costs accuracy in ${task}: it changes by ${change} points with ` +
      `each word${basis}`
    return { judgement: 'found', sentence }
  }
  if (low > -NEGLIGIBLE) {
    const sentence =
      `${where} distance between subject and verb costs less than ${fixed(NEGLIGIBLE * 100, 0)} point a word in ` +
      `${task}: accuracy changes by ${change} points with each${basis}`
    return { judgement: 'not found', sentence }
  }
  const sentence =
    `${where} ${task} cannot show whether distance between subject and verb costs accuracy, because the interval ` +
    `includes no change and a loss of more than ${fixed(NEGLIGIBLE * 100, 0)} point a word: accuracy changes by ` +
    `${change} points with each${basis}`
  return { judgement: 'cannot tell', sentence }
}
