// What a tagger learns from a corpus with tags: which tags there are, and for each sentence its tokens and their tags.
// The end of a sentence has no tag, and a tagger does not read it.

import { UserError } from '../core/errors.ts'
import type { Document } from './corpus.ts'
import type { Dataset, DatasetPart } from './dataset.ts'

/** Sentences, one after another: tokens, their tags, and where each begins. */
export interface TaggedText {
  readonly tokens: Int32Array
  readonly tags: Int32Array
  readonly starts: Int32Array
}

/**
 * The tags of the training part, the most frequent first, equally frequent ones by name.
 * @throws UserError where the corpus has none, or where rare words are read as their own tag
 */
export function tagsOf({ name, training, vocabulary }: Pick<Dataset, 'name' | 'training' | 'vocabulary'>): string[] {
  const counts = new Map<string, number>()
  for (const tag of everyTag(training.documents)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  if (counts.size === 0) {
    throw new UserError(`${name} has no tags, such as parts of speech. Words of Brown have some, { corpus: brown }, and grammars.`)
  }
  refuseGivenAway(vocabulary)
  return [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([tag]) => tag)
}

/** @throws UserError where a model reads the tag that it is to tell */
export function refuseGivenAway({ rare }: Pick<Dataset['vocabulary'], 'rare'>): void {
  if (rare !== 'part-of-speech') return
  throw new UserError('Rare words would be read as the part of speech that is asked for. Write "rare: unknown" in data.')
}

/**
 * The sentences of a part as a tagger reads them, and where they begin.
 * @param tags those that the tagger knows; another one is −1
 */
export function taggedSentences({ documents, tokens, sentenceStarts }: DatasetPart, tags: readonly string[]): TaggedText {
  const ids = new Map(tags.map((tag, id) => [tag, id]))
  const said = Int32Array.from(everyTag(documents), (tag) => ids.get(tag) ?? -1)
  const read = new Int32Array(said.length)
  const starts = new Int32Array(sentenceStarts.length)
  sentenceStarts.forEach((start, sentence) => {
    const end = (sentenceStarts[sentence + 1] ?? tokens.length) - 1 // its last token is the end
    starts[sentence] = start - sentence
    read.set(tokens.subarray(start, end), start - sentence)
  })
  return { tokens: read, starts, tags: said }
}

/** The tags of all tokens in their order. */
export function* everyTag(documents: readonly Document[]): Generator<string> {
  for (const { sentences } of documents) for (const { tags = [] } of sentences) yield* tags
}
