// Margins of minimal pairs in nats, of a recurrent model and of one that counts: positive where the right one is preferred.

import { UserError } from '../../core/errors.ts'
import { encode, endId, type Vocabulary } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import type { CountModel } from '../../model/ngram.ts'
import { score } from '../../recording/score.ts'
import type { Choice } from '../items.ts'
import { scoreItems, type ScoreOptions } from '../score-items.ts'
import type { Scoring } from './known.ts'
import type { MinimalPair } from './pair.ts'

/** @throws UserError where a word that decides is outside the vocabulary */
export async function pairMargins(
  engine: Engine,
  model: Model,
  pairs: readonly MinimalPair[],
  scoring: Scoring,
  options: ScoreOptions = {},
): Promise<Float64Array> {
  if (scoring === 'word') return Float64Array.from(await scoreItems(engine, model, pairs.map(choiceOf), options))
  const { initial, edits, signal } = options
  if (initial === 'zeros') refuseFirst(pairs)
  const sequences = pairs.flatMap((pair) => sentencesOf(pair, model.vocabulary).map((tokens) => ({ tokens })))
  const surprisals = await score(model, sequences, { engine, state: initial, edits, signal })
  const probabilities = surprisals.map((values) => -values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : value), 0))
  return Float64Array.from(pairs, (_, index) => probabilities[2 * index] - probabilities[2 * index + 1])
}

/** The same of a model that counts. */
export function countedMargins(counts: CountModel, vocabulary: Vocabulary, pairs: readonly MinimalPair[], scoring: Scoring): Float64Array {
  return Float64Array.from(pairs, (pair) => {
    const [right, wrong] = sentencesOf(pair, vocabulary).map((tokens) => {
      const scores = counts.score(tokens)
      return scoring === 'word' ? scores[pair.target!] : scores.reduce((sum, value) => sum + value, 0)
    })
    return right - wrong
  })
}

/** The pair as the choice of one word. */
export function choiceOf({ right, wrong, target }: MinimalPair): Choice {
  if (target === null) throw new Error('no single word decides this pair')
  return { prefix: right.slice(0, target), right: right[target], wrong: wrong[target] }
}

/** From the initial state nothing predicts a first word: it cannot be what the sentences differ in. */
function refuseFirst(pairs: readonly MinimalPair[]): void {
  const pair = pairs.find(({ right, wrong }) => right[0] !== wrong[0])
  if (!pair) return
  throw new UserError(
    `The sentences of the pair ${pair.id} begin differently (${pair.right[0]}, ${pair.wrong[0]}), and after zeros nothing predicts a first word. ` +
      'Compare them after an end of sentence.',
  )
}

/** Right and wrong as token ids, each with its end. */
function sentencesOf({ right, wrong }: MinimalPair, vocabulary: Vocabulary): Int32Array[] {
  return [right, wrong].map((words) => Int32Array.of(...encode(vocabulary, words), endId(vocabulary)))
}
