// What training returns: how loss fell.

import type { Subject } from './subject.ts'

export interface TrainingResult {
  readonly analysis: 'training'
  readonly rows: readonly TrainingRow[]
}

/** One row an evaluation. Losses are nats per token; the training loss is the mean since the row before, with dropout. */
export interface TrainingRow extends Subject {
  /** the model without its data, and the number of these: 1 for the first of the experiment */
  readonly entry: string
  readonly data: number
  readonly update: number
  readonly epoch: number
  readonly trainingLoss: number
  readonly validationLoss: number
  /** training never saw the validation text; false for a language, where both are all words of the range */
  readonly heldOut: boolean
  /** of a tagger; a language model says tokens */
  readonly says?: 'tags'
  /** unigram model, of the tokens or of the tags, on the validation text */
  readonly unigramLoss: number
  readonly learningRate: number
  /** norm that gradients are cut to; null for none */
  readonly clip: number | null
  /** log-mean of the gradient's norm before clipping, since the row before */
  readonly gradientNorm: number
  /** the largest one since the row before: a mean hides explosions; null of trainings before this was kept */
  readonly largestGradientNorm: number | null
}
