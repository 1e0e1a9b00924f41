// Training of a bidirectional language model: the losses of both halves are added (Peters et al. 2018), each on the same
// sentences, read from its own end.

import { UserError } from '../core/errors.ts'
import { isPair, type ModelConfig } from '../model/config.ts'
import { addHalf, halfOf } from '../model/halves.ts'
import { DIRECTIONS } from '../model/sites.ts'
import { countParameters, viewWeights, type Weights } from '../model/weights.ts'
import { backwardOf } from './drawn-batch.ts'
import type { Engine, Trainer, TrainerOptions } from './engine.ts'
import { createPlainTrainer } from './plain-trainer.ts'

/** The engine's own trainer, or that of both halves. @throws UserError for halves with dropout */
export function createTrainer(
  engine: Engine,
  model: { readonly config: ModelConfig; readonly weights: Weights },
  options: TrainerOptions,
): Trainer {
  const { config } = model
  if (!isPair(config)) return engine.trainer(model, options)
  if (config.dropout > 0) throw new UserError('A bidirectional language model is trained without dropout. Set dropout to 0.')
  return createPlainTrainer(model, options, (weights, batch) => {
    const flat = new Float32Array(countParameters(config))
    const gradients = viewWeights(config, flat)
    let loss = 0
    for (const direction of DIRECTIONS) {
      const read = direction === 'forward' ? batch : backwardOf(batch)
      const half = engine.gradients(halfOf({ config, weights }, direction), read, 'sum')
      addHalf(half.gradients, direction, gradients)
      loss += half.loss
    }
    const targets = DIRECTIONS.length * batch.targets.filter((target) => target >= 0).length
    return { loss, targets, flat, state: null }
  })
}
