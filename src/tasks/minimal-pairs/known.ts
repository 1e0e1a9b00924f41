// Which pairs a model can be asked: it has to know the words that decide, and under `skip` every other one, too.

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

export function knownPairs(all: readonly MinimalPair[], vocabulary: Vocabulary, policy: UnknownPolicy, scoring: Scoring): KnownPairs {
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
  const reasons = [
    [all.length - askable.length, 'no single word decides'],
    [askable.length - decided.length, 'the model does not know a word that decides'],
    [decided.length - pairs.length, 'it does not know another word'],
  ] as const
  const left = reasons.filter(([count]) => count > 0).map(([count, why]) => `${count} left out because ${why}`)
  const placeholders = read.size > 0 ? ` ${read.size} other words are read as a placeholder.` : ''
  return { pairs, audit: `${all.length} pairs${left.length > 0 ? `, ${left.join(', ')}` : ', none left out'}.${placeholders}` }
}

/** The words in which the sentences differ: unknown ones would be the same placeholder in both. */
function decidingWords({ right, wrong, target }: MinimalPair): string[] {
  if (target !== null) return [right[target], wrong[target]]
  const [first, second] = [new Set(right), new Set(wrong)]
  return [...right.filter((word) => !second.has(word)), ...wrong.filter((word) => !first.has(word))]
}
