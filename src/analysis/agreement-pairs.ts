// Does the subject's number move the choice, whatever the verb prefers? The two items of a pair are right together where
// their margins sum to more than 0.

import type { Random } from '../core/random.ts'
import { resampleClusters } from '../core/statistics/bootstrap.ts'
import { mean } from '../core/statistics/moments.ts'
import type { Item } from '../tasks/items.ts'
import { rightness } from '../tasks/score-items.ts'
import { subjectPairs, type SubjectPairs } from '../tasks/trials.ts'
import { lemmaClusters, shareInterval } from './lemma-clusters.ts'
import type { AgreementPairRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface PairSample {
  readonly subject: AnalysedModel
  readonly items: readonly Item[]
  /** log p(right) − log p(wrong) of each item, nats */
  readonly margins: ArrayLike<number>
  /** the same of the n-gram model */
  readonly ngramMargins: ArrayLike<number>
  readonly resamples: number
  readonly random: Random
}

/** One row for each task and two conditions that differ in their first letter; items of no template have none. */
export function pairRows(sample: PairSample): AgreementPairRow[] {
  return subjectPairs(sample.items).map((group) => pairRow(group, sample))
}

function pairRow({ task, condition, pairs }: SubjectPairs, sample: PairSample): AgreementPairRow {
  const { subject, items, margins, ngramMargins, resamples, random } = sample
  const clusters = lemmaClusters(pairs.map(([singular]) => items[singular]))
  const together = (own: ArrayLike<number>) => pairs.map(([singular, plural]) => rightness(own[singular] + own[plural]))
  const right = together(margins)
  const drawn = resampleClusters(clusters.clusterings, resamples, random.fork(`${task} ${condition} pairs`))
  return {
    model: subject.name,
    seed: subject.seed,
    task,
    conditions: condition,
    n: pairs.length,
    lemmas: clusters.counts.reduce((sum, count) => sum + count, 0),
    together: mean(right),
    ...shareInterval(right, clusters, drawn),
    ngram: mean(together(ngramMargins)),
  }
}
