// How a model is trained, every default filled in. Only what decides the result stands here; where checkpoints go and
// how often they are written does not, and is an option of `train`.

import type { OptimizerConfig } from '../engine/optimizer.ts'

/** How the learning rate moves. Epochs count from 1. */
export type Schedule =
  | { readonly name: 'constant' }
  /** full until the epoch `after` ends, then times `factor` with each epoch (Zaremba et al. 2014) */
  | { readonly name: 'decay'; readonly factor: number; readonly after: number }
  /** divided by `divide` whenever an evaluation does not improve the validation loss (Gulordava et al. 2018) */
  | { readonly name: 'plateau'; readonly divide: number }
  /** a straight line from `learningRate` at the first update to `last` at the last */
  | { readonly name: 'linear'; readonly last: number }

export const SCHEDULES = ['constant', 'decay', 'plateau', 'linear'] as const satisfies readonly Schedule['name'][]

/** Which weights a training hands back: those after the last update, or those of the best evaluation. */
export type Keep = 'last' | 'best'
export const KEEPS = ['last', 'best'] as const satisfies readonly Keep[]

interface CommonTraining {
  readonly optimizer: OptimizerConfig
  readonly learningRate: number
  readonly schedule: Schedule
  /** largest norm of the whole gradient; null for none */
  readonly clip: number | null
  /** what the gradient is of: the mean or the sum of −log p over the tokens of an update */
  readonly loss: 'mean' | 'sum'
  /** stop after so many evaluations in a row without a better validation loss; null for never */
  readonly earlyStopping: number | null
  readonly keep: Keep
  /** where the decoder's bias begins: at the log frequencies of the training text; at zero where it is left out */
  readonly decoderBias?: 'unigram'
  /** when the weights on the way are kept, too; never where it is left out */
  readonly snapshots?: Snapshots
}

/** After 0, 1, 2, 4, 8, … updates, or after these shares of all updates: [0, 0.5] is at the start and half way. */
export type Snapshots = 'doubling' | readonly number[]

/** A running text, cut into streams whose state goes on from update to update. */
export interface StreamTraining extends CommonTraining {
  /** passes over the training text */
  readonly epochs: number
  /** streams read side by side */
  readonly batch: number
  /** tokens of each stream in an update: how far the gradient reaches back. The state goes on to the next. */
  readonly steps: number
  /** evaluations on the validation text in each epoch, evenly spaced; the last one ends the epoch */
  readonly evaluations: number
}

/** Sentences drawn at random, with replacement, each read whole and from the initial state. */
export interface DrawnTraining extends CommonTraining {
  readonly updates: number
  /** sentences of an update */
  readonly batch: number
  /** evaluations of the whole training, evenly spaced; the last one ends it */
  readonly evaluations: number
}

export type TrainingConfig = StreamTraining | DrawnTraining

export function isDrawn(config: TrainingConfig): config is DrawnTraining {
  return 'updates' in config
}

export const DEFAULT_TRAINING: StreamTraining = {
  epochs: 1,
  batch: 32,
  steps: 35,
  optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  learningRate: 0.002,
  schedule: { name: 'constant' },
  clip: 1,
  loss: 'mean',
  evaluations: 1,
  earlyStopping: null,
  keep: 'last',
}

export const DEFAULT_DRAWN: DrawnTraining = {
  updates: 4000,
  batch: 10,
  optimizer: DEFAULT_TRAINING.optimizer,
  learningRate: 0.01,
  schedule: { name: 'constant' },
  clip: 1,
  loss: 'mean',
  evaluations: 10,
  earlyStopping: null,
  keep: 'last',
}
