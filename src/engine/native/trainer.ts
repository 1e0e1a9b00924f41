// Training on the native engine. Weights and moments live here, in JavaScript; the kernels compute on them in place and keep
// only scratch memory and the state carried from batch to batch.

import { countParameters, flattenWeights, viewWeights } from '../../model/weights.ts'
import type { ModelConfig } from '../../model/config.ts'
import type { Weights } from '../../model/weights.ts'
import { checkDraws, checkTrainingBatch } from '../checks.ts'
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
  const loss = { mean: options.loss === 'mean', dropout: config.dropout > 0, seed: options.seed }
  const optimizer = {
    optimizer: options.optimizer.name,
    parameters: parametersOf(options.optimizer),
    clip: options.clip ?? 0,
    weights,
    gradients,
    first: moments[0] ?? null,
    second: moments[1] ?? null,
  }
  let updates = 0
  return {
    weights: viewWeights(config, weights),
    update(batch, learningRate) {
      checkTrainingBatch(batch, config)
      const { rows, steps, tokens, targets, lengths = null, carry } = batch
      const request = { rows, steps, tokens, targets, lengths, carry, ...loss, update: updates }
      const result = addon.gradients(network, weights, request, gradients)
      updates += 1
      const gradientNorm = addon.update(network, { ...optimizer, learningRate, step: updates })
      return { ...result, gradientNorm }
    },
    updateOn(sentences, draws, learningRates) {
      checkDraws(sentences, draws, learningRates.length, config)
      const { tokens, starts, context = null, tags = null } = sentences
      const rates = Float64Array.from(learningRates)
      const reports = new Float64Array(3 * rates.length)
      addon.updateOn(network, {
        tokens, starts, context, tags,
        updates: rates.length,
        rows: draws.length / rates.length,
        draws,
        learningRates: rates,
        ...loss,
        update: updates,
        ...optimizer,
        reports,
      })
      updates += rates.length
      return Array.from(rates, (_, index) => {
        const [loss, targets, gradientNorm] = reports.subarray(3 * index)
        return { loss, targets, gradientNorm }
      })
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
