// Held-out sentences as taggers are asked about them: beside each token its document, and what training says of its word.

import type { DatasetPart } from '../../data/dataset.ts'
import { taggedSentences, type TaggedText } from '../../data/tagging.ts'
import type { TokenGroup } from '../results.ts'
import type { MostFrequentTag } from './most-frequent-tag.ts'

export interface TaggingText extends TaggedText {
  readonly words: readonly string[]
  /** number of each token's document */
  readonly documents: Int32Array
  readonly documentCount: number
  /** whether training had the word of each token with several tags, with one, or not at all */
  readonly kinds: readonly Exclude<TokenGroup, 'all'>[]
  /** 1 where the baseline says the right tag */
  readonly baseline: Uint8Array
}

/** @param tags those of training, by number */
export function taggingText(part: DatasetPart, tags: readonly string[], counted: MostFrequentTag): TaggingText {
  const text = taggedSentences(part, tags)
  const words = part.documents.flatMap(({ sentences }) => sentences.flatMap(({ tokens }) => tokens))
  const documents = new Int32Array(words.length)
  let at = 0
  part.documents.forEach(({ sentences }, number) => {
    for (const { tokens } of sentences) documents.fill(number, at, (at += tokens.length))
  })
  return {
    ...text,
    words,
    documents,
    documentCount: part.documents.length,
    kinds: words.map((word) => counted.kindOf(word)),
    baseline: Uint8Array.from(words, (word, place) => (tags[text.tags[place]] === counted.tagOf(word) ? 1 : 0)),
  }
}
