// Nouns and verbs for constructed items, from a tagged corpus: both forms in the model's vocabulary, frequent enough,
// and mostly used as what they are taken for (Brown's tags: nn/nns, vb/vbz). Lemmas are split into a discovery and a
// confirmation half before any item is built.

import { Random } from '../core/random.ts'
import { tokenId, type Vocabulary } from '../data/vocabulary.ts'
import { pluralSpellings, spellingsWithS } from './inflection.ts'

/** A sentence with its parts of speech, one tag a token. Sentences without tags are passed over. */
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
export const HALVES = ['discovery', 'confirmation'] as const satisfies readonly Half[]

export interface LexiconOptions {
  /** times that each form must occur; 10 by default */
  readonly minimumCount?: number
  /** share of a noun form's uses with the noun's tag; 0.7 by default */
  readonly nounPurity?: number
  /** share of a verb form's uses with the verb's tag; 0.5 by default: many are nouns or participles too */
  readonly verbPurity?: number
  /** share of a verb's uses before something that cannot begin an object; 0.3 by default */
  readonly objectFree?: number
}

const DEFAULTS: Required<LexiconOptions> = { minimumCount: 10, nounPurity: 0.7, verbPurity: 0.5, objectFree: 0.3 }

/** Tags of words that can begin an object: determiners, numbers, pronouns, adjectives, nouns, names, gerunds. */
const OBJECT_START = /^(?:at|ab[lnx]|ap|cd|dt[isx]?|jj[rst]?|nns?|nps?|nrs?|od|pn|pp[$ol]|wdt|wp|vbg)/

const TAGS = ['nn', 'nns', 'vb', 'vbz'] as const
type Tag = (typeof TAGS)[number]

/** How the words of the vocabulary are used; every array has one entry a token id. */
interface Uses {
  readonly total: Int32Array
  readonly tagged: Readonly<Record<Tag, Int32Array>>
  /** uses as a verb (vb, vbz) that no object follows */
  readonly objectFree: Int32Array
}

/**
 * Nouns and verbs, each in the order of the vocabulary.
 * @param sentences the training text: what the model has seen
 */
export function buildLexicon(
  sentences: Iterable<TaggedTokens>,
  vocabulary: Vocabulary,
  options: LexiconOptions = {},
): Lexicon {
  const { minimumCount, nounPurity, verbPurity, objectFree } = { ...DEFAULTS, ...options }
  const uses = countUses(sentences, vocabulary)
  const isA = (id: number, tag: Tag, purity: number) =>
    uses.total[id] >= minimumCount && uses.tagged[tag][id] >= purity * uses.total[id]
  const nouns: Forms[] = []
  const verbs: Forms[] = []
  vocabulary.tokens.forEach((token, id) => {
    if (!/^[\p{L}-]+$/u.test(token)) return
    if (isA(id, 'nn', nounPurity)) {
      const other = findForm(pluralSpellings(token), vocabulary, (form) => isA(form, 'nns', nounPurity))
      if (other !== undefined) nouns.push(forms(token, id, other, vocabulary, uses))
    }
    if (isA(id, 'vb', verbPurity)) {
      const other = findForm(spellingsWithS(token), vocabulary, (form) => isA(form, 'vbz', verbPurity))
      if (other === undefined) return
      const free = uses.objectFree[id] + uses.objectFree[other]
      const all = uses.tagged.vb[id] + uses.tagged.vbz[other]
      if (free >= objectFree * all) verbs.push(forms(token, other, id, vocabulary, uses))
    }
  })
  return { nouns, verbs }
}

/**
 * Both halves. Lemmas are put in order of the count of their rarer form, and of each two neighbours a coin sends one to
 * each half: the halves are alike in frequency.
 */
export function splitLexicon(lexicon: Lexicon, seed: number): Record<Half, Lexicon> {
  const random = new Random(seed).fork('lexicon')
  const nouns = deal(lexicon.nouns, random.fork('nouns'))
  const verbs = deal(lexicon.verbs, random.fork('verbs'))
  return {
    discovery: { nouns: nouns.discovery, verbs: verbs.discovery },
    confirmation: { nouns: nouns.confirmation, verbs: verbs.confirmation },
  }
}

function deal(lemmas: readonly Forms[], random: Random): Record<Half, Forms[]> {
  const rarer = (forms: Forms) => Math.min(forms.singularCount, forms.pluralCount)
  const ordered = [...lemmas].sort((a, b) => rarer(b) - rarer(a))
  const halves: Record<Half, Forms[]> = { discovery: [], confirmation: [] }
  for (let place = 0; place < ordered.length; place += 2) {
    const [first, second] = random.integer(2) === 0 ? HALVES : [...HALVES].reverse()
    halves[first].push(ordered[place])
    if (place + 1 < ordered.length) halves[second].push(ordered[place + 1])
  }
  return halves
}

function countUses(sentences: Iterable<TaggedTokens>, vocabulary: Vocabulary): Uses {
  const empty = () => new Int32Array(vocabulary.tokens.length)
  const uses = {
    total: empty(),
    tagged: { nn: empty(), nns: empty(), vb: empty(), vbz: empty() },
    objectFree: empty(),
  }
  for (const { tokens, tags } of sentences) {
    if (!tags) continue
    for (let place = 0; place < tokens.length; place++) {
      const id = tokenId(vocabulary, tokens[place])
      if (id === undefined) continue
      uses.total[id]++
      const tag = tags[place]
      if (!isTag(tag)) continue
      uses.tagged[tag][id]++
      const isVerb = tag === 'vb' || tag === 'vbz'
      if (isVerb && (place + 1 === tokens.length || !OBJECT_START.test(tags[place + 1]))) uses.objectFree[id]++
    }
  }
  return uses
}

function isTag(tag: string): tag is Tag {
  return (TAGS as readonly string[]).includes(tag)
}

function findForm(
  spellings: readonly string[],
  vocabulary: Vocabulary,
  accept: (id: number) => boolean,
): number | undefined {
  return spellings.map((spelling) => tokenId(vocabulary, spelling)).find((id) => id !== undefined && accept(id))
}

function forms(lemma: string, singular: number, plural: number, { tokens }: Vocabulary, uses: Uses): Forms {
  return {
    lemma,
    singular: tokens[singular],
    plural: tokens[plural],
    singularCount: uses.total[singular],
    pluralCount: uses.total[plural],
  }
}
