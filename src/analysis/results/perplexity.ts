// Loss on unseen text beside models that only count.

import type { Subject } from './subject.ts'

export interface PerplexityResult {
  readonly analysis: 'perplexity'
  readonly rows: readonly PerplexityRow[]
  readonly orders: readonly NgramRow[]
}

export interface PerplexityRow extends Subject {
  readonly split: 'validation' | 'test'
  readonly tokens: number
  readonly documents: number
  /** nats per token; interval by bootstrap over documents, none (null) of a single document */
  readonly loss: number
  readonly lossLow: number | null
  readonly lossHigh: number | null
  readonly perplexity: number
  readonly unigramPerplexity: number
  readonly ngramPerplexity: number
  readonly ngramOrder: number
  /** only for characters */
  readonly bitsPerCharacter: number | null
}

/** What counting gains by looking further back: an n-gram model of one order on one text. */
export interface NgramRow {
  readonly split: PerplexityRow['split']
  readonly order: number
  readonly tokens: number
  /** nats per token */
  readonly loss: number
  /** only for characters */
  readonly bitsPerCharacter: number | null
}
