// Does the subject's number move the choice at all, once what a verb prefers is taken out? Judged by pairs of items
// that differ in the subject's number alone.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { AgreementPairRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Verdict } from '../document.ts'
import { count, listed, percent, percentInterval } from '../format.ts'
import { judgeAlike } from './rules.ts'

const CHANCE = 0.5
/** An advantage over chance that is sure to be smaller is called none. */
const NEGLIGIBLE = 0.1

/** Tasks with one noun between subject and verb first. Tasks that come to the same judgement share a sentence. */
export function judgePairs(pairs: readonly AgreementPairRow[], models: number): Verdict[] {
  const tasks = [...groupBy(pairs, (row) => row.task).values()]
  const isHeadline = (rows: readonly AgreementPairRow[]) => rows.some(({ conditions }) => conditions === 'SP and PP')
  const ordered = [...tasks.filter(isHeadline), ...tasks.filter((ofTask) => !isHeadline(ofTask))]
  return judgeAlike(ordered, models, judgeTask)
}

function judgeTask(rows: readonly AgreementPairRow[], where: string): Verdict {
  const { task, seed } = rows[0]
  const fewest = Math.min(...rows.map((row) => row.n))
  if (fewest < FEWEST_ITEMS) {
    const sentence =
      `${where} ${task} cannot show whether the subject’s number moves the choice of the verb: ${count(fewest)} ` +
      `pairs of items, and fewer than ${FEWEST_ITEMS} decide nothing (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const numbers =
    `of pairs of ${task} items that differ in it alone, ${listed(rows.map(shareOf))} are right together; of the ` +
    `5-gram model ${percent(mean(rows.map((row) => row.ngram)))} (${basis(rows)}).`
  if (rows.every((row) => row.low > Math.max(CHANCE, row.ngram))) {
    const head = `${where} the subject’s number moves the choice of the verb, once what the verb prefers is taken out`
    return { judgement: 'found', sentence: `${head}: ${numbers}` }
  }
  if (rows.every((row) => row.high < CHANCE + NEGLIGIBLE)) {
    const sentence = `${where} the subject’s number hardly moves the choice of the verb: ${numbers}`
    return { judgement: 'not found', sentence }
  }
  const sentence = `${where} it cannot be told whether the subject’s number moves the choice of the verb: ${numbers}`
  return { judgement: 'cannot tell', sentence }
}

/** `82.8 % [77.9, 87.6] of SS and PS` */
function shareOf({ conditions, together, low, high }: AgreementPairRow): string {
  return `${percent(together)} ${percentInterval(low, high)} of ${conditions}`
}

function basis(rows: readonly AgreementPairRow[]): string {
  const sizes = [...new Set(rows.map((row) => row.n))]
  const n = `n = ${sizes.map(count).join(', ')} pairs${sizes.length === 1 && rows.length > 1 ? ' each' : ''}`
  return `${n}, 95 % interval clustered by lemma, chance 50 %, seed ${rows[0].seed}`
}
