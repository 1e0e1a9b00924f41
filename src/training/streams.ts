// Reading a running text by truncated backpropagation through time (Williams & Peng 1990): streams side by side, cut
// into windows, the state carried from window to window.

import { UserError } from '../core/errors.ts'
import { streamWindow, windowCount } from '../data/batches.ts'
import type { StreamTraining } from './config.ts'
import { evaluateLoss } from './evaluate.ts'
import { endsPart, type Reading } from './reading.ts'

/** @throws UserError where a text is too short */
export function readStreams(training: Int32Array, validation: Int32Array, config: StreamTraining): Reading {
  if (validation.length < 2) throw new UserError('The validation text has fewer than 2 tokens. Give it more text.')
  const perEpoch = windowCount(training, config)
  return {
    updates: perEpoch * config.epochs,
    total: training.length * config.epochs,
    unit: 'tokens',
    title: (updates) => `Epoch ${Math.ceil(updates / perEpoch)} of ${config.epochs}`,
    epochOf: (update) => Math.floor(update / perEpoch) + 1,
    isDue: (updates) => updates > 0 && endsPart(((updates - 1) % perEpoch) + 1, perEpoch, config.evaluations),
    advance: (trainer, from, _, rateOf) => [
      trainer.update(streamWindow(training, from % perEpoch, config), rateOf(from)),
    ],
    validationLoss: (engine, model, signal) => evaluateLoss(engine, model, validation, { signal }),
  }
}
