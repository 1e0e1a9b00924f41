// The weights of an LSTM in double precision, for running it in parts. Gates in the order input, forget, candidate, output.

import { decoderMatrix } from '../../model/weights.ts'
import type { Reading } from './reading.ts'

/** Row-major. */
interface Matrix {
  readonly values: Float64Array
  readonly columns: number
}

export interface Lstm {
  readonly units: number
  readonly layers: readonly {
    /** [inputs, 4·units] */
    readonly kernel: Matrix
    /** [units, 4·units] */
    readonly recurrentKernel: Matrix
    /** [4·units] */
    readonly bias: Float64Array
  }[]
  /** what hidden values of the top layer add to the logit of one word, less that of the other */
  towards(right: number, wrong: number): (hidden: Float64Array) => number
}

export function lstmOf({ model: { config, weights } }: Reading): Lstm {
  const { units } = config
  const matrix = (name: string): Matrix => ({ values: Float64Array.from(weights[name]), columns: 4 * units })
  const decoder = decoderMatrix(config, weights)
  return {
    units,
    layers: Array.from({ length: config.layers }, (_, layer) => ({
      kernel: matrix(`${layer}.kernel`),
      recurrentKernel: matrix(`${layer}.recurrentKernel`),
      bias: Float64Array.from(weights[`${layer}.bias`]),
    })),
    towards: (right, wrong) => (hidden) => {
      let sum = 0
      for (let unit = 0; unit < units; unit++) {
        sum += hidden[unit] * (decoder[right * units + unit] - decoder[wrong * units + unit])
      }
      return sum
    },
  }
}

/** The state before the first word, of each layer. */
export function startOf({ model: { config }, start }: Reading): { readonly hidden: Float64Array; readonly cell: Float64Array }[] {
  return Array.from({ length: config.layers }, (_, layer) => (
    { hidden: Float64Array.from(start[`${layer}.hidden`]), cell: Float64Array.from(start[`${layer}.cell`]) }
  ))
}

/** What a token is read as. */
export function vectorOf({ model: { config, weights } }: Reading, token: number): Float64Array {
  return Float64Array.from(weights['embedding'].subarray(token * config.embedding, (token + 1) * config.embedding))
}

/** sums += vector · the columns of the matrix from `first` on, as many as there are sums */
export function addProduct(vector: Float64Array, { values, columns }: Matrix, first: number, sums: Float64Array): void {
  const count = sums.length
  let row = 0
  for (; row + 1 < vector.length; row += 2) {
    const [factor, other] = [vector[row], vector[row + 1]]
    if (factor === 0 && other === 0) continue // as all are before a word is read
    const [start, below] = [row * columns + first, (row + 1) * columns + first]
    for (let column = 0; column < count; column++) {
      sums[column] += factor * values[start + column] + other * values[below + column]
    }
  }
  for (; row < vector.length; row++) {
    const start = row * columns + first
    for (let column = 0; column < count; column++) sums[column] += vector[row] * values[start + column]
  }
}
