// The stack of layers between embedding and decoder, one step at a time.

import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { ModelConfig } from '../../model/config.ts'
import { STATE_QUANTITIES, stateNames, type Site } from '../../model/sites.ts'
import { weightShapes, type Weights } from '../../model/weights.ts'
import type { State } from '../engine.ts'
import type { LayerState, LayerWeights, See } from './cell.ts'
import { gruStep } from './gru.ts'
import { lstmStep } from './lstm.ts'
import { rnnStep } from './rnn.ts'

export type TensorWeights = Readonly<Record<string, Tensor>>
/** `0.hidden` and, in an LSTM, `0.cell`, …, each [rows, units]. */
export type TensorState = Readonly<Record<string, Tensor2D>>

/** The values that a site's readers see: the next step of the same layer, and whatever stands above. */
export interface Seen {
  readonly recurrent: Tensor2D
  readonly output: Tensor2D
}

/** Called with the value [rows, units] of every site as soon as it is computed. */
export type Observer = (site: Site, value: Tensor2D) => Seen

/** Nothing is recorded, nothing is changed. */
export const unobserved: Observer = (_site, value) => ({ recurrent: value, output: value })

export function weightTensors(config: ModelConfig, weights: Weights): Record<string, Tensor> {
  const tensors = weightShapes(config).map(({ name, shape }) => [name, tf.tensor(weights[name], [...shape])] as const)
  return Object.fromEntries(tensors)
}

/** The model's own state before the first token: zeros, or the trained vectors for every row. */
export function initialState(config: ModelConfig, weights: TensorWeights, rows: number): TensorState {
  const trained: Readonly<Record<string, string>> = { hidden: 'initialHidden', cell: 'initialCell' }
  const valueOf = (name: string): Tensor2D => {
    if (config.initialState === 'zeros') return tf.zeros([rows, config.units])
    const [layer, quantity] = name.split('.')
    return weights[`${layer}.${trained[quantity]}`].reshape<Tensor2D>([1, config.units]).tile([rows, 1])
  }
  return Object.fromEntries(stateNames(config).map((name) => [name, valueOf(name)]))
}

export function stateTensors(config: ModelConfig, state: State, rows: number): TensorState {
  return Object.fromEntries(stateNames(config).map((name) => [name, tf.tensor2d(state[name], [rows, config.units])]))
}

/**
 * One step of every layer.
 * @param embedded the tokens' rows of the embedding, [rows, embedding]
 * @returns the next state, and the top layer's hidden values [rows, units] as the decoder sees them
 */
export function stackStep(
  config: ModelConfig,
  weights: TensorWeights,
  embedded: Tensor2D,
  state: TensorState,
  observe: Observer,
): { readonly state: TensorState; readonly top: Tensor2D } {
  const next: Record<string, Tensor2D> = {}
  let x = observe({ layer: null, quantity: 'embedding' }, embedded).output
  for (let layer = 0; layer < config.layers; layer++) {
    const see: See = (quantity, value) => observe({ layer, quantity }, value).output
    const computed = cellStep(config, layerWeights(weights, layer), x, layerState(config, state, layer), see)
    const hidden = observe({ layer, quantity: 'hidden' }, computed.hidden)
    for (const [quantity, value] of Object.entries({ ...computed, hidden: hidden.recurrent })) {
      next[`${layer}.${quantity}`] = value
    }
    x = hidden.output
  }
  return { state: next, top: x }
}

function cellStep(config: ModelConfig, weights: LayerWeights, x: Tensor2D, state: LayerState, see: See): LayerState {
  switch (config.cell) {
    case 'lstm':
      return lstmStep(config, weights, x, state, see)
    case 'gru':
      return gruStep(config, weights, x, state, see)
    case 'rnn':
      return rnnStep(config, weights, x, state, see)
  }
}

function layerWeights(weights: TensorWeights, layer: number): LayerWeights {
  return {
    kernel: weights[`${layer}.kernel`],
    recurrentKernel: weights[`${layer}.recurrentKernel`],
    bias: weights[`${layer}.bias`],
    recurrentBias: weights[`${layer}.recurrentBias`],
  }
}

function layerState(config: ModelConfig, state: TensorState, layer: number): LayerState {
  return Object.fromEntries(STATE_QUANTITIES[config.cell].map((quantity) => [quantity, state[`${layer}.${quantity}`]]))
}

/** Logits [rows, vocabulary] of top values [rows, units]; the decoder's matrix is the embedding when tied. */
export function decode(config: ModelConfig, weights: TensorWeights, top: Tensor2D): Tensor2D {
  return top.matMul<Tensor2D>(decoderTensor(config, weights), false, true).add(weights.decoderBias)
}

/** [vocabulary, units] */
export function decoderTensor(config: ModelConfig, weights: TensorWeights): Tensor2D {
  return (config.tied ? weights.embedding : weights.decoder) as Tensor2D
}

/** Where a row has ended before `step` it keeps its state. */
export function holdEnded(
  before: TensorState,
  after: TensorState,
  lengths: Int32Array | undefined,
  step: number,
): TensorState {
  if (!lengths?.some((length) => length <= step)) return after
  const running = tf.tensor2d(Array.from(lengths, (length) => step < length), [lengths.length, 1], 'bool')
  const held = Object.entries(after).map(([name, value]) => [name, tf.where(running, value, before[name])] as const)
  return Object.fromEntries(held)
}
