// Sets single weights of a model of one layer by what they mean.

import { GATES, type ModelConfig } from '../config.ts'
import type { Weights } from '../weights.ts'

export interface Setter {
  embedding(token: number, dimension: number, value: number): void
  /** what a dimension of the input adds to a gate of a unit */
  input(dimension: number, gate: string, unit: number, value: number): void
  /** what another unit's hidden value adds to it */
  recurrent(from: number, gate: string, unit: number, value: number): void
  bias(gate: string, unit: number, value: number): void
  /** what a unit adds to the logit of a token */
  decoder(token: number, unit: number, value: number): void
  decoderBias(token: number, value: number): void
}

/** @param weights are changed in place */
export function setter(config: ModelConfig, weights: Weights): Setter {
  const { units, embedding } = config
  const gates: readonly string[] = GATES[config.cell]
  const columns = gates.length * units
  const columnOf = (gate: string, unit: number) => gates.indexOf(gate) * units + unit
  const set = (name: string, place: number, value: number) => {
    weights[name][place] = value
  }
  return {
    embedding: (token, dimension, value) => set('embedding', token * embedding + dimension, value),
    input: (dimension, gate, unit, value) => set('0.kernel', dimension * columns + columnOf(gate, unit), value),
    recurrent: (from, gate, unit, value) => set('0.recurrentKernel', from * columns + columnOf(gate, unit), value),
    bias: (gate, unit, value) => set('0.bias', columnOf(gate, unit), value),
    decoder: (token, unit, value) => set('decoder', token * units + unit, value),
    decoderBias: (token, value) => set('decoderBias', token, value),
  }
}
