// Which tokens a model knows. Plain data: a token's id is its index. First the end of a sentence, then the placeholders of
// rare words, then words by falling frequency in the training part (ties in code unit order).

import type { Corpus, Document } from './corpus.ts'
import { placeholderOf, PLACEHOLDERS } from './parts-of-speech.ts'

export interface Vocabulary {
  readonly kind: 'words' | 'characters'
  /** a token's id is its index */
  readonly tokens: readonly string[]
  /** what stands for a token outside: one `<unk>`, or its part of speech as in Linzen et al. 2016 */
  readonly rare: 'unknown' | 'part-of-speech'
  /** tokens are looked up in lower case */
  readonly lowercase: boolean
  /** the token after every sentence, which is also the context before a first one: `<eos>`, or a line end */
  readonly end: string
}

export interface VocabularyOptions {
  /** how many of the most frequent tokens are known, placeholders not counted */
  readonly size: number | 'all'
  readonly rare: Vocabulary['rare']
  readonly lowercase: boolean
}

/** The usual end of a sentence. */
export const END_OF_SENTENCE = '<eos>'
/** A token outside the vocabulary that has no placeholder of its own. */
export const UNKNOWN = '<unk>'

/** @param documents the training part */
export function buildVocabulary(
  documents: readonly Document[],
  corpus: Pick<Corpus, 'unit' | 'end'>,
  options: VocabularyOptions,
): Vocabulary {
  throw new Error('not written yet')
}

/** The id of a token, or undefined where it is outside the vocabulary: is this word known? */
export function tokenId(vocabulary: Vocabulary, token: string): number | undefined {
  throw new Error('not written yet')
}

/** The id of the token that ends a sentence and is the context before a first one. */
export function endId(vocabulary: Vocabulary): number {
  throw new Error('not written yet')
}

/** Ids of tokens; one that is outside becomes a placeholder (by its tag, where it has one). No end of sentence is added. */
export function encode(vocabulary: Vocabulary, tokens: readonly string[], tags?: readonly string[]): Int32Array {
  throw new Error('not written yet')
}

/** Tokens of ids, placeholders as they are. @throws RangeError for an id outside */
export function decode(vocabulary: Vocabulary, ids: ArrayLike<number>): string[] {
  throw new Error('not written yet')
}
