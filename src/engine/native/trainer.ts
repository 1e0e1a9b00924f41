// Training on the native engine. Weights and moments live here, in JavaScript; the kernels compute on them in place and keep
// only scratch memory and the state carried from batch to batch.

import { countParameters, flattenWeights, viewWeights } from '../../model/weights.ts'
import type { ModelConfig } from '../../model/config.ts'
import type { Weights } from '../../model/weights.ts'
import { checkBatch, checkTokens } from '../checks.ts'
import type { Trainer, TrainerOptions } from '../engine.ts'
import { momentCount, type OptimizerConfig } from '../optimizer.ts'
import type { Addon, NetworkHandle } from './addon.ts'

export function createNativeTrainer(
  addon: Addon,
  network: NetworkHandle,
  model: { readonly config: ModelConfig; readonly weights: Weights },
  options: TrainerOptions,
): Trainer {
  const { config } = model
  const size = countParameters(config)
  const weights = flattenWeights(config, model.weights).slice()
  const gradients = new Float32Array(size)
  const moments = Array.from({ length: momentCount(options.optimizer) }, () => new Float32Array(size))
  const parameters = parametersOf(options.optimizer)
  let updates = 0
  return {
    weights: viewWeights(config, weights),
    update(batch, learningRate) {
      checkBatch(batch, config)
      checkTokens(batch.targets, batch.rows * batch.steps, config, -1)
      const { rows, steps, tokens, targets, carry } = batch
      const { loss, targets: count } = addon.gradients(
        network,
        weights,
        {
          rows, steps, tokens, targets, carry,
          mean: options.loss === 'mean',
          dropout: config.dropout > 0,
          seed: options.seed,
          update: updates,
        },
        gradients,
      )
      updates += 1
      const gradientNorm = addon.update(network, {
        optimizer: options.optimizer.name,
        parameters,
        clip: options.clip ?? 0,
        learningRate,
        step: updates,
        weights,
        gradients,
        first: moments[0] ?? null,
        second: moments[1] ?? null,
      })
      return { loss, targets: count, gradientNorm }
    },
    snapshot() {
      const arrays: Record<string, Float32Array> = { weights: weights.slice(), state: addon.readState(network) }
      moments.forEach((moment, index) => (arrays[`moment${index}`] = moment.slice()))
      return { updates, arrays }
    },
    restore(snapshot) {
      const copy = (to: Float32Array, name: string): void => {
        if (snapshot.arrays[name]?.length !== to.length) throw new Error(`the checkpoint's ${name} is of another model`)
        to.set(snapshot.arrays[name])
      }
      copy(weights, 'weights')
      moments.forEach((moment, index) => copy(moment, `moment${index}`))
      addon.writeState(network, snapshot.arrays['state'] ?? new Float32Array(0))
      updates = snapshot.updates
    },
  }
}

/** In the order of `UpdateRequest` in kernels/interface.h. */
function parametersOf(optimizer: OptimizerConfig): Float64Array {
  switch (optimizer.name) {
    case 'sgd': return Float64Array.of(optimizer.momentum, 0, 0)
    case 'adam': return Float64Array.of(optimizer.beta1, optimizer.beta2, optimizer.epsilon)
    case 'rmsprop': return Float64Array.of(optimizer.decay, optimizer.epsilon, 0)
  }
}
