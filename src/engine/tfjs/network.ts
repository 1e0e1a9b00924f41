// The stack of layers between embedding and decoder, one layer after the other, each over all steps in its direction.

import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { ModelConfig } from '../../model/config.ts'
import { layerName, layersOf, siteName, STATE_QUANTITIES, stateNames } from '../../model/sites.ts'
import type { Layer, Site } from '../../model/sites.ts'
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

/** Called with the value [rows, units] of every site at every step as soon as it is computed. */
export type Observer = (site: Site, value: Tensor2D, step: number) => Seen

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
    const place = name.replace(/\.\w+$/, '')
    return weights[`${place}.${trained[name.slice(place.length + 1)]}`].reshape<Tensor2D>([1, config.units]).tile([rows, 1])
  }
  return Object.fromEntries(stateNames(config).map((name) => [name, valueOf(name)]))
}

export function stateTensors(config: ModelConfig, state: State, rows: number): TensorState {
  return Object.fromEntries(stateNames(config).map((name) => [name, tf.tensor2d(state[name], [rows, config.units])]))
}

/**
 * Every layer over a batch, bottom first.
 * @param embedded the tokens' rows of the embedding, [rows, embedding] a step
 * @param state before the first step, or before the last one where a layer reads backward
 * @returns the state after each row's end, and what the decoder reads, [rows, outputWidth] a step
 */
export function runLayers(
  config: ModelConfig,
  weights: TensorWeights,
  embedded: readonly Tensor2D[],
  state: TensorState,
  lengths: Int32Array | undefined,
  observe: Observer,
): { readonly state: TensorState; readonly tops: readonly Tensor2D[] } {
  const after: Record<string, Tensor2D> = {}
  let inputs = embedded.map((value, step) => observe({ layer: null, quantity: 'embedding' }, value, step).output)
  for (let layer = 0; layer < config.layers; layer++) {
    const directions = layersOf(config).filter((place) => place.layer === layer)
    const outputs = directions.map((place) => runLayer(config, weights, place, inputs, state, lengths, observe, after))
    const sideBySide = (step: number) => tf.concat2d(outputs.map((of) => of[step]), 1)
    const handed = inputs.map((_, step) => (config.bidirectional ? sideBySide(step) : outputs[0][step]))
    inputs = config.skip && layer > 0 ? handed.map((value, step) => value.add<Tensor2D>(inputs[step])) : handed
  }
  return { state: after, tops: inputs }
}

/**
 * One layer, in its own direction. A row that has not begun, or has ended, keeps its state: what reads backward starts at
 * each row's own end.
 * @param after takes the state after the layer's last step
 * @returns what the layer puts out, [rows, units] a step, in the order of the tokens
 */
function runLayer(
  config: ModelConfig,
  weights: TensorWeights,
  place: Layer,
  inputs: readonly Tensor2D[],
  state: TensorState,
  lengths: Int32Array | undefined,
  observe: Observer,
  after: Record<string, Tensor2D>,
): Tensor2D[] {
  const own = layerWeights(weights, place)
  const order = [...inputs.keys()]
  if (place.direction === 'backward') order.reverse()
  const outputs: Tensor2D[] = []
  let before = layerState(config, state, place)
  for (const step of order) {
    const see: See = (quantity, value) => observe({ ...place, quantity }, value, step).output
    const next = tf.tidy(() => {
      const computed = cellStep(config, own, inputs[step], before, see)
      const hidden = observe({ ...place, quantity: 'hidden' }, computed.hidden, step)
      return { ...holdEnded(before, { ...computed, hidden: hidden.recurrent }, lengths, step), output: hidden.output }
    })
    const { output, ...reached } = next
    outputs[step] = output
    before = reached
  }
  for (const [quantity, value] of Object.entries(before)) after[`${layerName(place)}.${quantity}`] = value
  return outputs
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

function layerWeights(weights: TensorWeights, place: Layer): LayerWeights {
  const name = layerName(place)
  return {
    kernel: weights[`${name}.kernel`],
    recurrentKernel: weights[`${name}.recurrentKernel`],
    bias: weights[`${name}.bias`],
    recurrentBias: weights[`${name}.recurrentBias`],
  }
}

function layerState(config: ModelConfig, state: TensorState, place: Layer): LayerState {
  const quantities = STATE_QUANTITIES[config.cell]
  return Object.fromEntries(quantities.map((quantity) => [quantity, state[siteName({ ...place, quantity })]]))
}

/** Logits [rows, outputs] of top values [rows, outputWidth]; the decoder's matrix is the embedding when tied. */
export function decode(config: ModelConfig, weights: TensorWeights, top: Tensor2D): Tensor2D {
  return top.matMul<Tensor2D>(decoderTensor(config, weights), false, true).add(weights.decoderBias)
}

/** [outputs, outputWidth] */
export function decoderTensor(config: ModelConfig, weights: TensorWeights): Tensor2D {
  return (config.tied ? weights.embedding : weights.decoder) as Tensor2D
}

/** Where a row does not reach to `step` it keeps its state. */
function holdEnded(before: LayerState, after: LayerState, lengths: Int32Array | undefined, step: number): LayerState {
  if (!lengths?.some((length) => length <= step)) return after
  const running = tf.tensor2d(Array.from(lengths, (length) => step < length), [lengths.length, 1], 'bool')
  const held = Object.entries(after).map(([name, value]) => [name, tf.where(running, value, before[name])] as const)
  return Object.fromEntries(held)
}
