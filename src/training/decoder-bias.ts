// Where the decoder's bias begins. At zero, the quickest way to learn which tokens are frequent is to push all units to
// constants, and the cells of an LSTM, which add up, may stay there for good: tanh is flat where they are. A bias that
// begins at the frequencies leaves the units nothing to gain from that.

import { log } from '../core/math.ts'
import type { Model } from '../model/model.ts'

/** The model with log((n + 1) / (N + V)) as its decoder's bias, n of N tokens being the one of V that it is for. */
export function withUnigramBias(model: Model, tokens: Int32Array): Model {
  const size = model.config.vocabulary
  const counts = new Float64Array(size).fill(1)
  for (const token of tokens) counts[token] += 1
  const decoderBias = Float32Array.from(counts, (count) => log(count / (tokens.length + size)))
  return { ...model, weights: { ...model.weights, decoderBias } }
}
