// How often the model prefers the right form, by task and condition, beside four baselines that need no model of the
// sentence. Items share lemmas: intervals resample subjects and verbs (two-way clusters).

import { Random } from '../core/random.ts'
import { groupBy } from '../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../core/statistics/bootstrap.ts'
import { mean } from '../core/statistics/moments.ts'
import { wilson } from '../core/statistics/proportions.ts'
import type { Engine } from '../engine/engine.ts'
import type { CountModel } from '../model/ngram.ts'
import type { Item } from '../tasks/items.ts'
import { rightness, scoreItems, type ScoreOptions } from '../tasks/score-items.ts'
import { scoreBaselines } from './agreement-baselines.ts'
import type { AgreementRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AgreementOptions extends ScoreOptions {
  /** trained on the training part */
  readonly unigram: CountModel
  /** trained on the training part */
  readonly ngram: CountModel
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
}

/** One row a task and condition, in the order of the items. Both halves of the lexicon count: nothing is chosen. */
export async function agreement(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AgreementOptions,
): Promise<AgreementRow[]> {
  const { resamples = 1000, randomSeed = 1 } = options
  const margins = await scoreItems(engine, subject.model, items, options)
  const baselines = scoreBaselines(items, subject.model.vocabulary, options)
  const indices = items.map((_, index) => index)
  const groups = groupBy(indices, (index) => `${items[index].task} ${items[index].condition}`)
  return [...groups.values()].map((group) => {
    const { task, condition } = items[group[0]]
    const subjects = group.map((index) => items[index].fields.subjectLemma)
    const verbs = group.map((index) => items[index].fields.verbLemma)
    const random = new Random(randomSeed).fork(`${task} ${condition}`)
    const lemmas = resampleClusters([subjects, verbs], resamples, random)
    const own = group.map((index) => margins[index])
    const right = own.map(rightness)
    const accuracy = mean(right)
    // where nothing varies the bootstrap says nothing: as many trials as there are lemmas of the rarer kind
    const trials = Math.min(new Set(subjects).size, new Set(verbs).size)
    const interval = accuracy === 0 || accuracy === 1 ? wilson(accuracy * trials, trials) : bootstrapMean(right, lemmas)
    const margin = bootstrapMean(own, lemmas)
    const share = (scores: Float64Array) => mean(group.map((index) => scores[index]))
    return {
      model: subject.name,
      seed: subject.seed,
      task,
      condition,
      n: group.length,
      lemmas: new Set(subjects).size + new Set(verbs).size,
      accuracy,
      low: interval.low,
      high: interval.high,
      margin: mean(own),
      marginLow: margin.low,
      marginHigh: margin.high,
      majority: share(baselines.majority),
      unigram: share(baselines.unigram),
      lastNoun: share(baselines.lastNoun),
      ngram: share(baselines.ngram),
    }
  })
}
