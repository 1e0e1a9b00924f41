// Training, without dropout.

import { UserError } from '../../core/errors.ts'
import type { ModelConfig } from '../../model/config.ts'
import type { Weights } from '../../model/weights.ts'
import type { Trainer, TrainerOptions } from '../engine.ts'
import { createPlainTrainer } from '../plain-trainer.ts'
import { differentiate } from './gradients.ts'

/** @throws UserError for a model with dropout */
export function createTrainer(
  model: { readonly config: ModelConfig; readonly weights: Weights },
  options: TrainerOptions,
): Trainer {
  const { config } = model
  if (config.dropout > 0) {
    throw new UserError(
      `The tfjs engine trains without dropout, and the model has ${config.dropout}. ` +
        'Set dropout to 0 or use the native engine.',
    )
  }
  return createPlainTrainer(model, options, (weights, batch, carried) => differentiate(config, weights, batch, carried))
}
