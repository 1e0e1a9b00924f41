// Which tokens a model knows. Plain data: a token's id is its index. First the end of a sentence, then the placeholders
// of rare words, then words by falling frequency in the training part (ties in code unit order).

import { UserError } from '../core/errors.ts'
import { oncePer } from '../core/once.ts'
import type { Corpus, Document } from './corpus.ts'
import { placeholderOf, PLACEHOLDERS } from './parts-of-speech.ts'
import { splitAtSpaces, splitWords } from './tokenize.ts'

export interface Vocabulary {
  readonly kind: 'words' | 'characters'
  /** a token's id is its index */
  readonly tokens: readonly string[]
  /** what stands for a token outside: one `<unk>`, or its part of speech as in Linzen et al. 2016 */
  readonly rare: 'unknown' | 'part-of-speech'
  /** with `part-of-speech`: words of the training part outside the vocabulary, each under the placeholder that it mostly
   *  had; text without tags is read by them */
  readonly rareWords?: Readonly<Record<string, readonly string[]>>
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

/** Tokens that a mistake lists. */
const MOST_SHOWN = 30

/** The usual end of a sentence. */
export const END_OF_SENTENCE = '<eos>'
/** A token outside the vocabulary that has no placeholder of its own. */
export const UNKNOWN = '<unk>'

/**
 * @param documents the training part
 * @param corpus where they are from
 */
export function buildVocabulary(
  documents: readonly Document[],
  corpus: Pick<Corpus, 'unit' | 'end'>,
  options: VocabularyOptions,
): Vocabulary {
  const special = [corpus.end, UNKNOWN, ...(options.rare === 'part-of-speech' ? PLACEHOLDERS : [])]
  const counts = countTokens(documents, options.lowercase)
  for (const token of special) counts.delete(token)
  const byFrequency = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  const size = options.size === 'all' ? byFrequency.length : options.size
  const known = byFrequency.slice(0, size).map(([token]) => token)
  return {
    kind: corpus.unit,
    tokens: [...special, ...known],
    rare: options.rare,
    ...(options.rare === 'part-of-speech' && { rareWords: rareWordsOf(documents, new Set(known), options.lowercase) }),
    lowercase: options.lowercase,
    end: corpus.end,
  }
}

/** The id of a token, or undefined where it is outside the vocabulary: is this word known? */
export function tokenId(vocabulary: Vocabulary, token: string): number | undefined {
  const ids = lookup(vocabulary)
  return ids.get(token) ?? (vocabulary.lowercase ? ids.get(token.toLowerCase()) : undefined)
}

/**
 * A text as the tokens of a vocabulary: characters, or words. What stands between spaces and is known stays whole, as in text
 * that is already cut into words (`do n't`, `@-@`); the rest is cut by rule.
 */
export function tokensOf(text: string, vocabulary: Vocabulary): string[] {
  if (vocabulary.kind === 'characters') return [...text]
  return splitAtSpaces(text).flatMap((word) => (tokenId(vocabulary, word) === undefined ? splitWords(word) : [word]))
}

/** The id of the token that ends a sentence and is the context before a first one. */
export function endId(vocabulary: Vocabulary): number {
  const id = lookup(vocabulary).get(vocabulary.end)
  if (id === undefined) throw new Error(`the vocabulary lacks ${JSON.stringify(vocabulary.end)}, its end of a sentence`)
  return id
}

/**
 * Ids of tokens; one that is outside becomes a placeholder: by its tag, or as the training part had it. No end is added.
 * @throws UserError where the vocabulary has no placeholder, as that of a language
 */
export function encode(vocabulary: Vocabulary, tokens: readonly string[], tags?: readonly string[]): Int32Array {
  const ids = new Int32Array(tokens.length)
  encodeInto(ids, 0, vocabulary, tokens, tags)
  return ids
}

/** As `encode`, into an array from `offset` on. */
export function encodeInto(
  ids: Int32Array,
  offset: number,
  vocabulary: Vocabulary,
  tokens: readonly string[],
  tags?: readonly string[],
): void {
  for (let position = 0; position < tokens.length; position++) {
    const token = tokens[position]
    ids[offset + position] = tokenId(vocabulary, token) ?? placeholderId(vocabulary, token, tags?.[position])
  }
}

/** Tokens of ids, placeholders as they are. @throws RangeError for an id outside */
export function decode(vocabulary: Vocabulary, ids: ArrayLike<number>): string[] {
  return Array.from(ids, (id) => {
    const token = vocabulary.tokens[id]
    if (token !== undefined) return token
    throw new RangeError(`id ${id} is outside the vocabulary of ${vocabulary.tokens.length} tokens`)
  })
}

function placeholderId(vocabulary: Vocabulary, token: string, tag: string | undefined): number {
  const ids = lookup(vocabulary)
  const id = ids.get(placeholderFor(vocabulary, token, tag) ?? UNKNOWN) ?? ids.get(UNKNOWN)
  if (id !== undefined) return id
  const shown = vocabulary.tokens.slice(0, MOST_SHOWN).join(', ')
  const tokens = vocabulary.tokens.length > MOST_SHOWN ? `${shown} and ${vocabulary.tokens.length - MOST_SHOWN} more` : shown
  throw new UserError(
    `${JSON.stringify(token)} is not known, and nothing stands for the unknown. Tokens are: ${tokens}. Leave it out, or use a model with ${UNKNOWN}.`,
  )
}

function placeholderFor(vocabulary: Vocabulary, token: string, tag: string | undefined): string | null | undefined {
  if (vocabulary.rare === 'unknown') return null
  if (tag !== undefined) return placeholderOf(tag)
  return rareLookup(vocabulary).get(vocabulary.lowercase ? token.toLowerCase() : token)
}

/** Placeholder → the words that mostly had a tag of its kind (ties in the order of PLACEHOLDERS), in code unit order. */
function rareWordsOf(
  documents: readonly Document[],
  known: ReadonlySet<string>,
  lowercase: boolean,
): NonNullable<Vocabulary['rareWords']> {
  const counts = new Map<string, Map<string, number>>()
  for (const { sentences } of documents) {
    for (const { tokens, tags } of sentences) {
      tags?.forEach((tag, position) => {
        const placeholder = placeholderOf(tag)
        const word = lowercase ? tokens[position].toLowerCase() : tokens[position]
        if (placeholder === null || known.has(word)) return
        const uses = counts.get(word) ?? new Map<string, number>()
        uses.set(placeholder, (uses.get(placeholder) ?? 0) + 1)
        counts.set(word, uses)
      })
    }
  }
  const words: Record<string, string[]> = {}
  for (const word of [...counts.keys()].sort()) {
    const uses = counts.get(word)!
    const most = Math.max(...uses.values())
    const placeholder = PLACEHOLDERS.find((one) => uses.get(one) === most)!
    ;(words[placeholder] ??= []).push(word)
  }
  return words
}

function countTokens(documents: readonly Document[], lowercase: boolean): Map<string, number> {
  const asWritten = new Map<string, number>()
  for (const document of documents) {
    for (const { tokens } of document.sentences) {
      for (const token of tokens) asWritten.set(token, (asWritten.get(token) ?? 0) + 1)
    }
  }
  if (!lowercase) return asWritten
  const counts = new Map<string, number>()
  for (const [written, count] of asWritten) {
    const token = written.toLowerCase()
    counts.set(token, (counts.get(token) ?? 0) + count)
  }
  return counts
}

/** Token → id. */
const lookup = oncePer(({ tokens }: Vocabulary): ReadonlyMap<string, number> => new Map(tokens.map((token, id) => [token, id])))

/** Rare word → placeholder. */
const rareLookup = oncePer(({ rareWords }: Vocabulary): ReadonlyMap<string, string> => {
  const entries = Object.entries(rareWords ?? {})
  return new Map(entries.flatMap(([placeholder, words]) => words.map((word) => [word, placeholder])))
})
