// Training, without dropout: clip the gradient, apply the optimiser's equation, carry the state.

import { UserError } from '../../core/errors.ts'
import type { ModelConfig } from '../../model/config.ts'
import { flattenWeights, viewWeights, type Weights } from '../../model/weights.ts'
import type { State, Trainer, TrainerOptions, TrainerSnapshot, TrainingBatch, Update } from '../engine.ts'
import { applyUpdate, momentCount } from '../optimizer.ts'
import { differentiate } from './gradients.ts'

/** @throws UserError for a model with dropout */
export function createTrainer(
  { config, weights }: { readonly config: ModelConfig; readonly weights: Weights },
  options: TrainerOptions,
): Trainer {
  if (config.dropout > 0) {
    throw new UserError(
      `the tfjs engine trains without dropout, and the model has ${config.dropout}. Set dropout to 0 or use the native engine.`,
    )
  }
  const flat = Float32Array.from(flattenWeights(config, weights))
  const live = viewWeights(config, flat)
  const moments = Array.from({ length: momentCount(options.optimizer) }, () => new Float32Array(flat.length))
  let state: State | null = null
  let updates = 0

  return {
    weights: live,

    update(batch: TrainingBatch, learningRate: number): Update {
      const result = differentiate(config, live, batch, batch.carry ? state : null)
      const { loss, targets, flat: gradient } = result
      const scale = options.loss === 'mean' ? 1 / Math.max(1, targets) : 1
      const gradientNorm = scale * norm(gradient)
      const kept = options.clip === null ? 1 : Math.min(1, options.clip / gradientNorm)
      for (let index = 0; index < gradient.length; index++) gradient[index] *= scale * kept
      updates += 1
      applyUpdate(options.optimizer, flat, gradient, moments, updates, learningRate)
      state = result.state
      return { loss, targets, gradientNorm }
    },

    snapshot(): TrainerSnapshot {
      const arrays: Record<string, Float32Array> = { weights: flat.slice() }
      moments.forEach((moment, index) => (arrays[`moments.${index}`] = moment.slice()))
      for (const [name, values] of Object.entries(state ?? {})) arrays[`state.${name}`] = values.slice()
      return { updates, arrays }
    },

    restore(snapshot: TrainerSnapshot): void {
      const own = { weights: flat, ...Object.fromEntries(moments.map((moment, index) => [`moments.${index}`, moment])) }
      for (const [name, target] of Object.entries(own)) {
        const source = snapshot.arrays[name]
        if (source?.length !== target.length) throw new Error(`the snapshot does not fit this trainer: ${name}`)
        target.set(source)
      }
      const states = Object.entries(snapshot.arrays).filter(([name]) => name.startsWith('state.'))
      state = states.length > 0 ? Object.fromEntries(states.map(([name, values]) => [name.slice(6), values.slice()])) : null
      updates = snapshot.updates
    },
  }
}

function norm(values: Float32Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))
}
