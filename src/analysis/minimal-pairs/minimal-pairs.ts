// Which of two sentences a model prefers, pair by pair; by condition, beside models that count, and beside the scores that
// a file brings along.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import type { CountModel } from '../../model/ngram.ts'
import type { Scoring } from '../../tasks/minimal-pairs/known.ts'
import type { MinimalPair } from '../../tasks/minimal-pairs/pair.ts'
import { countedMargins, pairMargins } from '../../tasks/minimal-pairs/score.ts'
import { rightness, type ScoreOptions } from '../../tasks/score-items.ts'
import { clustersOf, shareInterval } from '../lemma-clusters.ts'
import type { PairRow, PairShareRow, PublishedRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

export interface MinimalPairsOptions extends Pick<ScoreOptions, 'initial' | 'signal'> {
  readonly scoring: Scoring
  /** columns that group the pairs: `condition`, or one of the file's own */
  readonly by: readonly string[]
  /** trained on the text of the experiment */
  readonly unigram: CountModel
  readonly ngram: CountModel
  /** 1000 by default */
  readonly resamples?: number
}

/** Weights that the resamples of one group take: 320 MB. Of a group of more than 40,000 pairs fewer resamples are drawn. */
const MOST_WEIGHTS = 40_000_000
const FEWEST_RESAMPLES = 100

export interface ScoredPairs {
  readonly rows: readonly PairShareRow[]
  readonly pairs: readonly PairRow[]
}

/** @param task name of the file that the pairs are from */
export async function minimalPairs(
  engine: Engine,
  subject: AnalysedModel,
  task: string,
  pairs: readonly MinimalPair[],
  { scoring, by, unigram, ngram, resamples = 1000, ...options }: MinimalPairsOptions,
): Promise<ScoredPairs> {
  const { name: model, seed, model: { vocabulary } } = subject
  const margins = await pairMargins(engine, subject.model, pairs, scoring, options)
  const [unigramMargins, ngramMargins] = [unigram, ngram].map((counts) => countedMargins(counts, vocabulary, pairs, scoring))
  const random = new Random(`${task} ${scoring}`)
  const rows = groupsOf(pairs, by).map(({ by: column, group, indices }): PairShareRow => {
    const of = (values: ArrayLike<number>) => indices.map((index) => values[index])
    const clusters = clustersOf([indices.map((index) => pairs[index].cluster)])
    const count = Math.max(FEWEST_RESAMPLES, Math.min(resamples, Math.floor(MOST_WEIGHTS / indices.length)))
    const drawn = resampleClusters(clusters.clusterings, count, random.fork(`${column} ${group}`))
    const [right, byUnigram, byNgram] = [margins, unigramMargins, ngramMargins].map((values) => of(values).map(rightness))
    const margin = bootstrapMean(of(margins), drawn)
    const counted = mean(byNgram) >= mean(byUnigram) ? byNgram : byUnigram
    const beyond = right.map((own, index) => own - counted[index])
    const gain = bootstrapMean(beyond, drawn)
    return {
      model, seed, task, scoring, by: column, group,
      n: indices.length,
      clusters: clusters.counts[0],
      right: mean(right),
      ...shareInterval(right, clusters, drawn),
      margin: mean(of(margins)),
      marginLow: margin.low,
      marginHigh: margin.high,
      unigram: mean(byUnigram),
      ngram: mean(byNgram),
      gain: mean(beyond),
      gainLow: gain.low,
      gainHigh: gain.high,
    }
  })
  return {
    rows,
    pairs: pairs.map((pair, index): PairRow => ({
      model, seed, task, id: pair.id, condition: pair.condition, scoring,
      ...shown(pair, scoring),
      margin: margins[index],
      ngramMargin: ngramMargins[index],
    })),
  }
}

/** What the file itself says of other models, group by group. */
export function publishedShares(task: string, pairs: readonly MinimalPair[], by: readonly string[]): PublishedRow[] {
  const sources = [...new Set(pairs.flatMap(({ published }) => Object.keys(published)))]
  return groupsOf(pairs, by).flatMap(({ by: column, group, indices }) => sources.flatMap((source) => {
    const scores = indices.flatMap((index) => pairs[index].published[source] ?? [])
    return scores.length === 0 ? [] : [{ task, by: column, group, source, n: scores.length, right: mean(scores) }]
  }))
}

interface Group {
  readonly by: string
  readonly group: string
  readonly indices: readonly number[]
}

/** All pairs, then those of each value of each column, in the order of the file. */
function groupsOf(pairs: readonly MinimalPair[], by: readonly string[]): Group[] {
  const every = [...pairs.keys()]
  const groups = by.flatMap((column) => {
    const valueOf = (index: number) => (column === 'condition' ? pairs[index].condition : pairs[index].columns[column] ?? '')
    const own = [...groupBy(every, valueOf)].map(([group, indices]): Group => ({ by: column, group, indices }))
    return own.length > 1 ? own : []
  })
  return [{ by: 'all', group: 'all', indices: every }, ...groups]
}

function shown({ right, wrong, target }: MinimalPair, scoring: Scoring): Pick<PairRow, 'sentence' | 'right' | 'wrong'> {
  if (scoring === 'sentence' || target === null) return { sentence: '', right: right.join(' '), wrong: wrong.join(' ') }
  return { sentence: right.slice(0, target).join(' '), right: right[target], wrong: wrong[target] }
}
