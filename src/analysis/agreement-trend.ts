// What distance costs, from all items rather than from the nearest and the farthest: the slope of being right on the
// words between subject and verb, over items without attractors (Linzen et al. 2016 hold those fixed as well).

import type { Random } from '../core/random.ts'
import { groupBy } from '../core/rows.ts'
import { bootstrapSlope, resampleClusters } from '../core/statistics/bootstrap.ts'
import { slope } from '../core/statistics/moments.ts'
import type { Item } from '../tasks/items.ts'
import type { BaselineScores } from './agreement-baselines.ts'
import { lemmaClusters } from './lemma-clusters.ts'
import type { AgreementBaselines, AgreementTrendRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface TrendSample {
  readonly subject: AnalysedModel
  readonly items: readonly Item[]
  /** 1, 0 or ½ for each item */
  readonly right: ArrayLike<number>
  readonly baselines: BaselineScores
  readonly resamples: number
  readonly random: Random
}

/** A row for each task that no template made: a template's few lengths are those of its words. */
export function distanceTrends(sample: TrendSample): AgreementTrendRow[] {
  const { items } = sample
  const plain = items.flatMap(({ fields }, index) => (fields.slots === null && fields.attractors === 0 ? [index] : []))
  return [...groupBy(plain, (index) => items[index].task)].flatMap(([task, members]) => {
    const distances = new Set(members.map((index) => items[index].fields.distance))
    return distances.size < 2 ? [] : [trendOf(task, members, sample)]
  })
}

function trendOf(task: string, members: readonly number[], sample: TrendSample): AgreementTrendRow {
  const { subject, items, right, baselines, resamples, random } = sample
  const distance = members.map((index) => items[index].fields.distance)
  const clusters = lemmaClusters(members.map((index) => items[index]))
  const drawn = resampleClusters(clusters.clusterings, resamples, random.fork(`${task} trend`))
  const own = members.map((index) => right[index])
  const slopeOf = (name: keyof AgreementBaselines) => slope(distance, members.map((index) => baselines[name][index]))
  return {
    model: subject.name,
    seed: subject.seed,
    task,
    n: members.length,
    apart: distance.filter((words) => words > 0).length,
    lemmas: clusters.counts.reduce((sum, count) => sum + count, 0),
    slope: slope(distance, own),
    ...bootstrapSlope(distance, own, drawn),
    farthest: Math.max(...distance),
    majority: slopeOf('majority'),
    unigram: slopeOf('unigram'),
    lastNoun: slopeOf('lastNoun'),
    ngram: slopeOf('ngram'),
  }
}
