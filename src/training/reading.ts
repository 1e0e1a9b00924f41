// How a training goes through its data. Two ways: the streams of a running text (streams.ts), and sentences drawn at
// random (drawn-sentences.ts). Each knows the whole way by the number of an update, so that it goes on anywhere.

import type { Engine, Trainer, Update } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'

export interface Reading {
  /** updates of the whole training */
  readonly updates: number
  /** how far the progress counts, and what */
  readonly total: number
  readonly unit: 'tokens' | 'updates'
  /** where a training is after so many updates, such as `Epoch 2 of 6` */
  title(updates: number): string
  /** the epoch, from 1, in which update number `update`, from 0, is made: what schedules count */
  epochOf(update: number): number
  /** is the validation loss due after so many updates? */
  isDue(updates: number): boolean
  /** one or several updates, at most `most`, from number `from` on, never past an evaluation that is due */
  advance(trainer: Trainer, from: number, most: number, rateOf: (update: number) => number): readonly Update[]
  /** mean −log p of a validation token, nats */
  validationLoss(
    engine: Engine,
    model: Pick<Model, 'config' | 'weights'>,
    signal: AbortSignal | undefined,
  ): Promise<number>
}

/** Is one of `parts` equal parts of `whole` updates complete after `done` of them? The last one ends with the whole. */
export function endsPart(done: number, whole: number, parts: number): boolean {
  const part = (updates: number): number => Math.floor((updates * parts) / whole)
  return done > 0 && part(done) > part(done - 1)
}
