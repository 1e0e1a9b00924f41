// Pseudo-disambiguation (Rooth et al. 1999): a verb of real text, its object, and another noun as frequent as that in
// training. Which of the two does the model expect where the object stands? Tags alone give the object away: a verb,
// perhaps a determiner and adjectives, and a noun that no other noun and no verb follows.

import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import { tokenId, type Vocabulary } from '../../data/vocabulary.ts'
import type { Choice } from '../items.ts'
import type { TaggedTokens } from '../lexicon.ts'

/** A choice after a verb: its object in the text, or a noun as frequent. */
export interface VerbObject extends Choice {
  /** as it stands in the text, in lower case */
  readonly verb: string
  /** index into `prefix` */
  readonly verbPlace: number
  /** words between verb and object */
  readonly distance: number
  /** how often training has this verb with the object, and with the other noun */
  readonly seenRight: number
  readonly seenWrong: number
}

export interface VerbObjects {
  readonly items: readonly VerbObject[]
  readonly audit: string
}

/** The other noun is one of so many that come nearest in frequency. */
const NEAREST = 10

const VERB = /^vb[dgz]?$/
const NOUN = /^nns?$/
const BEFORE_NOUN = /^(?:at|dti?|dts|pp\$|ap|cd|od|jj[rst]?|ql)$/
/** A noun that goes on, or that a clause begins with. */
const NO_END = /^(?:nn|np|nr|vb|be|hv|do|md|\*)/
/** `stayed all day`, `walked two miles`: no objects. */
const MEASURES = new Set(
  ('second minute hour day week month year decade century time moment morning afternoon evening night midnight noon ' +
    'spring summer autumn winter season weekend way mile foot feet inch yard degree percent dollar cent lot bit deal').split(' ')
    .flatMap((noun) => [noun, `${noun}s`]),
)

/**
 * Every verb with its object in the held-out sentences whose object the model knows, each choice once.
 * @param heldOut sentences that no model was trained on
 * @param training says how often words occur, and with which verbs
 * @param seed draws the other nouns
 * @throws UserError where there is none
 */
export function buildVerbObjects(
  heldOut: readonly TaggedTokens[],
  training: readonly TaggedTokens[],
  vocabulary: Vocabulary,
  seed = 1,
): VerbObjects {
  const nouns = countNouns(training, vocabulary)
  const seen = countObjects(training)
  const random = new Random(seed).fork('other nouns')
  const items = new Map<string, VerbObject>()
  let [found, unknown] = [0, 0]
  for (const { tokens, tags } of heldOut) {
    for (const { verb, object } of tags ? findObjects(tokens, tags) : []) {
      found++
      const right = tokens[object].toLowerCase()
      const wrong = otherNoun(right, tokens[object - 1].toLowerCase(), nouns, random)
      if (wrong === null) {
        unknown++
        continue
      }
      const verbForm = tokens[verb].toLowerCase()
      const prefix = tokens.slice(0, object)
      items.set([...prefix, right].join(' '), {
        prefix, tags: tags!.slice(0, object), right, wrong,
        verb: verbForm, verbPlace: verb, distance: object - verb - 1,
        seenRight: seen.get(`${verbForm} ${right}`) ?? 0, seenWrong: seen.get(`${verbForm} ${wrong}`) ?? 0,
      })
    }
  }
  if (items.size === 0) {
    throw new UserError(
      'There is no verb with an object that the model knows in the test text. Selectional preferences need Brown’s ' +
        'tags: write data: { corpus: brown, test: 0.2 }.',
    )
  }
  const audit =
    `${found} verbs with an object in the test text. Left out: ${unknown} whose object is not mainly a noun of its ` +
    `number that the model knows, ${found - unknown - items.size} that came before.`
  return { items: [...items.values()], audit }
}

/** Places of verbs and their objects. */
function findObjects(tokens: readonly string[], tags: readonly string[]): { verb: number; object: number }[] {
  return tags.flatMap((tag, verb) => {
    if (!VERB.test(tag)) return []
    let object = verb + 1
    while (object < tags.length && BEFORE_NOUN.test(tags[object])) object++
    if (!NOUN.test(tags[object] ?? '') || NO_END.test(tags[object + 1] ?? '')) return []
    // "the dining room", but "was reading books"
    if (tag === 'vbg' && object === verb + 1 && !/^be/.test(tags[verb - 1] ?? '')) return []
    return MEASURES.has(tokens[object].toLowerCase()) ? [] : [{ verb, object }]
  })
}

function countObjects(sentences: readonly TaggedTokens[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { tokens, tags } of sentences) {
    for (const { verb, object } of tags ? findObjects(tokens, tags) : []) {
      const pair = `${tokens[verb]} ${tokens[object]}`.toLowerCase()
      counts.set(pair, (counts.get(pair) ?? 0) + 1)
    }
  }
  return counts
}

/** Known words that are mainly singular or mainly plural nouns, in order of frequency, and the place of each. */
interface Nouns {
  readonly lists: readonly (readonly Noun[])[]
  readonly places: ReadonlyMap<string, { readonly list: number; readonly place: number }>
}
interface Noun {
  readonly word: string
  readonly count: number
}

function countNouns(sentences: readonly TaggedTokens[], vocabulary: Vocabulary): Nouns {
  const uses = new Map<string, { all: number; nn: number; nns: number }>()
  for (const { tokens, tags } of sentences) {
    tags?.forEach((tag, at) => {
      const word = tokens[at].toLowerCase()
      const own = uses.get(word) ?? { all: 0, nn: 0, nns: 0 }
      uses.set(word, own)
      own.all++
      if (tag === 'nn' || tag === 'nns') own[tag]++
    })
  }
  const lists = (['nn', 'nns'] as const).map((tag) =>
    [...uses]
      .filter(([word, own]) => 2 * own[tag] > own.all && isPlain(word) && tokenId(vocabulary, word) !== undefined)
      .map(([word, { all }]) => ({ word, count: all }))
      .sort((a, b) => b.count - a.count || (a.word < b.word ? -1 : 1)),
  )
  const places = lists.flatMap((list, number) => list.map(({ word }, place) => [word, { list: number, place }] as const))
  return { lists, places: new Map(places) }
}

/** After `a` and `an` it begins as the object does. Null where the object is no such noun. */
function otherNoun(object: string, before: string, { lists, places }: Nouns, random: Random): string | null {
  const own = places.get(object)
  if (own === undefined) return null
  const list = lists[own.list]
  const { count } = list[own.place]
  const article = before === 'a' || before === 'an'
  const others = list
    .slice(Math.max(0, own.place - 2 * NEAREST), own.place + 2 * NEAREST + 1)
    .filter(({ word }) => word !== object && (!article || beginsWithVowel(word) === beginsWithVowel(object)))
    .sort((a, b) => Math.abs(a.count - count) - Math.abs(b.count - count))
    .slice(0, NEAREST)
  return others.length === 0 ? null : others[random.integer(others.length)].word
}

/** Spelled with letters, and no measure. */
function isPlain(word: string): boolean {
  return /^[a-z][a-z'-]*$/.test(word) && !MEASURES.has(word)
}

function beginsWithVowel(word: string): boolean {
  return /^[aeiou]/.test(word)
}
