// Does it depend on the corpus how much hangs on one unit? Networks of one make, trained on different texts, by what they
// lose without the unit on top; the seeds of each are resampled, and so the difference has an interval.

import type { OverSeedsRow } from '../../analysis/results.ts'
import { differenceInterval } from '../../core/statistics/interval.ts'
import { namedCondition } from '../conditions.ts'
import type { Verdict } from '../document.ts'
import { fixed, interval, plural, points, percentInterval } from '../format.ts'
import { judgedCondition } from './ablation-kinds.ts'

/** @param rows of the unit on top, of models of one make; each is compared with the first */
export function judgeCorpora(rows: readonly OverSeedsRow[]): Verdict[] {
  const [first, ...others] = judgedCondition(rows)
  return others.map((other): Verdict => {
    const { low, high } = differenceInterval(
      { value: first.marginDrop, low: first.marginDropLow, high: first.marginDropHigh },
      { value: other.marginDrop, low: other.marginDropLow, high: other.marginDropHigh },
    )
    const costs = [first, other].map((row) =>
      `${fixed(row.marginDrop, 2)} nats ${interval(row.marginDropLow, row.marginDropHigh, 2)} and ${points(row.drop)} ${percentInterval(row.dropLow, row.dropHigh)} in ${row.model}`)
    const basis =
      `on ${namedCondition(first.task, first.condition)}, ${costs[0]}, ${costs[1]}; difference ${fixed(first.marginDrop - other.marginDrop, 2)} nats ` +
      `${interval(low, high, 2)} (${plural(first.seeds, 'seed')} and ${other.seeds}, n = ${first.n} pairs, seeds, lemmas and items resampled)`
    if (low === null || high === null) return { judgement: 'cannot tell', sentence: `It cannot be told whether ${first.model} and ${other.model} differ in what hangs on one unit: ${basis}.` }
    if (low <= 0 && high >= 0) {
      return { judgement: 'not found', sentence: `That more hangs on one unit in ${first.model} than in ${other.model}, or less, does not show: set to its mean, the unit on top costs ${basis}.` }
    }
    const more = low > 0 ? 'more' : 'less'
    return { judgement: 'found', sentence: `In ${first.model} ${more} hangs on one unit than in ${other.model}: set to its mean, the unit on top costs ${basis}.` }
  })
}
