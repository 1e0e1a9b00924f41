// Quotation marks and apostrophes as a vocabulary writes them. Brown opens a quotation with `` and closes it with '';
// people type ", “ and ”, and ’ for an apostrophe.

import { tokenId, type Vocabulary } from './vocabulary.ts'

const OPENING = '``'
const CLOSING = "''"

/**
 * The words of one sentence with the marks of the vocabulary, where it does not know what was typed: every second `"`
 * closes. Everything else stays as it is.
 */
export function marksOf(vocabulary: Vocabulary, words: readonly string[]): string[] {
  const knows = (word: string) => tokenId(vocabulary, word) !== undefined
  const marks = knows(OPENING) && knows(CLOSING)
  let open = false
  return words.map((word) => {
    if (knows(word)) return word
    if (marks && ['"', '“', '”'].includes(word)) {
      open = word === '"' ? !open : word === '“'
      return open ? OPENING : CLOSING
    }
    return word.replaceAll('’', "'")
  })
}
