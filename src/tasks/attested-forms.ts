// The two numbers of nouns and verbs as a tagged text has them: which words are forms of one lemma, and which known
// words are mostly nouns. A spelling rule counts only where the text has both forms with the right tags.

import { tokenId, type Vocabulary } from '../data/vocabulary.ts'
import { pluralSpellings, spellingsWithS } from './inflection.ts'
import type { TaggedTokens } from './lexicon.ts'

export type GrammaticalNumber = 'singular' | 'plural'

export interface VerbForms {
  readonly lemma: string
  readonly singular: string
  readonly plural: string
}

export interface AttestedForms {
  /** both forms of a verb by either of them, in lower case; undefined unless the vocabulary has both */
  verb(form: string): VerbForms | undefined
  /** the singular of a noun, in lower case; the word itself where the text has no other */
  nounLemma(noun: string): string
  /** the text has the word */
  has(word: string): boolean
  /** the number of a word that is mostly a common noun; undefined for any other */
  nounNumber(word: string): GrammaticalNumber | undefined
}

const AUXILIARIES: readonly VerbForms[] = [
  { lemma: 'be', singular: 'is', plural: 'are' },
  { lemma: 'be', singular: 'was', plural: 'were' },
  { lemma: 'have', singular: 'has', plural: 'have' },
  { lemma: 'do', singular: 'does', plural: 'do' },
]

/** How often a word has each of the tags that matter here, and any. */
type Uses = { all: number } & Record<'nn' | 'nns' | 'vb' | 'vbz', number>

export function attestForms(sentences: Iterable<TaggedTokens>, vocabulary: Vocabulary): AttestedForms {
  const uses = countTags(sentences)
  const hasAs = (word: string, tag: 'nn' | 'nns' | 'vb' | 'vbz') => (uses.get(word)?.[tag] ?? 0) > 0
  const known = (word: string) => tokenId(vocabulary, word) !== undefined
  const verbs = new Map<string, VerbForms>()
  const lemmas = new Map<string, string>()
  for (const word of uses.keys()) {
    if (hasAs(word, 'nn')) {
      const plurals = pluralSpellings(word).filter((plural) => hasAs(plural, 'nns') && !lemmas.has(plural))
      for (const plural of plurals) lemmas.set(plural, word)
    }
    if (!hasAs(word, 'vb') || !known(word)) continue
    const singular = spellingsWithS(word).find((form) => hasAs(form, 'vbz') && known(form))
    if (singular === undefined) continue
    const forms = { lemma: word, singular, plural: word }
    verbs.set(word, forms).set(singular, forms)
  }
  for (const forms of AUXILIARIES) {
    if (known(forms.singular) && known(forms.plural)) verbs.set(forms.singular, forms).set(forms.plural, forms)
  }
  return {
    verb: (form) => verbs.get(form.toLowerCase()),
    nounLemma: (noun) => lemmas.get(noun.toLowerCase()) ?? noun.toLowerCase(),
    has: (word) => uses.has(word.toLowerCase()),
    nounNumber: (word) => {
      const { all, nn, nns } = uses.get(word.toLowerCase()) ?? { all: 0, nn: 0, nns: 0 }
      if (2 * (nn + nns) <= all) return undefined
      return nn >= nns ? 'singular' : 'plural'
    },
  }
}

function countTags(sentences: Iterable<TaggedTokens>): Map<string, Uses> {
  const uses = new Map<string, Uses>()
  for (const { tokens, tags } of sentences) {
    tags?.forEach((tag, place) => {
      const word = tokens[place].toLowerCase()
      const own = uses.get(word) ?? { all: 0, nn: 0, nns: 0, vb: 0, vbz: 0 }
      uses.set(word, own)
      own.all++
      if (tag === 'nn' || tag === 'nns' || tag === 'vb' || tag === 'vbz') own[tag]++
    })
  }
  return uses
}
