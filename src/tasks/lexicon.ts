// Nouns and verbs for constructed items, from a tagged corpus: both forms in the model's vocabulary, frequent enough, and
// mostly used as what they are taken for (Brown's tags: NN/NNS, VB/VBZ). Lemmas are split into a discovery and a
// confirmation half before any item is built.

import type { Vocabulary } from '../data/vocabulary.ts'

/** A sentence with its parts of speech, one tag a token. */
export interface TaggedTokens {
  readonly tokens: readonly string[]
  readonly tags?: readonly string[]
}

/** Two forms of one lemma, spelled as in the vocabulary, with their counts in the corpus. */
export interface Forms {
  /** the noun's singular, the verb's base form */
  readonly lemma: string
  /** `dog`, `sleeps` */
  readonly singular: string
  /** `dogs`, `sleep` */
  readonly plural: string
  readonly singularCount: number
  readonly pluralCount: number
}

export interface Lexicon {
  readonly nouns: readonly Forms[]
  readonly verbs: readonly Forms[]
}

export type Half = 'discovery' | 'confirmation'

export interface LexiconOptions {
  /** times that each form must occur; 10 by default */
  readonly minimumCount?: number
  /** share of a noun form's uses with the noun's tag; 0.7 by default */
  readonly nounPurity?: number
  /** share of a verb form's uses with the verb's tag; 0.5 by default, for the base form is often an infinitive or a noun */
  readonly verbPurity?: number
  /** share of a verb's uses before something that cannot begin an object; 0.3 by default */
  readonly objectFree?: number
}

/** Nouns and verbs, each in alphabetical order. */
export function buildLexicon(
  sentences: Iterable<TaggedTokens>,
  vocabulary: Vocabulary,
  options: LexiconOptions = {},
): Lexicon {
  throw new Error('not written yet')
}

/** Both halves: lemmas shuffled by `seed`, then dealt alternately. */
export function splitLexicon(lexicon: Lexicon, seed: number): Record<Half, Lexicon> {
  throw new Error('not written yet')
}
