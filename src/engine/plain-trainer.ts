// Training in TypeScript: clip the gradient, apply the optimiser's equation, carry the state. Whose gradient it is, the caller
// knows: that of the tfjs engine, or that of both halves of a bidirectional language model.

import { norm } from '../core/matrix.ts'
import type { ModelConfig } from '../model/config.ts'
import { stateNames } from '../model/sites.ts'
import { flattenWeights, viewWeights, type Weights } from '../model/weights.ts'
import { checkDraws } from './checks.ts'
import { batchOf } from './drawn-batch.ts'
import type { Sentences, State, Trainer, TrainerOptions, TrainerSnapshot, TrainingBatch, Update } from './engine.ts'
import { applyUpdate, momentCount } from './optimizer.ts'

/** What one pass forward and back over a batch gives. */
export interface Differentiated {
  /** Σ −log p over the targets, nats */
  readonly loss: number
  /** number of targets */
  readonly targets: number
  /** of the loss as a sum, in the order of `weightShapes` */
  readonly flat: Float32Array
  /** state after the batch; null where none can be carried on */
  readonly state: State | null
}

/** @param carried state to start from, a constant; null for the model's initial state, which gets its gradient too */
export type Differentiate = (weights: Weights, batch: TrainingBatch, carried: State | null) => Differentiated

export function createPlainTrainer(
  { config, weights }: { readonly config: ModelConfig; readonly weights: Weights },
  options: TrainerOptions,
  differentiate: Differentiate,
): Trainer {
  const flat = Float32Array.from(flattenWeights(config, weights))
  const live = viewWeights(config, flat)
  const moments = Array.from({ length: momentCount(options.optimizer) }, () => new Float32Array(flat.length))
  let state: State | null = null
  let updates = 0

  const update = (batch: TrainingBatch, learningRate: number): Update => {
    const carries = batch.carry && Object.values(state ?? {})[0]?.length === batch.rows * config.units
    const { loss, targets, flat: gradient, state: next } = differentiate(live, batch, carries ? state : null)
    const scale = options.loss === 'mean' ? 1 / Math.max(1, targets) : 1
    const gradientNorm = scale * norm(gradient)
    const kept = options.clip === null ? 1 : Math.min(1, options.clip / gradientNorm)
    for (let index = 0; index < gradient.length; index++) gradient[index] *= scale * kept
    updates += 1
    applyUpdate(options.optimizer, flat, gradient, moments, updates, learningRate)
    state = batch.lengths ? null : next
    return { loss, targets, gradientNorm }
  }

  return {
    weights: live,
    update,

    updateOn(sentences: Sentences, draws: Int32Array, learningRates: ArrayLike<number>): Update[] {
      checkDraws(sentences, draws, learningRates.length, config)
      const rows = draws.length / learningRates.length
      return Array.from(learningRates, (learningRate, index) => {
        return update(batchOf(sentences, draws.subarray(index * rows, (index + 1) * rows)), learningRate)
      })
    },

    snapshot(): TrainerSnapshot {
      const arrays: Record<string, Float32Array> = { weights: flat.slice(), state: joined(Object.values(state ?? {})) }
      moments.forEach((moment, index) => (arrays[`moment${index}`] = moment.slice()))
      return { updates, arrays }
    },

    restore(snapshot: TrainerSnapshot): void {
      const arrayOf = (name: string): Float32Array => {
        const values = snapshot.arrays[name]
        if (values?.length !== flat.length) throw new Error(`the snapshot's ${name} is of another model or optimiser`)
        return values
      }
      flat.set(arrayOf('weights'))
      moments.forEach((moment, index) => moment.set(arrayOf(`moment${index}`)))
      state = separated(snapshot.arrays['state'], stateNames(config))
      updates = snapshot.updates
    },
  }
}

/** The arrays one after another. */
function joined(arrays: readonly Float32Array[]): Float32Array {
  return Float32Array.from(arrays.flatMap((values) => [...values]))
}

/** The reverse of `joined` for arrays of one length; null where there are none. */
function separated(flat: Float32Array, names: readonly string[]): State | null {
  if (flat.length === 0) return null
  const length = flat.length / names.length
  return Object.fromEntries(names.map((name, index) => [name, flat.slice(index * length, (index + 1) * length)]))
}
