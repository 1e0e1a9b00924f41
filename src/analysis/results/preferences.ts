// Which words go with which: what a model expects after a verb, or after a subject far away, and which word before
// makes it expect that.

import type { Subject } from './subject.ts'

export interface PreferencesResult {
  readonly analysis: 'selectional-preferences'
  readonly rows: readonly PreferenceRow[]
  readonly influences: readonly InfluenceRow[]
  /** every crossed pair, and some verbs with their objects, drawn at random */
  readonly examples: readonly PreferenceExample[]
  /** what was left out of each task and why */
  readonly audit: readonly { readonly task: PreferenceTask; readonly message: string }[]
}

/**
 * - crossed: two words that are exchanged in a sentence, and a continuation for each; right where the margins of both
 *   sum to more than 0
 * - objects: the object that a verb has in real text against a noun as frequent
 */
export type PreferenceTask = 'crossed' | 'objects'

export interface PreferenceRow extends Subject {
  readonly task: PreferenceTask
  /** what the items have in common, such as `all`, `2 words between`, `never seen in training` */
  readonly group: string
  readonly n: number
  /** clusters of the interval: the two associations of a pair; verbs and objects */
  readonly clusters: number
  /** a tie counts ½ */
  readonly right: number
  readonly low: number
  readonly high: number
  /** mean of log p(right) − log p(wrong), nats */
  readonly margin: number
  readonly marginLow: number | null
  readonly marginHigh: number | null
  /** share right of models that only count, trained on the same text */
  readonly unigram: number
  readonly ngram: number
  /** share right of the noun that training had more often as an object of this verb; null for crossed pairs */
  readonly counted: number | null
}

/**
 * What one word before the object has to do with the margin, mean over items of the mean over the words of one kind.
 * Positive: it speaks for the real object.
 */
export interface InfluenceRow extends Subject {
  /** such as `the verb`, `1–2 words before the verb` */
  readonly role: string
  /** items that have such a word, and such words */
  readonly n: number
  readonly words: number
  /** nats that the margin loses where one such word is left out; interval by bootstrap over verbs and objects */
  readonly deletion: number
  readonly deletionLow: number | null
  readonly deletionHigh: number | null
  /** mean size of that change, whichever way; and of the 5-gram model */
  readonly size: number
  readonly ngramSize: number
  /** gradient of the margin times the word's embedding, nats to first order */
  readonly attribution: number
  readonly attributionLow: number | null
  readonly attributionHigh: number | null
  /** Pearson, of deletion and attribution over these words */
  readonly correlation: number
}

export interface PreferenceExample extends Subject {
  readonly task: PreferenceTask
  /** up to the choice; of a crossed pair with both words, as in `The family / team moved …` */
  readonly sentence: string
  /** of a crossed pair those of both words */
  readonly right: string
  readonly wrong: string
  /** words between the verb, or the word that is crossed, and the choice */
  readonly distance: number
  /** log p(right) − log p(wrong), nats; of a crossed pair the mean of both */
  readonly margin: number
}
