// What a bidirectional language model predicts, and what its layers tell of a token.

import type { Subject } from './subject.ts'

export interface ContextualVectorsResult {
  readonly analysis: 'contextual-vectors'
  readonly perplexity: readonly DirectionRow[]
  readonly probes: readonly LayerProbeRow[]
  readonly mixes: readonly MixRow[]
  readonly gains: readonly MixGainRow[]
  readonly senses: readonly SenseRow[]
  readonly audit: readonly { readonly message: string }[]
}

/** The test text from either end, beside models that count in the same direction. */
export interface DirectionRow extends Subject {
  readonly direction: 'forward' | 'backward'
  /** ends of sentences are some */
  readonly tokens: number
  readonly documents: number
  /** nats a token */
  readonly loss: number
  readonly lossLow: number | null
  readonly lossHigh: number | null
  readonly perplexity: number
  readonly unigramPerplexity: number
  readonly ngramPerplexity: number
  /** loss of the n-gram model − loss, nats a token of the same documents */
  readonly gain: number
  readonly gainLow: number | null
  readonly gainHigh: number | null
}

/** `0` is the embedding, `1` the first layer, …; `mix` all of them, weighted. */
export type VectorLayer = string
export type Network = 'trained' | 'untrained'

/** A linear probe of part of speech. */
export interface LayerProbeRow extends Subject {
  readonly network: Network
  readonly layer: VectorLayer
  readonly group: 'all' | 'ambiguous'
  readonly n: number
  readonly documents: number
  readonly right: number
  readonly low: number | null
  readonly high: number | null
  /** share right of the most frequent tag of each word */
  readonly baseline: number
  /** of a probe of tags that were drawn once for each word (Hewitt & Liang 2019) */
  readonly control: number
  /** right − control */
  readonly selectivity: number
}

/** What a probe of part of speech learned to take of each layer. */
export interface MixRow extends Subject {
  readonly network: Network
  readonly layer: VectorLayer
  readonly weight: number
  /** γ */
  readonly scale: number
}

/** The mix beside a layer alone, on the same tokens. */
export interface MixGainRow extends Subject {
  readonly layer: VectorLayer
  readonly group: LayerProbeRow['group']
  readonly n: number
  readonly gain: number
  readonly gainLow: number | null
  readonly gainHigh: number | null
}

/** Which of the two words it was that a pseudo-word stands for, by the nearest mean. */
export interface SenseRow extends Subject {
  readonly network: Network
  readonly layer: VectorLayer
  readonly n: number
  /** pseudo-words, which the intervals resample */
  readonly words: number
  readonly right: number
  readonly low: number | null
  readonly high: number | null
  /** share right of the word that is the more frequent one in the training text */
  readonly baseline: number
}
