// What attribution reads: choices, and a model of the few words in them that can also read nothing, a vector of zeros.

import type { Engine, State } from '../../engine/engine.ts'
import { layersFrom } from '../../model/layers-from.ts'
import type { Model } from '../../model/model.ts'
import type { EncodedChoice } from '../../tasks/items.ts'

export interface Reading {
  readonly engine: Engine
  readonly model: Pick<Model, 'config' | 'weights'>
  /** in the token ids of `model` */
  readonly choices: readonly EncodedChoice[]
  /** the token whose vector is zeros */
  readonly nothing: number
  /** the state before the first word, [1, units] for each name */
  readonly start: State
}

/** What the parts of a sentence add to its margin, nats. */
export interface Contributions {
  /** of each word of the prefix */
  readonly words: Float64Array
  /** of the state before the first word */
  readonly start: number
  /** of the biases of the layers */
  readonly biases: number
}

/** @param choices in the token ids of `model` */
export function readingOf(engine: Engine, model: Model, choices: readonly EncodedChoice[], start: State): Reading {
  const { embedding } = model.config
  const read = numbered(choices.flatMap(({ prefix }) => [...prefix]))
  const chosen = numbered(choices.flatMap(({ right, wrong }) => [right, wrong]))
  const vectors = new Float32Array((read.size + 1) * embedding)
  for (const [token, place] of read) {
    vectors.set(model.weights['embedding'].subarray(token * embedding, (token + 1) * embedding), place * embedding)
  }
  return {
    engine,
    model: layersFrom(0, model, vectors, [...chosen.keys()]),
    choices: choices.map(({ prefix, right, wrong }) => (
      { prefix: prefix.map((token) => read.get(token)!), right: chosen.get(right)!, wrong: chosen.get(wrong)! }
    )),
    nothing: read.size,
    start,
  }
}

/** What the decoder's biases add to the margin of a choice. */
export function decoderBiasOf({ model }: Reading, { right, wrong }: EncodedChoice): number {
  const bias = model.weights['decoderBias']
  return bias[right] - bias[wrong]
}

/** What all parts together say that the margin of a choice is. */
export function sumOf(reading: Reading, item: number, { words, start, biases }: Contributions): number {
  return words.reduce((sum, word) => sum + word, start + biases + decoderBiasOf(reading, reading.choices[item]))
}

function numbered(tokens: readonly number[]): Map<number, number> {
  return new Map([...new Set(tokens)].map((token, place) => [token, place]))
}
