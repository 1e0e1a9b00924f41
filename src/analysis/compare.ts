// The same items scored twice, such as by an intact and a lesioned model: what was lost, by condition and in pairs.

import { Random } from '../core/random.ts'
import { bootstrapMean, resampleClusters } from '../core/statistics/bootstrap.ts'
import { mean } from '../core/statistics/moments.ts'
import type { Item } from '../tasks/items.ts'
import { rightness } from '../tasks/score-items.ts'
import { conditionsOf, marginOf } from '../tasks/trials.ts'

export interface ScoredItems {
  readonly items: readonly Item[]
  /** log p(right) − log p(wrong) of each item, nats */
  readonly margins: ArrayLike<number>
}

export interface ComparisonRow {
  readonly task: string
  /** or `SP and PP`: pairs of items that differ in the subject alone, right or wrong together */
  readonly condition: string
  readonly n: number
  /** fraction right */
  readonly before: number
  readonly after: number
  /** before minus after: positive is worse; 95 %, subjects and verbs resampled, null where there is one of each */
  readonly drop: number
  readonly low: number | null
  readonly high: number | null
}

/** @throws Error where the two are about different items */
export function compare(before: ScoredItems, after: ScoredItems, resamples = 1000): ComparisonRow[] {
  const { items } = before
  if (items !== after.items) throw new Error('compare: both must be scores of the same list of items')
  return conditionsOf(items).map(({ task, condition, trials }) => {
    const first = trials.map(([index]) => items[index].fields)
    const lemmas = resampleClusters(
      [first.map(({ subjectLemma }) => subjectLemma), first.map(({ verbLemma }) => verbLemma)],
      resamples,
      new Random(1).fork(`${task} ${condition}`),
    )
    const right = (scores: ScoredItems) => trials.map((trial) => rightness(marginOf(trial, scores.margins)))
    const [intact, changed] = [right(before), right(after)]
    const drops = intact.map((value, index) => value - changed[index])
    const n = trials.length
    const interval = bootstrapMean(drops, lemmas)
    return { task, condition, n, before: mean(intact), after: mean(changed), drop: mean(drops), ...interval }
  })
}
