// Loss on held-out text beside models that only count words. Documents are the unit of the bootstrap: sentences of one
// document share their topic.

import type { DatasetPart } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import type { CountModel } from '../model/ngram.ts'
import type { PerplexityRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface PerplexityText {
  readonly split: PerplexityRow['split']
  readonly part: Pick<DatasetPart, 'tokens' | 'documentStarts' | 'sentenceStarts'>
}

export interface PerplexityOptions {
  /** trained on the training part */
  readonly unigram: CountModel
  /** trained on the training part; its contexts begin anew with each sentence */
  readonly ngram: CountModel
  /** resamples of the documents; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** One row a text. The first token of each text is not counted: nothing predicts it. */
export async function perplexity(
  engine: Engine,
  subject: AnalysedModel,
  texts: readonly PerplexityText[],
  options: PerplexityOptions,
): Promise<PerplexityRow[]> {
  throw new Error('not written yet')
}
