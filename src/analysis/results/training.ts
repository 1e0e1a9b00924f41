// What training returns: how loss fell.

import type { Subject } from './subject.ts'

export interface TrainingResult {
  readonly analysis: 'training'
  readonly rows: readonly TrainingRow[]
}

/** One row an evaluation. Losses are nats per token; the training loss is the mean since the row before, with dropout. */
export interface TrainingRow extends Subject {
  readonly update: number
  readonly epoch: number
  readonly trainingLoss: number
  readonly validationLoss: number
  /** training never saw the validation text; false for a language, where both are all words of the range */
  readonly heldOut: boolean
  /** unigram model on the validation text */
  readonly unigramLoss: number
  readonly learningRate: number
  /** log-mean of the gradient's norm before clipping, since the row before */
  readonly gradientNorm: number
}
