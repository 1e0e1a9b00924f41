// The horizon of a model on a language: how far it counts without a mistake. A word is right where, from the moment
// that its n is known, every symbol and its end have a probability above one half.

import { exp } from '../../core/math.ts'
import type { CountingLanguage } from '../../data/language/language.ts'
import type { Engine } from '../../engine/engine.ts'
import type { CountModel } from '../../model/ngram.ts'
import { readFirstBlocks } from './first-blocks.ts'
import { readLaterBlocks } from './later-blocks.ts'
import { END, letterId, wordReader, type WordReader } from './reader.ts'
import type { ScoreWordsOptions } from './score-words.ts'

const RIGHT = 0.5

/** Words of the first stretch: many models fail soon. */
const FIRST = 64

/**
 * The largest n up to which every word is right; `longest` where none up to it is wrong. Reads little beyond the first
 * mistake.
 * @throws UserError where the model knows other letters
 */
export async function horizonOf(
  engine: Engine,
  model: WordReader['model'],
  language: CountingLanguage,
  { longest, edits, signal }: Omit<ScoreWordsOptions, 'offsets'>,
): Promise<number> {
  const reader = wordReader(engine, model, language, edits)
  for await (const first of readFirstBlocks(reader, { longest, first: FIRST, signal })) {
    const determined = Float32Array.from(readLaterBlocks(reader, first, [0]).get(0)!, exp)
    const right = horizonIn(determined)
    if (right < first.count) return first.from - 1 + right
  }
  return longest
}

/** The horizon from the probabilities of what is determined, of the words from n = 1 on. */
export function horizonIn(determined: Float32Array): number {
  const wrong = determined.findIndex((probability) => !(probability > RIGHT))
  return wrong === -1 ? determined.length : wrong
}

/** The horizon of a model that counts n-grams, by the same rule. */
export function ngramHorizon(model: CountModel, { letters }: CountingLanguage, longest: number): number {
  for (let n = 1; n <= longest; n++) {
    const word = Int32Array.from({ length: letters.length * n + 1 }, (_, at) => {
      return at === letters.length * n ? END : letterId(Math.floor(at / n))
    })
    const determined = model.score(word).subarray(n + 1)
    if (determined.some((logProbability) => !(exp(logProbability) > RIGHT))) return n - 1
  }
  return longest
}
