// What gradients are traced through: the documents of a test text, copies, or the longest words of a language.

import { drawPlaces } from '../../analysis/gradients/places.ts'
import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import { isCopied } from '../../data/copy/corpus.ts'
import type { Dataset, TrainedLanguage } from '../../data/dataset.ts'
import { wordOf } from '../../data/language/language.ts'
import { encode, endId } from '../../data/vocabulary.ts'
import type { Place } from '../../recording/states-after.ts'

/** Words of a language: the longest of training. */
const WORDS = 20

/** Each with its end tokens. @throws UserError where no text is held out */
export function sequencesOf({ test, vocabulary, language }: Dataset): Int32Array[] {
  if (language !== null) {
    const lengths = Array.from({ length: Math.min(WORDS, language.longest) }, (_, index) => language.longest - index)
    return lengths.map((n) => Int32Array.of(...encode(vocabulary, wordOf(language, n)), endId(vocabulary)))
  }
  if (test.documentStarts.length === 0) {
    throw new UserError('Gradients are traced through text that training did not see, and none is held out. Write test: 0.2.')
  }
  return Array.from(test.documentStarts, (start, index) => test.tokens.subarray(start, test.documentStarts[index + 1]))
}

export interface Sampled {
  readonly sequences: readonly Int32Array[]
  readonly places: readonly Place[]
}

/**
 * Tokens whose loss, or whose past, is looked at: those that can be known where only some can, in copies and languages.
 * @param before tokens that have to stand before each of them
 * @throws UserError where none has so many
 */
export function samplePlaces(dataset: Dataset, count: number, before: number): Sampled {
  const sequences = sequencesOf(dataset)
  const random = new Random('places')
  return { sequences, places: drawPlaces(sequences, { count, before, among: knowable(dataset), random }) }
}

function knowable({ copy, language }: Dataset): ((tokens: Int32Array, position: number) => boolean) | undefined {
  if (copy !== null) return (_, position) => isCopied(copy, position)
  return language === null ? undefined : (tokens, position) => isDetermined(language, tokens, position)
}

/** From the second letter of the second block on: the first one could as well have been one more of the first block. */
function isDetermined({ letters }: TrainedLanguage, tokens: Int32Array, position: number): boolean {
  return position > (tokens.length - 1) / letters.length
}
