// The layers of a model from one upwards as a model of their own, which reads given vectors and knows given words alone:
// what lies below is computed once, and what is read need not be a word.

import type { ModelConfig } from './config.ts'
import type { Model } from './model.ts'
import { decoderMatrix, viewWeights } from './weights.ts'

/**
 * Its token of number i is the vector of number i where it reads, and the word of number i where it chooses.
 * @param layer the lowest that is left
 * @param vectors what this layer reads, [tokens, inputs]
 * @param words token ids of the model
 */
export function layersFrom(
  layer: number,
  { config, weights }: Pick<Model, 'config' | 'weights'>,
  vectors: Float32Array,
  words: readonly number[],
): Pick<Model, 'config' | 'weights'> {
  const { units } = config
  const embedding = layer === 0 ? config.embedding : units
  const vocabulary = Math.max(vectors.length / embedding, words.length)
  const upper: ModelConfig = { ...config, layers: config.layers - layer, embedding, vocabulary, tied: false }
  const own = viewWeights(upper)
  own['embedding'].set(vectors)
  const decoder = decoderMatrix(config, weights)
  words.forEach((word, row) => {
    own['decoder'].set(decoder.subarray(word * units, (word + 1) * units), row * units)
    own['decoderBias'][row] = weights['decoderBias'][word]
  })
  for (const name of Object.keys(own)) {
    const match = /^(\d+)\.(.+)$/.exec(name)
    if (match) own[name].set(weights[`${Number(match[1]) + layer}.${match[2]}`])
  }
  return { config: upper, weights: own }
}
