// How far one network counts: its horizon, which is the outcome fixed in advance, beside what cannot count, and how
// sure it is of every word, from which the rules of acceptance.ts follow.

import { UserError } from '../../core/errors.ts'
import type { Dataset, TrainedLanguage } from '../../data/dataset.ts'
import { bestLoss } from '../../data/language/lengths.ts'
import { endId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { startingWeights } from '../../model/initialization.ts'
import type { CountModel } from '../../model/ngram.ts'
import { countParameters } from '../../model/weights.ts'
import { horizonIn, horizonOf, ngramHorizon } from '../../tasks/counting/horizon.ts'
import { scoreWords, type WordScores } from '../../tasks/counting/score-words.ts'
import { lossOfSentences } from '../../training/drawn-sentences.ts'
import type { HorizonRow } from '../results.ts'
import { countingSubject, type CountingModel } from './subject.ts'

export interface OutcomeOptions {
  /** the largest n that is tested: beyond the training range */
  readonly longest: number
  /** d of the words whose last block is d letters too long; ±1, ±2, ±3 and ±5 by default */
  readonly offsets?: readonly number[]
  /** the 5-gram model of the words of the training range */
  readonly ngram: CountModel
  readonly signal?: AbortSignal
}

export const OFFSETS = [-5, -3, -2, -1, 1, 2, 3, 5]

export interface Outcome {
  readonly row: HorizonRow
  /** of all words; null for weights set by hand, which know nothing of how lengths are distributed */
  readonly scores: WordScores | null
}

/** @throws UserError where the data are no language, or nothing beyond the training range would be tested */
export async function outcomeOf(
  engine: Engine,
  subject: CountingModel,
  dataset: Dataset,
  options: OutcomeOptions,
): Promise<Outcome> {
  const { longest, offsets = OFFSETS, ngram, signal } = options
  const language = testedLanguage(dataset, longest)
  const { model: { config, weights }, seed, trained } = subject
  const scores = trained ? await scoreWords(engine, { config, weights }, language, { longest, offsets, signal }) : null
  const horizon = scores
    ? horizonIn(scores.determined)
    : await horizonOf(engine, { config, weights }, language, { longest, signal })
  const untrained = { config, weights: startingWeights(config, seed) }
  const row = {
    ...countingSubject(subject, language),
    parameters: countParameters(config),
    units: config.units,
    trained,
    converged: horizon >= language.longest,
    horizon,
    tested: longest,
    ngramHorizon: ngramHorizon(ngram, language, longest),
    untrainedHorizon: await horizonOf(engine, untrained, language, { longest, signal }),
    validationLoss: lossOfWord(engine, subject, dataset),
    bestLoss: bestLoss(dataset.draws!),
  }
  return { row, scores }
}

/** The language whose words are tested. @throws UserError as `outcomeOf` */
export function testedLanguage({ name, language }: Dataset, longest: number): TrainedLanguage {
  if (language === null) {
    throw new UserError(`${name}: these are no words of a language that counts. Write data: { language: a^n b^n }.`)
  }
  if (longest > language.longest) return language
  throw new UserError(
    `Words of ${language.name} up to n = ${longest} are all of the training range, which ends at ` +
      `${language.longest}. Choose a larger "longest".`,
  )
}

/** Mean over the words as they are drawn, nats. */
function lossOfWord(engine: Engine, { model }: CountingModel, { validation, draws, vocabulary }: Dataset): number {
  const { loss, sentences } = lossOfSentences(engine, model, {
    validation: { tokens: validation.tokens, starts: validation.sentenceStarts, context: endId(vocabulary) },
    probabilities: draws,
  })
  return loss / sentences
}
