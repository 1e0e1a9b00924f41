// Does the subject's number move the choice, whatever the verb prefers? English base forms are mostly met as
// infinitives, so that many verbs have a form which a model prefers after any subject, and accuracy by condition mixes
// this preference with agreement. Two items of a template that differ in the subject's number alone share it: in the
// sum of their margins it cancels.

import type { Random } from '../core/random.ts'
import { groupBy } from '../core/rows.ts'
import { resampleClusters } from '../core/statistics/bootstrap.ts'
import { mean } from '../core/statistics/moments.ts'
import type { Item } from '../tasks/items.ts'
import { rightness } from '../tasks/score-items.ts'
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
  const { items } = sample
  const drawn = items.map((_, index) => index).filter((index) => items[index].fields.slots !== null)
  const pairs = [...groupBy(drawn, (index) => frameOf(items[index])).values()].filter((pair) => pair.length === 2)
  const groups = groupBy(pairs, ([one, other]) => `${items[one].task} ${conditionsOf(items[one], items[other])}`)
  return [...groups].map(([name, ofGroup]) => pairRow(name, ofGroup, sample))
}

function pairRow(name: string, pairs: readonly (readonly number[])[], sample: PairSample): AgreementPairRow {
  const { subject, items, margins, ngramMargins, resamples, random } = sample
  const clusters = lemmaClusters(pairs.map(([first]) => items[first]))
  const together = (own: ArrayLike<number>) => pairs.map(([first, second]) => rightness(own[first] + own[second]))
  const right = together(margins)
  const drawn = resampleClusters(clusters.clusterings, resamples, random.fork(`${name} pairs`))
  const [first, second] = pairs[0]
  return {
    model: subject.name,
    seed: subject.seed,
    task: items[first].task,
    conditions: conditionsOf(items[first], items[second]),
    n: pairs.length,
    lemmas: clusters.counts.reduce((sum, count) => sum + count, 0),
    together: mean(right),
    ...shareInterval(right, clusters, drawn),
    ngram: mean(together(ngramMargins)),
  }
}

/** What two items have in common that differ in the subject's number alone. */
function frameOf({ task, half, prefix, condition, fields }: Item): string {
  const words = prefix.map((word, place) => (place === fields.subjectPosition ? fields.subjectLemma : word))
  return [task, half, condition.slice(1), fields.verbLemma, ...words].join(' ')
}

/** `SP and PP` */
function conditionsOf(first: Item, second: Item): string {
  const singularFirst = first.fields.number === 'singular' ? [first, second] : [second, first]
  return singularFirst.map(({ condition }) => condition).join(' and ')
}
