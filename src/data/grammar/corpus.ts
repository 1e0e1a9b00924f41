// A corpus drawn from a grammar in a file.

import { basename } from 'node:path'
import { readText, sha256 } from '../../core/files.ts'
import { Random } from '../../core/random.ts'
import type { Corpus } from '../corpus.ts'
import { blocksOf } from '../split.ts'
import { END_OF_SENTENCE } from '../vocabulary.ts'
import { generateSentences } from './generate.ts'
import { parseGrammar } from './parse.ts'

/**
 * The words are tagged with the symbols that wrote them. What identifies the corpus is its text: comments may change.
 * @param path absolute
 * @throws UserError where the file cannot be read or is not a grammar
 */
export function generateCorpus(path: string, options: { readonly sentences: number; readonly seed: number }): Corpus {
  const grammar = parseGrammar(readText(path), path)
  const drawn = generateSentences(grammar, options.sentences, new Random(`grammar/${options.seed}`))
  const sentences = drawn.map((sentence) => ({ ...sentence, paragraph: 0 }))
  return {
    name: `Sentences of the grammar ${basename(path)}`,
    unit: 'words',
    end: END_OF_SENTENCE,
    documents: blocksOf(sentences),
    rulePlaces: new Map([...grammar.symbols.values()].map(({ name, place }) => (
      [name, place.includes(' of ') ? place : `${place} of ${basename(path)}`]
    ))),
    sha256: sha256(sentences.map(({ tokens }) => tokens.join(' ')).join('\n')),
  }
}
