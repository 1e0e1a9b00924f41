// The loss of a batch and its gradient, by TensorFlow.js's automatic differentiation through every step.

import * as tf from '@tensorflow/tfjs'
import type { Scalar, Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import { outputsOf, type ModelConfig } from '../../model/config.ts'
import { countParameters, viewWeights, weightShapes, type Weights } from '../../model/weights.ts'
import { checkTrainingBatch } from '../checks.ts'
import type { Batch, State, TrainingBatch } from '../engine.ts'
import type { Differentiated } from '../plain-trainer.ts'
import { decode, initialState, runLayers, stateTensors, unobserved, weightTensors } from './network.ts'
import type { TensorWeights } from './network.ts'
import { columnOf, readState, withoutLeaks } from './run.ts'

/**
 * @param carried as `Differentiate` says
 * @returns `gradients` are views of `flat`
 */
export function differentiate(
  config: ModelConfig,
  weights: Weights,
  batch: TrainingBatch,
  carried: State | null,
): Differentiated & { readonly gradients: Weights } {
  checkTrainingBatch(batch, config)
  const flat = new Float32Array(countParameters(config))
  const gradients = viewWeights(config, flat)
  return withoutLeaks(() => {
    const tensors = weightTensors(config, weights)
    const names = weightShapes(config).map(({ name }) => name)
    const reached = carried ? names.filter((name) => !/\.initial(Hidden|Cell)$/.test(name)) : names
    let state: State = {}
    const lossOf = (...values: Tensor[]): Scalar => {
      const used = { ...tensors, ...Object.fromEntries(reached.map((name, index) => [name, values[index]])) }
      const result = forward(config, used, batch, carried)
      state = readState(result.state)
      return result.loss
    }
    const { value, grads } = tf.valueAndGrads(lossOf)(reached.map((name) => tensors[name]))
    reached.forEach((name, index) => gradients[name].set(grads[index].dataSync()))
    const targets = batch.targets.reduce((count, target) => count + (target >= 0 ? 1 : 0), 0)
    return { loss: value.dataSync()[0], targets, flat, gradients, state }
  })
}

/** Σ −log p over the targets, as a tensor that can be differentiated. */
function forward(config: ModelConfig, weights: TensorWeights, batch: TrainingBatch, carried: State | null) {
  const { rows, steps } = batch
  const before = carried ? stateTensors(config, carried, rows) : initialState(config, weights, rows)
  const embedded = lookUp(weights.embedding, timeOutermost(batch.tokens, batch)) as Tensor2D
  // TensorFlow.js cannot differentiate a split into one part
  const bySteps = steps > 1 ? embedded.split<Tensor2D>(steps) : [embedded]
  const lengths = config.bidirectional ? batch.lengths : undefined // read forward, what is beyond an end reaches no target
  const { tops, state } = runLayers(config, weights, bySteps, before, lengths, unobserved)
  // [steps · rows, outputs]; a target of −1 has a row of zeros
  const chosen = tf.oneHot(timeOutermost(batch.targets, batch), outputsOf(config))
  const logProbabilities = decode(config, weights, tf.concat([...tops])).logSoftmax()
  return { loss: tf.sub<Scalar>(0, logProbabilities.mul(chosen).sum()), state }
}

/**
 * Rows of the embedding. The gradient of tf.gather visits every row of the embedding for itself; this one scatters.
 * @param embedding [vocabulary, embedding]
 * @param ids [tokens]
 * @returns [tokens, embedding]
 */
function lookUp(embedding: Tensor, ids: Tensor1D): Tensor {
  const indices = ids.expandDims<Tensor2D>(1)
  return tf.customGrad((matrix) => ({
    value: (matrix as Tensor).gather(ids),
    gradFunc: (slope: Tensor) => tf.scatterND(indices, slope, embedding.shape),
  }))(embedding)
}

/** [steps · rows] from a matrix [rows, steps]. */
function timeOutermost(ids: Int32Array, batch: Batch): Tensor1D {
  return tf.concat(Array.from({ length: batch.steps }, (_, step) => columnOf(ids, batch, step)))
}
