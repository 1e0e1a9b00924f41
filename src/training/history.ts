// What a training has seen so far, as plain data that goes through JSON without loss: the rows of the training curve,
// the sums since the last row, and what the schedule and early stopping need.

import { exp, log } from '../core/math.ts'
import type { Update } from '../engine/engine.ts'

/** A row of the curve. Losses are nats per token; the training loss is averaged since the row before, with dropout. */
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
  /** the largest one since the row before: a mean hides explosions. Older trainings in a store lack it. */
  readonly largestGradientNorm?: number
}

export interface History {
  readonly rows: readonly Evaluation[]
  /** sums since the last row */
  readonly loss: number
  readonly targets: number
  readonly logNorm: number
  /** the largest norm since the last row */
  readonly largestNorm: number
  readonly updates: number
  /** evaluations that did not improve the validation loss: all of them, and those since the best one */
  readonly setbacks: number
  readonly setbacksInARow: number
}

export const NO_HISTORY: History = {
  rows: [], loss: 0, targets: 0, logNorm: 0, largestNorm: 0, updates: 0, setbacks: 0, setbacksInARow: 0,
}

/** A norm of zero counts as this, so that its logarithm is a number. */
const SMALLEST_NORM = 1e-30

export function addUpdate(history: History, { loss, targets, gradientNorm }: Update): History {
  return {
    ...history,
    loss: history.loss + loss,
    targets: history.targets + targets,
    logNorm: history.logNorm + log(Math.max(gradientNorm, SMALLEST_NORM)),
    largestNorm: Math.max(history.largestNorm, gradientNorm),
    updates: history.updates + 1,
  }
}

/** Closes a row. */
export function addEvaluation(
  history: History,
  row: Pick<Evaluation, 'update' | 'epoch' | 'validationLoss' | 'learningRate'>,
): History {
  const better = row.validationLoss < bestLoss(history)
  const evaluation = {
    ...row,
    trainingLoss: history.loss / history.targets,
    gradientNorm: exp(history.logNorm / history.updates),
    largestGradientNorm: history.largestNorm,
  }
  return {
    ...NO_HISTORY,
    rows: [...history.rows, evaluation],
    setbacks: history.setbacks + (better ? 0 : 1),
    setbacksInARow: better ? 0 : history.setbacksInARow + 1,
  }
}

/** Infinity before the first evaluation. */
export function bestLoss(history: History): number {
  return history.rows.reduce((best, { validationLoss }) => Math.min(best, validationLoss), Infinity)
}
