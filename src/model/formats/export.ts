// A model for other programs: its weights under the names and in the conventions of PyTorch. What import.ts reads, the
// other way.

import { basename, extname } from 'node:path'
import { UserError } from '../../core/errors.ts'
import { writeFileAtomic } from '../../core/files.ts'
import { GATES, inputWidth, isPair, outputsOf, outputWidth, variantOf } from '../config.ts'
import type { Model } from '../model.ts'
import { layerName, layersOf } from '../sites.ts'
import { PYTORCH_GATES } from './layouts/gates.ts'
import { encodeNpz } from './npz.ts'
import { encodeTensors, type Tensor } from './tensors.ts'
import { encodeTorch } from './torch/write.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** What a model can be written as. Another one is a function and a line in the list. */
export const EXPORT_FORMATS = {
  pytorch: { extension: '.pt', encode: encodeTorch },
  safetensors: { extension: '.safetensors', encode: (tensors: Tensors) => encodeTensors({ tensors, metadata: { format: 'pt' } }) },
  npz: { extension: '.npz', encode: encodeNpz },
} as const satisfies Record<string, { extension: string; encode: (tensors: Tensors, name: string) => Iterable<Uint8Array> }>

export type ExportFormat = keyof typeof EXPORT_FORMATS

/** Writes the weights of `pytorchTensors`, whole or not at all. @throws UserError where PyTorch has no such cell */
export function exportModel(path: string, model: Model, format: ExportFormat): void {
  const name = basename(path, extname(path))
  writeFileAtomic(path, EXPORT_FORMATS[format].encode(pytorchTensors(model), name))
}

/**
 * The weights as the state dict of a module with an embedding `encoder`, a recurrent module `rnn` and a linear `decoder`.
 * A trained initial state is there as `h0` and `c0` [layers · directions, 1, units].
 * @throws UserError where PyTorch has no such cell
 */
export function pytorchTensors({ config, weights }: Pick<Model, 'config' | 'weights'>): Tensors {
  if (config.cell === 'gru' && config.reset === 'before') {
    throw new UserError(`PyTorch has no ${variantOf(config)}: its nn.GRU resets after the recurrent product.`)
  }
  if (isPair(config)) {
    throw new UserError('PyTorch has no module for two language models, from either end, that share embedding and decoder.')
  }
  if (config.skip) {
    throw new UserError('PyTorch has no layers that add what they read to what they hand upward: these weights would say something else.')
  }
  const { units, vocabulary, embedding, cell } = config
  const layers = layersOf(config)
  const tensors: Record<string, Tensor> = { 'encoder.weight': { shape: [vocabulary, embedding], values: weights['embedding'] } }
  const rows = GATES[cell].length * units
  for (const place of layers) {
    const inputs = inputWidth(config, place.layer)
    const name = layerName(place)
    const suffix = `l${place.layer}${place.direction === 'backward' ? '_reverse' : ''}`
    const kernel = turned(weights[`${name}.kernel`], inputs, config)
    const recurrent = turned(weights[`${name}.recurrentKernel`], units, config)
    tensors[`rnn.weight_ih_${suffix}`] = { shape: [rows, inputs], values: kernel }
    tensors[`rnn.weight_hh_${suffix}`] = { shape: [rows, units], values: recurrent }
    tensors[`rnn.bias_ih_${suffix}`] = { shape: [rows], values: turned(weights[`${name}.bias`], 1, config) }
    tensors[`rnn.bias_hh_${suffix}`] = { shape: [rows], values: recurrentBias(weights[`${name}.recurrentBias`], rows) }
  }
  const outputs = outputsOf(config)
  tensors['decoder.weight'] = { shape: [outputs, outputWidth(config)], values: weights[config.tied ? 'embedding' : 'decoder'] }
  tensors['decoder.bias'] = { shape: [outputs], values: weights['decoderBias'] }
  if (config.initialState === 'trained') {
    const stacked = (what: string) => Float32Array.from(layers.flatMap((place) => [...weights[`${layerName(place)}.${what}`]]))
    tensors['h0'] = { shape: [layers.length, 1, units], values: stacked('initialHidden') }
    if (cell === 'lstm') tensors['c0'] = { shape: [layers.length, 1, units], values: stacked('initialCell') }
  }
  return tensors
}

/** A kernel [inputs, gates · units] as PyTorch's matrix [gates · units, inputs], its gates in PyTorch's order. */
function turned(kernel: Float32Array, inputs: number, { cell, units }: Model['config']): Float32Array {
  const gates = PYTORCH_GATES[cell]
  const columns = gates.length * units
  const values = new Float32Array(kernel.length)
  gates.forEach(({ from, sign }, gate) => {
    for (let unit = 0; unit < units; unit++) {
      const row = (from * units + unit) * inputs
      const column = gate * units + unit
      for (let input = 0; input < inputs; input++) values[row + input] = sign * kernel[input * columns + column]
    }
  })
  return values
}

/** PyTorch adds two biases to each gate; only a GRU's candidate needs the second, its last one. */
function recurrentBias(inside: Float32Array | undefined, rows: number): Float32Array {
  const values = new Float32Array(rows)
  if (inside) values.set(inside, rows - inside.length)
  return values
}
