// Dividing documents into training, validation and test parts. Whole documents: sentences of one text share names and
// topics, so a split by sentences flatters every model. The division is fixed: it depends on the number of documents
// and the two shares, not on any seed of the user's, so that all models of a corpus are compared on the same test.

import { UserError } from '../core/errors.ts'
import { Random } from '../core/random.ts'
import type { Document, Sentence } from './corpus.ts'

const SEED = 'split'

/** A text without documents is cut into so many blocks of neighbouring sentences. */
export const BLOCKS = 100

export interface Shares {
  /** 0 to 1, of the documents; rounded, but at least one document where it is above 0 */
  readonly test: number
  readonly validation: number
}

export interface Split<T> {
  readonly training: readonly T[]
  readonly validation: readonly T[]
  readonly test: readonly T[]
}

/** Each part keeps the order of the corpus. @throws UserError where nothing would be left for training */
export function splitDocuments<T>(documents: readonly T[], shares: Shares): Split<T> {
  const test = documentCount(documents.length, shares.test)
  const validation = documentCount(documents.length, shares.validation)
  if (test + validation >= documents.length) {
    const size = documents.length === 1 ? 'one document or sentence' : `${documents.length} documents or sentences`
    throw new UserError(
      `The text has ${size}; test (${shares.test}) and validation (${shares.validation}) leave nothing to train on. ` +
        'Give more text or smaller shares.',
    )
  }
  const order = new Random(SEED).shuffle(documents.map((_, index) => index))
  const part = (from: number, to: number) => {
    const indices = order.slice(from, to).sort((a, b) => a - b)
    return indices.map((index) => documents[index])
  }
  const held = test + validation
  return { test: part(0, test), validation: part(test, held), training: part(held, documents.length) }
}

/** Neighbouring sentences as at most so many documents of about equal length, named by their number, in order. */
export function blocksOf(sentences: readonly Sentence[], most = BLOCKS): Document[] {
  const count = Math.min(most, sentences.length)
  return Array.from({ length: count }, (_, block) => {
    const start = Math.floor((block * sentences.length) / count)
    const end = Math.floor(((block + 1) * sentences.length) / count)
    const own = sentences.slice(start, end)
    return { name: `block-${block + 1}`, category: null, sentences: own, block: { of: sentences, first: start } }
  })
}

function documentCount(documents: number, share: number): number {
  return share === 0 ? 0 : Math.max(1, Math.round(share * documents))
}
