// Which pairs a model can be asked: it has to know the words that decide, and under `skip` every other one, too. A model of
// characters is asked about whole sentences.

import { marksOf } from '../../data/quotation-marks.ts'
import { tokenId, type Vocabulary } from '../../data/vocabulary.ts'
import type { MinimalPair } from './pair.ts'

/** What becomes of words outside the vocabulary: their pairs are left out, or the model reads its placeholder: `<unk>`, or a
 *  part of speech where the vocabulary has them. */
export const UNKNOWN_POLICIES = ['skip', 'placeholder'] as const
export type UnknownPolicy = (typeof UNKNOWN_POLICIES)[number]

/** `word`: log p of the word that decides; `sentence`: log p of the whole sentence, its end included. */
export const SCORINGS = ['word', 'sentence'] as const
export type Scoring = (typeof SCORINGS)[number]

export interface KnownPairs {
  readonly pairs: readonly MinimalPair[]
  /** one sentence on what was left out, and why */
  readonly audit: string
}

/** What is compared where nobody says it: the word, where one decides every pair and words are what the model reads. */
export function usualScoring(pairs: readonly MinimalPair[], { kind }: Vocabulary): Scoring {
  return kind === 'words' && pairs.every(({ target }) => target !== null) ? 'word' : 'sentence'
}

export function knownPairs(given: readonly MinimalPair[], vocabulary: Vocabulary, policy: UnknownPolicy, scoring: Scoring): KnownPairs {
  const all = given.map((pair) => inTokensOf(vocabulary, pair))
  const known = new Map<string, boolean>()
  const isKnown = (word: string) => {
    const answer = known.get(word) ?? tokenId(vocabulary, word) !== undefined
    known.set(word, answer)
    return answer
  }
  const askable = scoring === 'word' ? all.filter(({ target }) => target !== null) : all
  const decided = askable.filter((pair) => decidingWords(pair).every(isKnown))
  const pairs = policy === 'placeholder' ? decided : decided.filter(({ right }) => right.every(isKnown))
  const read = new Set(pairs.flatMap(({ right }) => right.filter((word) => !isKnown(word))))
  const isOfCharacters = vocabulary.kind === 'characters'
  const reasons = [
    [all.length - askable.length, isOfCharacters ? 'the model reads characters, and no single one decides' : 'no single word decides'],
    [askable.length - decided.length, 'the model does not know a word that decides'],
    [decided.length - pairs.length, 'it does not know another word'],
  ] as const
  const left = reasons.filter(([count]) => count > 0).map(([count, why]) => `${count} left out because ${why}`)
  const others = read.size === 1 ? '1 other word is' : `${read.size} other words are`
  const placeholders = read.size > 0 ? ` ${others} read as a placeholder.` : ''
  const count = all.length === 1 ? '1 pair' : `${all.length} pairs`
  return { pairs, audit: `${count}${left.length > 0 ? `, ${left.join(', ')}` : ', none left out'}.${placeholders}` }
}

/** The pair in the tokens and the quotation marks of a vocabulary. */
function inTokensOf(vocabulary: Vocabulary, pair: MinimalPair): MinimalPair {
  const [right, wrong] = [pair.right, pair.wrong].map((words) =>
    marksOf(vocabulary, vocabulary.kind === 'characters' ? [...words.join(' ')] : words))
  return { ...pair, right, wrong, target: vocabulary.kind === 'characters' ? null : pair.target }
}

/** The words in which the sentences differ: unknown ones would be the same placeholder in both. */
function decidingWords({ right, wrong, target }: MinimalPair): string[] {
  if (target !== null) return [right[target], wrong[target]]
  const [first, second] = [new Set(right), new Set(wrong)]
  return [...right.filter((word) => !second.has(word)), ...wrong.filter((word) => !first.has(word))]
}
