// Loss on held-out text beside models that only count words. Documents are the unit of the bootstrap: sentences of one
// document share their topic.

import type { Engine } from '../engine/engine.ts'
import type { PerplexityRow } from './results.ts'
import type { AnalysedModel, Document } from './subject.ts'

export interface PerplexityText {
  readonly split: 'validation' | 'test'
  readonly documents: readonly Document[]
}

/** Σ −log p of a document's tokens, nats. */
export type DocumentLoss = (document: Document) => number

export interface PerplexityOptions {
  readonly unigram: DocumentLoss
  readonly ngram: DocumentLoss
  readonly ngramOrder: number
  /** resamples of the documents; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
}

/** One row a split. */
export function perplexity(
  engine: Engine,
  subject: AnalysedModel,
  texts: readonly PerplexityText[],
  options: PerplexityOptions,
): PerplexityRow[] {
  throw new Error('not written yet')
}
