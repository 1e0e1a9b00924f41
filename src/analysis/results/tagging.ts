// How often taggers are right, and what the right context is worth.

import type { Subject } from './subject.ts'

export interface TaggingResult {
  readonly analysis: 'tagging'
  readonly rows: readonly TaggingRow[]
  /** each bidirectional tagger beside each other one of the same seed */
  readonly rightContext: readonly RightContextRow[]
  readonly words: readonly TaggedWordRow[]
  readonly audit: readonly { readonly message: string }[]
}

/** Tokens whose word has several tags in the training text, one, or is not there. */
export type TokenGroup = 'all' | 'ambiguous' | 'unambiguous' | 'unknown'

export interface TaggingRow extends Subject {
  readonly group: TokenGroup
  /** tokens of the test text, ends of sentences left out */
  readonly n: number
  /** what the intervals resample */
  readonly documents: number
  readonly right: number
  readonly low: number | null
  readonly high: number | null
  /** share right of the most frequent tag of each word */
  readonly baseline: number
  /** share right beyond the baseline, on the same tokens */
  readonly gain: number
  readonly gainLow: number | null
  readonly gainHigh: number | null
}

export interface RightContextRow extends Subject {
  /** the tagger that reads in one direction */
  readonly against: string
  readonly group: TokenGroup
  readonly n: number
  readonly right: number
  readonly rightAgainst: number
  /** right − rightAgainst, on the same tokens */
  readonly gain: number
  readonly gainLow: number | null
  readonly gainHigh: number | null
  /** tokens that only the one with both directions is right about, and only the other one */
  readonly helped: number
  readonly hurt: number
}

export interface TaggedWordRow extends Subject {
  readonly against: string
  readonly word: string
  /** tokens of the validation text that it gains there, by which it was chosen */
  readonly chosenBy: number
  /** of the test text */
  readonly n: number
  readonly baseline: number
  readonly rightAgainst: number
  readonly right: number
}
