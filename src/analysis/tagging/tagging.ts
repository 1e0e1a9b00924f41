// How often a tagger is right, in all and where training had a word with several tags, beside the most frequent tag of each
// word; and what reading from both ends is worth. Documents are the unit of the bootstrap: their sentences share topics.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapRatio, resampleClusters, type Resamples } from '../../core/statistics/bootstrap.ts'
import type { RightContextRow, TaggedWordRow, TaggingRow, TokenGroup } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import type { TaggingText } from './tagging-text.ts'

const GROUPS: readonly TokenGroup[] = ['all', 'ambiguous', 'unambiguous', 'unknown']

/** Which tokens of the two held-out texts a tagger is right about: 1 or 0 each. */
export interface TaggedTexts extends Pick<AnalysedModel, 'name' | 'seed'> {
  readonly bidirectional: boolean
  readonly validation: Uint8Array
  readonly test: Uint8Array
}

/** Resamples of the documents of a text. */
export function resampleDocuments({ documentCount }: TaggingText, resamples: number): Resamples {
  const documents = Array.from({ length: documentCount }, (_, document) => String(document))
  return resampleClusters([documents], resamples, new Random('tagging'))
}

/** One row a group of tokens that the text has. */
export function taggingRows({ name: model, seed, test: right }: TaggedTexts, text: TaggingText, drawn: Resamples): TaggingRow[] {
  return GROUPS.flatMap((group): TaggingRow[] => {
    const { n, share } = shares(text, group, drawn)
    if (n === 0) return []
    const [own, gain] = [share((place) => right[place]), share((place) => right[place] - text.baseline[place])]
    return [{
      model, seed, group, n,
      documents: text.documentCount,
      right: own.value, low: own.low, high: own.high,
      baseline: own.value - gain.value,
      gain: gain.value, gainLow: gain.low, gainHigh: gain.high,
    }]
  })
}

/** What both directions are right about beyond one of them, on the same tokens. */
export function rightContextRows(both: TaggedTexts, one: TaggedTexts, text: TaggingText, drawn: Resamples): RightContextRow[] {
  return GROUPS.flatMap((group): RightContextRow[] => {
    const { n, share, count } = shares(text, group, drawn)
    if (n === 0) return []
    const gain = share((place) => both.test[place] - one.test[place])
    return [{
      model: both.name, seed: both.seed, against: one.name, group, n,
      right: share((place) => both.test[place]).value,
      rightAgainst: share((place) => one.test[place]).value,
      gain: gain.value, gainLow: gain.low, gainHigh: gain.high,
      helped: count((place) => both.test[place] > one.test[place]),
      hurt: count((place) => both.test[place] < one.test[place]),
    }]
  })
}

/**
 * The ambiguous words that gain most from both directions: chosen in the validation text, and counted in the test text,
 * so that their gain is not the choice's.
 */
export function wordRows(
  both: TaggedTexts,
  one: TaggedTexts,
  texts: { readonly validation: TaggingText; readonly test: TaggingText },
  most: number,
): TaggedWordRow[] {
  const gains = [...placesByWord(texts.validation)].map(([word, places]) => (
    { word, gain: sum(places, (place) => both.validation[place] - one.validation[place]) }
  ))
  const chosen = gains.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain || (a.word < b.word ? -1 : 1)).slice(0, most)
  const inTest = placesByWord(texts.test)
  return chosen.flatMap(({ word, gain }): TaggedWordRow[] => {
    const places = inTest.get(word)
    if (places === undefined) return []
    const share = (values: Uint8Array) => sum(places, (place) => values[place]) / places.length
    return [{
      model: both.name, seed: both.seed, against: one.name, word,
      chosenBy: gain,
      n: places.length,
      baseline: share(texts.test.baseline),
      rightAgainst: share(one.test),
      right: share(both.test),
    }]
  })
}

/** Shares and counts over the tokens of one group. */
function shares({ documents, documentCount, kinds }: TaggingText, group: TokenGroup, drawn: Resamples) {
  const places = [...kinds.keys()].filter((place) => group === 'all' || kinds[place] === group)
  const byDocument = (valueOf: (place: number) => number): Float64Array => {
    const sums = new Float64Array(documentCount)
    for (const place of places) sums[documents[place]] += valueOf(place)
    return sums
  }
  const sizes = byDocument(() => 1)
  return {
    n: places.length,
    share: (valueOf: (place: number) => number) => (
      { value: sum(places, valueOf) / places.length, ...bootstrapRatio(byDocument(valueOf), sizes, drawn) }
    ),
    count: (holds: (place: number) => boolean) => sum(places, (place) => (holds(place) ? 1 : 0)),
  }
}

function placesByWord({ words, kinds }: TaggingText): Map<string, number[]> {
  return groupBy([...words.keys()].filter((place) => kinds[place] === 'ambiguous'), (place) => words[place])
}

function sum(places: readonly number[], valueOf: (place: number) => number): number {
  return places.reduce((total, place) => total + valueOf(place), 0)
}
