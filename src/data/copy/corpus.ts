// The copy task (Hochreiter & Schmidhuber 1997; Arjovsky, Shah & Bengio 2016) as a corpus: some random symbols, blanks,
// a mark, and the same symbols again. What the copy needs lies as far back as there are blanks and symbols; everything
// before the mark is chance.

import { sha256 } from '../../core/files.ts'
import { canonicalJson } from '../../core/json.ts'
import { Random } from '../../core/random.ts'
import type { CopyConfig } from '../config.ts'
import type { Corpus } from '../corpus.ts'
import { END_OF_SENTENCE } from '../vocabulary.ts'

/** What a copy is made of, and where it stands in its sentence. */
export interface CopyTask {
  /** symbols that are copied */
  readonly length: number
  readonly blanks: number
  /** different symbols */
  readonly symbols: number
}

export const BLANK = '_'
export const MARK = '='

/** Each sentence is a document: none has to do with another. The seed of the section determines all of them. */
export function copyCorpus(config: CopyConfig): Corpus {
  const { copy, symbols, blanks, sentences, seed } = config
  const random = new Random(`copy/${seed}`)
  const alphabet = Array.from({ length: symbols }, (_, index) => String.fromCodePoint('a'.codePointAt(0)! + index))
  return {
    name: `${copy === 1 ? '1 symbol' : `${copy} symbols`} copied after ${blanks} blanks`,
    unit: 'words',
    end: END_OF_SENTENCE,
    documents: Array.from({ length: sentences }, (_, index) => {
      const given = Array.from({ length: copy }, () => random.pick(alphabet))
      const tokens = [...given, ...Array<string>(blanks).fill(BLANK), MARK, ...given]
      return { name: `sentence ${index + 1}`, category: null, sentences: [{ tokens, paragraph: 0 }] }
    }),
    sha256: sha256(canonicalJson({ copy, symbols, blanks, sentences, seed })),
  }
}

export function copyTask({ copy, blanks, symbols }: CopyConfig): CopyTask {
  return { length: copy, blanks, symbols }
}

/** Is the token of a sentence part of the copy? */
export function isCopied({ length, blanks }: CopyTask, position: number): boolean {
  return position > length + blanks && position <= 2 * length + blanks
}

/** Steps from what is copied to the copy: the lag of the gradient that learning needs. */
export function copyLag({ length, blanks }: CopyTask): number {
  return length + blanks
}
