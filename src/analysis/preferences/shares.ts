// Shares of items that are right, beside models that only count.

import type { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { connectedClusters } from '../../core/statistics/components.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { CountModel } from '../../model/ngram.ts'
import { choicesOf, distanceOf, type CrossedPair } from '../../tasks/preferences/crossed-pairs.ts'
import type { VerbObject } from '../../tasks/preferences/verb-objects.ts'
import { rightness } from '../../tasks/score-items.ts'
import { ngramMargins } from '../agreement-baselines.ts'
import { clustersOf, shareInterval } from '../lemma-clusters.ts'
import type { PreferenceRow, PreferenceTask } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

export interface Scoring {
  readonly subject: AnalysedModel
  readonly unigram: CountModel
  readonly ngram: CountModel
  readonly resamples: number
  readonly random: Random
}

/** A trial: an object, or a pair of crossed items whose margins are averaged. */
interface Trial {
  readonly group: string
  /** of each way of clustering */
  readonly clusters: readonly string[]
  /** nats */
  readonly margin: number
  readonly unigram: number
  readonly ngram: number
  /** positive where training has the right noun more often with this verb; null where that is not asked */
  readonly counted: number | null
}

/** All pairs; then near and far ones, which a 5-gram model can and cannot see. */
export function crossedRows(
  pairs: readonly CrossedPair[],
  margins: ArrayLike<number>,
  scoring: Scoring,
): PreferenceRow[] {
  const { subject: { model: { vocabulary } } } = scoring
  const choices = pairs.flatMap(choicesOf)
  const [unigram, ngram] = [scoring.unigram, scoring.ngram].map((counts) => ngramMargins(choices, vocabulary, counts))
  const both = (own: ArrayLike<number>, pair: number) => (own[2 * pair] + own[2 * pair + 1]) / 2
  const clusters = connectedClusters(pairs.map(({ sides }) => sides.map(({ word, continuation }) => `${word} ${continuation}`)))
  const trials = pairs.map((pair, index): Trial => ({
    group: APART[Number(distanceOf(pair) > SEEN_BY_NGRAM)],
    clusters: [clusters[index]],
    margin: both(margins, index),
    unigram: both(unigram, index),
    ngram: both(ngram, index),
    counted: null,
  }))
  return [rowOf('crossed', 'all', trials, scoring), ...rowsBy('crossed', trials, scoring, APART)]
}

/** Words between two of which a 5-gram model still sees both. */
const SEEN_BY_NGRAM = 3
const APART = [`up to ${SEEN_BY_NGRAM} words between`, `${SEEN_BY_NGRAM + 1} or more words between`]

/** All objects; by distance; and those whose verb had them in training, or not. */
export function objectRows(
  objects: readonly VerbObject[],
  margins: ArrayLike<number>,
  scoring: Scoring,
): PreferenceRow[] {
  const { subject: { model: { vocabulary } } } = scoring
  const [unigram, ngram] = [scoring.unigram, scoring.ngram].map((counts) => ngramMargins(objects, vocabulary, counts))
  const trials = objects.map(({ verb, right, distance, seenRight, seenWrong }, index): Trial => ({
    group: DISTANCES[Math.min(distance, DISTANCES.length - 1)],
    clusters: [verb, right],
    margin: margins[index],
    unigram: unigram[index],
    ngram: ngram[index],
    counted: seenRight - seenWrong,
  }))
  const seen = trials.map((trial, index) => ({ ...trial, group: SEEN[Number(objects[index].seenRight === 0)] }))
  return [
    rowOf('objects', 'all', trials, scoring),
    ...rowsBy('objects', trials, scoring, DISTANCES),
    ...rowsBy('objects', seen, scoring, SEEN),
  ]
}

const DISTANCES = ['no word between', '1 word between', '2 words between', '3 or more words between']
const SEEN = ['seen with the verb in training', 'never seen with the verb']

/** A row for each group that has trials, in the order of `groups`. */
function rowsBy(
  task: PreferenceTask,
  trials: readonly Trial[],
  scoring: Scoring,
  groups: readonly string[],
): PreferenceRow[] {
  const own = groupBy(trials, ({ group }) => group)
  return groups.filter((group) => own.has(group)).map((group) => rowOf(task, group, own.get(group)!, scoring))
}

function rowOf(
  task: PreferenceTask,
  group: string,
  trials: readonly Trial[],
  { subject, resamples, random }: Scoring,
): PreferenceRow {
  const clusters = clustersOf(trials[0].clusters.map((_, way) => trials.map((trial) => trial.clusters[way])))
  const drawn = resampleClusters(clusters.clusterings, resamples, random.fork(`${task} ${group}`))
  const right = trials.map(({ margin }) => rightness(margin))
  const margins = trials.map(({ margin }) => margin)
  const margin = bootstrapMean(margins, drawn)
  const share = (of: (trial: Trial) => number) => mean(trials.map((trial) => rightness(of(trial))))
  return {
    model: subject.name,
    seed: subject.seed,
    task,
    group,
    n: trials.length,
    clusters: clusters.counts.reduce((sum, count) => sum + count, 0),
    right: mean(right),
    ...shareInterval(right, clusters, drawn),
    margin: mean(margins),
    marginLow: margin.low,
    marginHigh: margin.high,
    unigram: share((trial) => trial.unigram),
    ngram: share((trial) => trial.ngram),
    counted: task === 'crossed' ? null : share((trial) => trial.counted!),
  }
}
