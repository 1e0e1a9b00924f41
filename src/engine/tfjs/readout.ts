// What is asked of the decoder: log probabilities of targets, a few candidate columns, every logit at some positions.
// Each is read step by step, from what the decoder reads at that step, [rows, outputWidth].

import type { Tensor2D } from '@tensorflow/tfjs'
import { outputsOf, outputWidth, type ModelConfig } from '../../model/config.ts'
import type { Batch, RunOptions } from '../engine.ts'
import { decode, decoderTensor, type TensorWeights } from './network.ts'

/** One question of the decoder, and its answers once every step has been read. */
interface Reading {
  readonly values: Float32Array
  read(step: number, top: Tensor2D): void
}

/** log p(target) at every position that has a target; 0 elsewhere. */
export function readTargets(
  config: ModelConfig,
  weights: TensorWeights,
  { rows, steps }: Batch,
  targets: Int32Array,
): Reading {
  const values = new Float32Array(rows * steps)
  const positions = Int32Array.from(targets.keys()).filter((position) => targets[position] >= 0)
  return {
    values,
    read: atPositions(positions, steps, (places, top) => {
      const logProbabilities = decode(config, weights, top).logSoftmax().dataSync()
      places.forEach((place, index) => {
        const position = positions[place]
        values[position] = logProbabilities[index * outputsOf(config) + targets[position]]
      })
    }),
  }
}

/** Logits of each position's own candidates: only their columns of the decoder are computed. */
export function readCandidates(
  config: ModelConfig,
  weights: TensorWeights,
  { steps }: Batch,
  { positions, tokens, width }: NonNullable<RunOptions['candidates']>,
): Reading {
  const values = new Float32Array(positions.length * width)
  return {
    values,
    read: atPositions(positions, steps, (places, top) => {
      const ids = places.flatMap((place) => Array.from(tokens.subarray(place * width, (place + 1) * width)))
      const columns = decoderTensor(config, weights).gather(ids).reshape([places.length, width, outputWidth(config)])
      const bias = weights.decoderBias.gather(ids).reshape([places.length, width])
      const logits = columns.mul(top.expandDims(1)).sum(-1).add(bias).dataSync()
      places.forEach((place, index) => {
        values.set(logits.subarray(index * width, (index + 1) * width), place * width)
      })
    }),
  }
}

/** Every logit at some positions. */
export function readLogits(
  config: ModelConfig,
  weights: TensorWeights,
  { steps }: Batch,
  positions: Int32Array,
): Reading {
  const width = outputsOf(config)
  const values = new Float32Array(positions.length * width)
  return {
    values,
    read: atPositions(positions, steps, (places, top) => {
      const logits = decode(config, weights, top).dataSync()
      places.forEach((place, index) => {
        values.set(logits.subarray(index * width, (index + 1) * width), place * width)
      })
    }),
  }
}

/** Calls `answer` at each step that has positions, with their places in the list and their rows of `top`. */
function atPositions(
  positions: Int32Array,
  steps: number,
  answer: (places: readonly number[], top: Tensor2D) => void,
): Reading['read'] {
  const placesOf: number[][] = Array.from({ length: steps }, () => [])
  positions.forEach((position, place) => placesOf[position % steps].push(place))
  return (step, top) => {
    const places = placesOf[step]
    if (places.length === 0) return
    const rows = places.map((place) => Math.floor(positions[place] / steps))
    answer(places, top.gather(rows))
  }
}
