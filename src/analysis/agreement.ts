// How often the model prefers the right form, by task and condition, by attractors and by distance, beside four
// baselines that need no model of the sentence. Items share lemmas, and so intervals resample lemmas.

import { Random } from '../core/random.ts'
import { groupBy } from '../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../core/statistics/bootstrap.ts'
import { mean } from '../core/statistics/moments.ts'
import type { Engine } from '../engine/engine.ts'
import type { CountModel } from '../model/ngram.ts'
import type { Item } from '../tasks/items.ts'
import { rightness, scoreItems, type ScoreOptions } from '../tasks/score-items.ts'
import { ngramMargins, scoreBaselines, type BaselineScores } from './agreement-baselines.ts'
import { GROUPS, groupOf, type Grouping } from './agreement-groups.ts'
import { pairRows } from './agreement-pairs.ts'
import { distanceTrends } from './agreement-trend.ts'
import { lemmaClusters, shareInterval } from './lemma-clusters.ts'
import type { AgreementExample, AgreementGroupRow, AgreementResult, AgreementRow, AgreementShare } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AgreementOptions extends ScoreOptions {
  /** trained on the training part */
  readonly unigram: CountModel
  /** trained on the training part */
  readonly ngram: CountModel
  /** further tables, besides that by condition; none by default */
  readonly by?: readonly Grouping[]
  /** examples of each task that no template made; 20 by default */
  readonly examples?: number
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap and of the examples; 1 by default */
  readonly randomSeed?: number
}

/** One row a task and condition, in the order of the items, and what else is asked of the same items. */
export interface Agreement extends Pick<AgreementResult, 'rows' | 'groups' | 'trends' | 'pairs' | 'examples'> {
  /** [items] */
  readonly margins: Float32Array
}

/** What is known of each item once it is scored. */
interface Scored {
  readonly subject: AnalysedModel
  readonly items: readonly Item[]
  readonly margins: Float32Array
  readonly baselines: BaselineScores
  readonly resamples: number
  readonly random: Random
}

/** Both halves of the lexicon count: nothing is chosen. */
export async function agreement(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AgreementOptions,
): Promise<Agreement> {
  const { by = [], examples = 20, resamples = 1000, randomSeed = 1 } = options
  const margins = await scoreItems(engine, subject.model, items, options)
  const baselines = scoreBaselines(items, subject.model.vocabulary, options)
  const scored: Scored = { subject, items, margins, baselines, resamples, random: new Random(randomSeed) }
  return {
    rows: conditionRows(scored),
    groups: by.flatMap((grouping) => groupRows(scored, grouping)),
    trends: by.includes('distance') ? distanceTrends({ ...scored, right: Float64Array.from(margins, rightness) }) : [],
    pairs: pairRows({ ...scored, ngramMargins: ngramMargins(items, subject.model.vocabulary, options.ngram) }),
    examples: drawExamples(scored, examples),
    margins,
  }
}

function conditionRows(scored: Scored): AgreementRow[] {
  const { items } = scored
  const groups = groupBy(items.map((_, index) => index), (index) => `${items[index].task} ${items[index].condition}`)
  return [...groups].map(([name, members]) => (
    { ...shareOf(scored, members, name), condition: items[members[0]].condition }
  ))
}

/** Rows of the tasks that have more than one group. */
function groupRows(scored: Scored, by: Grouping): AgreementGroupRow[] {
  const { items } = scored
  const tasks = groupBy(items.map((_, index) => index), (index) => items[index].task)
  return [...tasks].flatMap(([task, ofTask]) => {
    const groups = groupBy(ofTask, (index) => groupOf(items[index], by) ?? '')
    groups.delete('')
    const named = by === 'construction' ? [...groups.keys()] : GROUPS[by].filter((group) => groups.has(group))
    if (named.length < 2) return []
    return named.map((group) => ({ ...shareOf(scored, groups.get(group)!, `${task} ${by} ${group}`), by, group }))
  })
}

/** @param members indices of items of one task @param name of the stream of random numbers */
function shareOf(scored: Scored, members: readonly number[], name: string): AgreementShare {
  const { subject, items, margins, baselines, resamples, random } = scored
  const clusters = lemmaClusters(members.map((index) => items[index]))
  const lemmas = resampleClusters(clusters.clusterings, resamples, random.fork(name))
  const own = members.map((index) => margins[index])
  const right = own.map(rightness)
  const margin = bootstrapMean(own, lemmas)
  const share = (scores: Float64Array) => mean(members.map((index) => scores[index]))
  return {
    model: subject.name,
    seed: subject.seed,
    task: items[members[0]].task,
    n: members.length,
    lemmas: clusters.counts.reduce((sum, count) => sum + count, 0),
    accuracy: mean(right),
    ...shareInterval(right, clusters, lemmas),
    margin: mean(own),
    marginLow: margin.low,
    marginHigh: margin.high,
    majority: share(baselines.majority),
    unigram: share(baselines.unigram),
    lastNoun: share(baselines.lastNoun),
    ngram: share(baselines.ngram),
  }
}

/** The same items for every model: the draw depends on the items alone. */
function drawExamples({ subject, items, margins, random }: Scored, count: number): AgreementExample[] {
  const found = items.map((_, index) => index).filter((index) => items[index].fields.slots === null)
  const tasks = groupBy(found, (index) => items[index].task)
  return [...tasks].flatMap(([task, ofTask]) =>
    random.fork(`examples of ${task}`).sample(ofTask, count).map((index) => {
      const { prefix, right, wrong, fields: { subjectPosition, attractors, distance } } = items[index]
      return {
        model: subject.name,
        seed: subject.seed,
        task,
        sentence: prefix.join(' '),
        subject: prefix[subjectPosition],
        right,
        wrong,
        attractors,
        distance,
        margin: margins[index],
      }
    }),
  )
}
