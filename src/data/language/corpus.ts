// All words of a language up to a length, as a corpus: each word is a document of one sentence. A rule, and no sample
// of a text: its name and its lengths determine it.

import { getHeapStatistics } from 'node:v8'
import { sha256 } from '../../core/files.ts'
import { canonicalJson } from '../../core/json.ts'
import { requireMemory } from '../../core/memory.ts'
import type { LanguageConfig } from '../config.ts'
import type { Corpus } from '../corpus.ts'
import { END_OF_SENTENCE } from '../vocabulary.ts'
import { parseLanguage, wordOf } from './language.ts'

/** Bytes of a symbol: its place in a sentence and its token id. */
const BYTES_PER_SYMBOL = 12

/** @throws UserError where the words take more memory than there is */
export function languageCorpus(config: LanguageConfig): Corpus {
  const { longest, empty } = config
  const { name, letters } = parseLanguage(config.language)
  const shortest = empty ? 0 : 1
  requireMemory({
    bytes: BYTES_PER_SYMBOL * letters.length * (longest * (longest + 1)) / 2,
    available: getHeapStatistics().heap_size_limit,
    what: `All words of ${name} up to n = ${longest} take`,
    advice: 'Choose a smaller "longest".',
  })
  return {
    name: `Words of ${name}, n from ${shortest} to ${longest}`,
    unit: 'characters',
    end: END_OF_SENTENCE,
    documents: Array.from({ length: longest - shortest + 1 }, (_, index) => {
      const n = shortest + index
      return { name: `n = ${n}`, category: null, sentences: [{ tokens: wordOf({ name, letters }, n), paragraph: 0 }] }
    }),
    sha256: sha256(canonicalJson({ language: name, longest, empty })),
  }
}
