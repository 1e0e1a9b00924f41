// Languages of words xⁿyⁿ…: one letter a block, all blocks equally long. Whoever reads one from left to right has to
// count; with two blocks a stack would do, with three or more it would not (Weiss, Goldberg & Yahav 2018).

import { UserError } from '../../core/errors.ts'
import { END_OF_SENTENCE, type Vocabulary } from '../vocabulary.ts'

export interface CountingLanguage {
  /** spelled `a^n b^n` */
  readonly name: string
  /** one a block, 2 to 6, all different */
  readonly letters: readonly string[]
}

const FEWEST_BLOCKS = 2
const MOST_BLOCKS = 6

/** A letter or digit with the exponent n: `a^n`, `aⁿ` or `an`. */
const BLOCK = /((?!ⁿ)[\p{L}\p{N}])(?:\^n|ⁿ|n)/gu
const BLOCKS = new RegExp(`^(?:${BLOCK.source})+$`, 'u')

/**
 * Reads `a^n b^n`, `aⁿbⁿ` and `anbn` alike.
 * @throws UserError where the text is no such language
 */
export function parseLanguage(text: string): CountingLanguage {
  const dense = text.normalize('NFC').replace(/\s+/gu, '')
  const problem = (message: string) => new UserError(`${JSON.stringify(text)} ${message}`)
  if (!BLOCKS.test(dense)) {
    throw problem('is not a language of counting words. Give every block a letter with the exponent n, as in a^n b^n.')
  }
  const letters = [...dense.matchAll(BLOCK)].map(([, letter]) => letter)
  if (letters.length < FEWEST_BLOCKS || letters.length > MOST_BLOCKS) {
    const blocks = letters.length === 1 ? '1 block' : `${letters.length} blocks`
    throw problem(`has ${blocks}. A language has ${FEWEST_BLOCKS} to ${MOST_BLOCKS}, as in a^n b^n.`)
  }
  const twice = letters.find((letter, block) => letters.indexOf(letter) < block)
  if (twice !== undefined) throw problem(`has two blocks of the letter ${twice}. Give every block a letter of its own.`)
  return { name: letters.map((letter) => `${letter}^n`).join(' '), letters }
}

/** The letters of word n, without its end. */
export function wordOf({ letters }: CountingLanguage, n: number): string[] {
  return letters.flatMap((letter) => Array<string>(n).fill(letter))
}

/** The end, then the letters by their blocks: the id of block b's letter is b + 1. Nothing else is known. */
export function languageVocabulary({ letters }: CountingLanguage): Vocabulary {
  return {
    kind: 'characters',
    tokens: [END_OF_SENTENCE, ...letters],
    rare: 'unknown',
    lowercase: false,
    end: END_OF_SENTENCE,
  }
}
