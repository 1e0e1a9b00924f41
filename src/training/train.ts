// Trains a language model on a running text by truncated backpropagation through time (Williams & Peng 1990), the state
// carried from update to update. Saves checkpoints on the way; a training that was stopped at any moment and started again
// ends with the same bytes as one that never was.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import type { TrainingConfig } from './config.ts'

export interface TrainOptions {
  readonly engine: Engine
  /** the model to start from; it is not changed */
  readonly model: Model
  readonly data: TrainingText
  readonly config: TrainingConfig
  /** keys the dropout masks */
  readonly seed: number
  /** where the training may be interrupted and goes on; null for none */
  readonly checkpoint?: CheckpointOptions | null
  readonly log?: Log
  /** aborted by Ctrl-C: saves and throws Interrupted */
  readonly signal?: AbortSignal
}

/** Token ids of two running texts. */
export interface TrainingText {
  readonly training: Int32Array
  readonly validation: Int32Array
}

export interface CheckpointOptions {
  /** its own folder: one for each training */
  readonly directory: string
  /** at least so long between two checkpoints; 10 by default */
  readonly seconds?: number
}

/** One row an evaluation. Losses are nats per token; the training loss is averaged since the row before, with dropout. */
export interface Evaluation {
  /** updates made */
  readonly update: number
  /** from 1 */
  readonly epoch: number
  readonly trainingLoss: number
  readonly validationLoss: number
  /** of the last update */
  readonly learningRate: number
  /** geometric mean of the gradient's norm before clipping, since the row before */
  readonly gradientNorm: number
}

export interface Trained {
  /** with the weights that `config.keep` names */
  readonly model: Model
  readonly history: readonly Evaluation[]
  readonly updates: number
  /** early stopping ended it before the last epoch did */
  readonly stoppedEarly: boolean
}

/**
 * @throws Interrupted where `signal` was aborted
 * @throws UserError where the text is too short, the loss is no longer a number, or the checkpoint is another training's
 */
export async function train(options: TrainOptions): Promise<Trained> {
  throw new Error(`not written yet ${options.seed}`)
}
