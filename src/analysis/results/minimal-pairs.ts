// Minimal pairs from anybody's files: how often the right sentence of two is the more probable one.

import type { Subject } from './subject.ts'

export interface MinimalPairsResult {
  readonly analysis: 'minimal-pairs'
  readonly rows: readonly PairShareRow[]
  /** what the files say of other models, on the same pairs */
  readonly published: readonly PublishedRow[]
  readonly pairs: readonly PairRow[]
  readonly audit: readonly { readonly task: string; readonly message: string }[]
}

export type PairScoring = 'word' | 'sentence'

interface PairGroup {
  /** name of the file */
  readonly task: string
  /** the column that groups: `all`, `condition`, or one of the file's */
  readonly by: string
  readonly group: string
}

export interface PairShareRow extends Subject, PairGroup {
  readonly scoring: PairScoring
  readonly n: number
  /** what the interval resamples: sentences whose variants these pairs are */
  readonly clusters: number
  /** a tie counts ½ */
  readonly right: number
  readonly low: number
  readonly high: number
  /** mean of log p(right) − log p(wrong), nats */
  readonly margin: number
  readonly marginLow: number | null
  readonly marginHigh: number | null
  /** share right of models that only count, trained on the text of the experiment */
  readonly unigram: number
  readonly ngram: number
  /** share right beyond the better of the two, on the same pairs */
  readonly gain: number
  readonly gainLow: number | null
  readonly gainHigh: number | null
}

export interface PublishedRow extends PairGroup {
  /** the column of the file */
  readonly source: string
  readonly n: number
  readonly right: number
}

export interface PairRow extends Subject {
  readonly task: string
  readonly id: string
  readonly condition: string
  readonly scoring: PairScoring
  /** the right sentence, and the other one; of a word that decides the sentence up to it */
  readonly sentence: string
  readonly right: string
  readonly wrong: string
  readonly margin: number
  /** of the 5-gram model */
  readonly ngramMargin: number
}
