// The parts of a model in a file as a model here: gates in our order, matrices turned, two biases added to one. Numbers go
// from the file to their place; what is turned passes through one matrix of memory.

import { DEFAULT_INITIALIZATION, GATES, MOST_UNITS, type ModelConfig } from '../../config.ts'
import { countParameters, viewWeights, type Weights } from '../../weights.ts'
import { UserError } from '../../../core/errors.ts'
import { requireMemory } from '../../../core/memory.ts'
import { requireFinite } from '../safetensors.ts'
import { valuesOf } from '../stored-tensor.ts'
import type { GateSource, LayerParts, Matrix, Parts } from './layout.ts'

/** of one-hot inputs: their matrix has as many rows as columns */
const MOST_ONE_HOT = 20_000

/** @throws UserError where it is too large, or a weight is no finite number */
export function convert(parts: Parts, file: string): { config: ModelConfig; weights: Weights } {
  const config = configOf(parts, file)
  requireMemory({ bytes: 4 * countParameters(config), what: `The weights of ${file} take`, advice: 'Use a machine with more.' })
  const weights = viewWeights(config)
  const { embedding, decoder, decoderBias } = parts
  if (embedding) embedding.readInto(weights['embedding'])
  else for (let token = 0; token < config.vocabulary; token++) weights['embedding'][token * (config.vocabulary + 1)] = 1
  parts.layers.forEach((layer, index) => convertLayer(layer, `${index}`, parts, config, weights))
  if (!config.tied) readDecoder(decoder, config, weights['decoder'])
  decoderBias?.readInto(weights['decoderBias'])
  if (parts.initial) readInitial(parts.initial, config, weights)
  for (const [name, values] of Object.entries(weights)) requireFinite(values, name, file)
  return { config, weights }
}

function configOf({ cell, activation, layers, units, embedding, decoder, initial }: Parts, file: string): ModelConfig {
  const vocabulary = decoder.tensor.shape[decoder.tokens === 'rows' ? 0 : 1]
  const width = embedding?.shape[1] ?? vocabulary
  if (embedding === null && vocabulary > MOST_ONE_HOT) {
    throw new UserError(`${file} reads one-hot vectors of ${vocabulary} tokens; models here do of at most ${MOST_ONE_HOT}.`)
  }
  const widest = Math.max(units, width)
  if (widest > MOST_UNITS) throw new UserError(`${file} has layers of ${widest} units; models here have at most ${MOST_UNITS}.`)
  const common = {
    layers: layers.length, units, embedding: width, vocabulary,
    tied: embedding !== null && width === units && decoder.tokens === 'rows' && embedding.identity === decoder.tensor.identity,
    dropout: 0, initialState: initial ? 'trained' : 'zeros', initialization: DEFAULT_INITIALIZATION,
  } as const
  if (cell === 'lstm') return { ...common, cell, forgetBias: 0 }
  return cell === 'gru' ? { ...common, cell, reset: 'after' } : { ...common, cell, activation }
}

function convertLayer(
  { kernel, recurrentKernel, biases }: LayerParts,
  layer: string,
  { gates, units, forgetBias }: Parts,
  { cell }: ModelConfig,
  weights: Weights,
): void {
  readGates(kernel, gates, units, weights[`${layer}.kernel`])
  readGates(recurrentKernel, gates, units, weights[`${layer}.recurrentKernel`])
  const bias = weights[`${layer}.bias`]
  const inside = weights[`${layer}.recurrentBias`] // of a GRU's candidate: added within the reset
  biases.map(valuesOf).forEach((values, which) => {
    gates.forEach(({ from, sign }, gate) => {
      const isInside = cell === 'gru' && GATES.gru[gate] === 'candidate' && which === 1
      const target = isInside ? inside : bias.subarray(gate * units, (gate + 1) * units)
      for (let unit = 0; unit < units; unit++) target[unit] += sign * values[from * units + unit]
    })
  })
  if (cell !== 'lstm' || forgetBias === 0) return
  const forget = GATES.lstm.indexOf('forget') * units
  for (let unit = 0; unit < units; unit++) bias[forget + unit] += forgetBias
}

/** A kernel [inputs, gates · units] from a matrix that lies either way. */
function readGates(
  { tensor, gates: axis, from = 0, inputs }: Matrix,
  gates: readonly GateSource[],
  units: number,
  kernel: Float32Array,
): void {
  const values = valuesOf(tensor)
  const columns = gates.length * units
  const [perInput, perColumn] = axis === 'columns' ? [columns, 1] : [1, inputs]
  gates.forEach(({ from: gate, sign }, ours) => {
    for (let unit = 0; unit < units; unit++) {
      const source = (gate * units + unit) * perColumn
      const target = ours * units + unit
      for (let input = 0; input < inputs; input++) {
        kernel[input * columns + target] = sign * values[(from + input) * perInput + source]
      }
    }
  })
}

function readInitial({ hidden, cell }: NonNullable<Parts['initial']>, { units, layers }: ModelConfig, weights: Weights): void {
  const [ofHidden, ofCell] = [valuesOf(hidden), cell && valuesOf(cell)]
  for (let layer = 0; layer < layers; layer++) {
    const own = [layer * units, (layer + 1) * units] as const
    weights[`${layer}.initialHidden`].set(ofHidden.subarray(...own))
    if (ofCell) weights[`${layer}.initialCell`].set(ofCell.subarray(...own))
  }
}

function readDecoder({ tensor, tokens }: Parts['decoder'], { units, vocabulary }: ModelConfig, decoder: Float32Array): void {
  if (tokens === 'rows') return tensor.readInto(decoder)
  const values = valuesOf(tensor)
  for (let unit = 0; unit < units; unit++) {
    for (let token = 0; token < vocabulary; token++) decoder[token * units + unit] = values[unit * vocabulary + token]
  }
}
