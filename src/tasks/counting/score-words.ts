// How sure a model is of the words xⁿyⁿ… up to a length, and of words whose last block is too short or too long. Each is
// judged by its least probable symbol, as in the rule of Weiss, Goldberg & Yahav (2018).

import { exp } from '../../core/math.ts'
import { requireMemory } from '../../core/memory.ts'
import type { CountingLanguage } from '../../data/language/language.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Edit } from '../../model/edits.ts'
import { readFirstBlocks } from './first-blocks.ts'
import { readLaterBlocks } from './later-blocks.ts'
import { wordReader, type WordReader } from './reader.ts'

/** Probabilities by word: that of n stands at index n − 1. Where a number of the model overflowed, 0. */
export interface WordScores {
  /** the largest n */
  readonly longest: number
  /** of the least probable symbol that the language determines: from the second block's second letter to the end */
  readonly determined: Float32Array
  /** of the least probable symbol of all, the end included */
  readonly smallest: Float32Array
  /** the same of the word whose last block is d too long, by d; NaN where that block would have no letter */
  readonly offBy: ReadonlyMap<number, Float32Array>
}

export interface ScoreWordsOptions {
  readonly longest: number
  /** by how much the last block is too long, negative for too short; none by default */
  readonly offsets?: readonly number[]
  /** such as `round`: they hold at every step, and name no rows, steps or readers */
  readonly edits?: readonly Edit[]
  readonly signal?: AbortSignal
}

/**
 * Time grows with the square of `longest`, memory with `longest`.
 * @throws UserError where the model knows other letters, or the probabilities take more memory than there is
 */
export async function scoreWords(
  engine: Engine,
  model: WordReader['model'],
  language: CountingLanguage,
  options: ScoreWordsOptions,
): Promise<WordScores> {
  const { longest, offsets = [], edits, signal } = options
  const reader = wordReader(engine, model, language, edits)
  requireMemory({
    bytes: Float32Array.BYTES_PER_ELEMENT * (2 + offsets.length) * longest,
    what: `The probabilities of words up to n = ${longest} take`,
    advice: 'Choose a smaller "longest".',
  })
  const determined = new Float32Array(longest)
  const smallest = new Float32Array(longest)
  const offBy = new Map(offsets.map((offset) => [offset, new Float32Array(longest)]))
  for await (const first of readFirstBlocks(reader, { longest, signal })) {
    const later = readLaterBlocks(reader, first, [0, ...offsets])
    const fill = (scores: Float32Array, logarithms: (row: number) => number) => {
      for (let row = 0; row < first.count; row++) scores[first.from - 1 + row] = exp(logarithms(row))
    }
    const ofWord = (offset: number) => (row: number) =>
      Math.min(first.letters[row], first.turn[row], later.get(offset)![row])
    fill(determined, (row) => later.get(0)![row])
    fill(smallest, ofWord(0))
    for (const [offset, scores] of offBy) fill(scores, ofWord(offset))
  }
  return { longest, determined, smallest, offBy }
}
