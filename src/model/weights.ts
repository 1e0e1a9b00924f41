// The named weights of a model, their shapes and their order. Matrices are row-major and act from the right:
// gates = x · kernel + h · recurrentKernel + bias, with the gates of GATES side by side, each `units` columns wide.

import { GATES, inputWidth, outputsOf, outputWidth, type ModelConfig } from './config.ts'
import { layerName, layersOf } from './sites.ts'

/** Named arrays. In a model made here they are views of one buffer, in the order of `weightShapes`. */
export type Weights = Readonly<Record<string, Float32Array>>

export interface WeightShape {
  readonly name: string
  readonly shape: readonly number[]
}

/**
 * Every weight of a model:
 * - `embedding` [vocabulary, embedding]
 * - for each layer L: `L.kernel` [inputs, gates·units], `L.recurrentKernel` [units, gates·units], `L.bias` [gates·units];
 *   a GRU with reset after has `L.recurrentBias` [units], inside the reset: r ⊙ (h · U + recurrentBias);
 *   with a trained initial state `L.initialHidden` [units] and, in an LSTM, `L.initialCell` [units];
 *   a bidirectional model has all of these twice, as `forward.L.kernel` … and `backward.L.kernel` …
 * - `decoder` [outputs, outputWidth] unless tied, and `decoderBias` [outputs]: outputs are tokens, or tags where there are
 *   some, and a layer puts out its units, in a bidirectional tagger those of both directions side by side
 */
export function weightShapes(config: ModelConfig): WeightShape[] {
  const { units, vocabulary } = config
  const outputs = outputsOf(config)
  const columns = GATES[config.cell].length * units
  const shapes: WeightShape[] = [{ name: 'embedding', shape: [vocabulary, config.embedding] }]
  for (const place of layersOf(config)) {
    const name = layerName(place)
    shapes.push(
      { name: `${name}.kernel`, shape: [inputWidth(config, place.layer), columns] },
      { name: `${name}.recurrentKernel`, shape: [units, columns] },
      { name: `${name}.bias`, shape: [columns] },
    )
    if (config.cell === 'gru' && config.reset === 'after') {
      shapes.push({ name: `${name}.recurrentBias`, shape: [units] })
    }
    if (config.initialState === 'trained') {
      shapes.push({ name: `${name}.initialHidden`, shape: [units] })
      if (config.cell === 'lstm') shapes.push({ name: `${name}.initialCell`, shape: [units] })
    }
  }
  if (!config.tied) shapes.push({ name: 'decoder', shape: [outputs, outputWidth(config)] })
  shapes.push({ name: 'decoderBias', shape: [outputs] })
  return shapes
}

export function countParameters(config: ModelConfig): number {
  return weightShapes(config).reduce((sum, { shape }) => sum + size(shape), 0)
}

/** Views of one flat array, in the order of `weightShapes`. `flat` is zeros unless given. */
export function viewWeights(config: ModelConfig, flat = new Float32Array(countParameters(config))): Weights {
  const weights: Record<string, Float32Array> = {}
  let offset = 0
  for (const { name, shape } of weightShapes(config)) {
    weights[name] = flat.subarray(offset, offset + size(shape))
    offset += size(shape)
  }
  return weights
}

/**
 * The weights as one flat array in the order of `weightShapes`: the shared buffer itself where there is one, else a copy.
 * @throws Error where weights are missing or of another size
 */
export function flattenWeights(config: ModelConfig, weights: Weights): Float32Array {
  const shapes = weightShapes(config)
  for (const { name, shape } of shapes) {
    if (weights[name]?.length !== size(shape)) throw new Error(`the weights ${name} are not [${shape.join(', ')}]`)
  }
  const first = weights[shapes[0].name]
  let offset = first.byteOffset
  const contiguous = shapes.every(({ name }) => {
    const view = weights[name]
    const fits = view.buffer === first.buffer && view.byteOffset === offset
    offset += view.byteLength
    return fits
  })
  const total = countParameters(config)
  if (contiguous) return new Float32Array(first.buffer as ArrayBuffer, first.byteOffset, total)
  const flat = new Float32Array(total)
  let start = 0
  for (const { name } of shapes) {
    flat.set(weights[name], start)
    start += weights[name].length
  }
  return flat
}

/** The decoder's matrix [outputs, outputWidth]: its own, or the embedding when tied. */
export function decoderMatrix(config: ModelConfig, weights: Weights): Float32Array {
  return config.tied ? weights['embedding'] : weights['decoder']
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1)
}
