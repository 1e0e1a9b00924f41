// Where the decoder's bias begins. From zero, the frequencies of tokens have to be learned, and units can serve as that bias
// by running to constants, where the tanh of an LSTM's cell is flat. A bias that begins at the frequencies needs no such unit.

import { log } from '../core/math.ts'
import { outputsOf } from '../model/config.ts'
import type { Model } from '../model/model.ts'

/** The model with log((n + 1) / (N + V)) as its decoder's bias, n of N outputs being the one of V that it is for. */
export function withUnigramBias(model: Model, outputs: Int32Array): Model {
  const size = outputsOf(model.config)
  const counts = new Float64Array(size).fill(1)
  for (const output of outputs) counts[output] += 1
  const decoderBias = Float32Array.from(counts, (count) => log(count / (outputs.length + size)))
  return { ...model, weights: { ...model.weights, decoderBias } }
}
