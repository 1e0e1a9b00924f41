// Pseudo-words (Gale, Church & Yarowsky 1992; Schütze 1992): two words of one part of speech and about as frequent are
// written alike everywhere, as `morning/table`. Which of the two it was is a word sense that is known without annotation.

import { UserError } from '../core/errors.ts'
import type { Random } from '../core/random.ts'
import type { Document, Sentence } from './corpus.ts'

export interface Pseudoword {
  readonly name: string
  /** what it stands for, the more frequent one first */
  readonly senses: readonly [string, string]
  /** part of speech of both */
  readonly tag: string
}

/** Open classes of Brown: words of these have meanings to be told apart. */
const TAGS = ['nn', 'nns', 'jj', 'vb', 'vbd', 'vbn', 'rb']
/** Tokens of the training part that a word has: enough to be learned, and to be asked about. */
const FEWEST = 100
const MOST = 1000
/** Share of a word's tokens that have its most frequent tag. */
const PURE = 0.95

/**
 * Neighbours in the order of frequency, each word in one pair.
 * @param training tagged documents; only these have a say
 * @param random draws which pairs are taken
 * @throws UserError where there are fewer
 */
export function choosePseudowords(training: readonly Document[], count: number, random: Random): Pseudoword[] {
  const byTag = new Map(TAGS.map((tag) => [tag, [] as { word: string; count: number }[]]))
  for (const [word, tags] of countTagged(training)) {
    const total = [...tags.values()].reduce((sum, one) => sum + one, 0)
    if (total < FEWEST || total > MOST) continue
    for (const [tag, own] of tags) if (own >= PURE * total) byTag.get(tag)?.push({ word, count: total })
  }
  const pairs = [...byTag].flatMap(([tag, words]) => {
    words.sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1))
    return Array.from({ length: Math.floor(words.length / 2) }, (_, pair): Pseudoword => {
      const senses = [words[2 * pair].word, words[2 * pair + 1].word] as const
      return { name: senses.join('/'), senses, tag }
    })
  })
  if (pairs.length < count) {
    throw new UserError(
      `The training text has ${pairs.length} pairs of words that make pseudo-words, not ${count}. ` +
        `Write pseudowords: ${pairs.length}, or give more text.`,
    )
  }
  return random.shuffle(pairs).slice(0, count)
}

/** The documents with pseudo-words in place of their senses; a sentence that has some keeps what was written. */
export function writeAlike(documents: readonly Document[], pseudowords: readonly Pseudoword[]): Document[] {
  const merge = mergingWords(pseudowords)
  const merged = (sentence: Sentence): Sentence => {
    const tokens = sentence.tokens.map(merge)
    const differs = tokens.some((token, place) => token !== sentence.tokens[place])
    return differs ? { ...sentence, tokens, written: sentence.tokens } : sentence
  }
  return documents.map((document) => ({ ...document, sentences: document.sentences.map(merged) }))
}

/** A word, or the pseudo-word that stands for it. */
export function mergingWords(pseudowords: readonly Pseudoword[]): (word: string) => string {
  const nameOf = new Map(pseudowords.flatMap(({ name, senses }) => senses.map((sense) => [sense, name] as const)))
  return (word) => nameOf.get(word.toLowerCase()) ?? word
}

/** Words of letters, in lower case, with how often each has each tag. */
function countTagged(documents: readonly Document[]): Map<string, Map<string, number>> {
  const counts = new Map<string, Map<string, number>>()
  for (const { sentences } of documents) {
    for (const { tokens, tags = [] } of sentences) {
      tokens.forEach((token, place) => {
        const word = token.toLowerCase()
        if (!/^[a-z]+$/.test(word)) return
        const own = counts.get(word) ?? new Map<string, number>()
        own.set(tags[place], (own.get(tags[place]) ?? 0) + 1)
        counts.set(word, own)
      })
    }
  }
  return counts
}
