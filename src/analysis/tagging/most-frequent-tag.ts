// The tagger that only counts: each word gets the tag that it has most often in training. Of a word that training never
// had it says what words that occur there once have most often (Charniak et al. 1993, Equations for part-of-speech
// tagging, say of words of one tag or several that this alone is right in nine cases of ten).

import type { Document } from '../../data/corpus.ts'
import type { TokenGroup } from '../results.ts'

export interface MostFrequentTag {
  tagOf(word: string): string
  kindOf(word: string): Exclude<TokenGroup, 'all'>
}

/** @param lowercase words that differ in case alone are one */
export function countTags(documents: readonly Document[], lowercase: boolean): MostFrequentTag {
  const keyOf = (word: string): string => (lowercase ? word.toLowerCase() : word)
  const counts = new Map<string, Map<string, number>>()
  for (const { sentences } of documents) {
    for (const { tokens, tags = [] } of sentences) {
      tokens.forEach((token, place) => addOne(counts, keyOf(token), tags[place]))
    }
  }
  const ofRare = new Map<string, Map<string, number>>()
  for (const tags of counts.values()) {
    const [[tag, count], ...others] = tags
    if (count === 1 && others.length === 0) addOne(ofRare, '', tag)
  }
  const best = new Map([...counts].map(([word, tags]) => [word, mostFrequent(tags)]))
  const unknown = mostFrequent(ofRare.get('') ?? counts.values().next().value!)
  return {
    tagOf: (word) => best.get(keyOf(word)) ?? unknown,
    kindOf(word) {
      const known = counts.get(keyOf(word))
      return known === undefined ? 'unknown' : known.size > 1 ? 'ambiguous' : 'unambiguous'
    },
  }
}

function addOne(counts: Map<string, Map<string, number>>, word: string, tag: string): void {
  const own = counts.get(word) ?? new Map<string, number>()
  own.set(tag, (own.get(tag) ?? 0) + 1)
  counts.set(word, own)
}

/** Of equally frequent tags the first by name. */
function mostFrequent(counts: ReadonlyMap<string, number>): string {
  const [[tag]] = [...counts].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
  return tag
}
