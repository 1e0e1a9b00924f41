// What reads the words of a language: an engine with a model, and edits that hold at every step of every word. The
// letters have the ids of the language's own vocabulary, by their blocks; 0 is the end, which is also read first.

import { UserError } from '../../core/errors.ts'
import { logSumExp } from '../../core/math.ts'
import type { CountingLanguage } from '../../data/language/language.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Edit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'

export interface WordReader {
  readonly engine: Engine
  readonly model: Pick<Model, 'config' | 'weights'>
  readonly language: CountingLanguage
  /** such as `round`: without rows, steps and readers */
  readonly edits: readonly Edit[]
}

/** The id of the end. */
export const END = 0

/** @throws UserError where the model knows another number of letters */
export function wordReader(
  engine: Engine,
  model: WordReader['model'],
  language: CountingLanguage,
  edits: readonly Edit[] = [],
): WordReader {
  const needed = language.letters.length + 1
  if (model.config.vocabulary !== needed) {
    throw new UserError(
      `The model knows ${model.config.vocabulary} symbols; ${language.name} has ${needed}, its end included. ` +
        'Take a model that was trained on this language.',
    )
  }
  if (edits.some(({ rows, steps, readers }) => rows || steps || readers)) {
    throw new Error('edits of counting words hold for every word, at every step and for all readers')
  }
  return { engine, model, language, edits }
}

/** The id of a block's letter. */
export function letterId(block: number): number {
  return block + 1
}

/** log p of a token from the logits at some position of many; −∞ where they overflowed, so that it is above nothing. */
export function logProbabilityAt(logits: Float32Array, position: number, vocabulary: number, token: number): number {
  const own = logits.subarray(position * vocabulary, (position + 1) * vocabulary)
  return orNever(own[token] - logSumExp(own))
}

/** −∞ for what is no number. */
export function orNever(logProbability: number): number {
  return Number.isNaN(logProbability) ? -Infinity : logProbability
}
