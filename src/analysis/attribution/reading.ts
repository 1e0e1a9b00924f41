// What attribution reads: choices, and a model of the few words in them that can also read what stands for no word: a
// vector of zeros, or the mean of the words in that place.

import type { Engine, State } from '../../engine/engine.ts'
import { layersFrom } from '../../model/layers-from.ts'
import type { Model } from '../../model/model.ts'
import type { EncodedChoice } from '../../tasks/items.ts'
import type { AttributionReference } from '../results.ts'

export interface Reading {
  readonly engine: Engine
  readonly model: Pick<Model, 'config' | 'weights'>
  /** in the token ids of `model` */
  readonly choices: readonly EncodedChoice[]
  /** the state before the first word, [1, units] for each name */
  readonly start: State
  /** the token that stands for no word in each place */
  readonly absent: readonly number[]
  /** what stands for no state */
  readonly absentStart: State
}

/** What the parts of a sentence add to its margin, nats. */
export interface Contributions {
  /** of each word of the prefix */
  readonly words: Float64Array
  /** of the state before the first word */
  readonly start: number
  /** of the biases of the layers; with mean words of the mean sentence */
  readonly biases: number
}

/**
 * @param choices in the token ids of `model`
 * @param reference what stands for no word; the mean of the state before the first word is that state itself
 */
export function readingOf(
  engine: Engine, model: Model, choices: readonly EncodedChoice[], start: State, reference: AttributionReference = 'zeros',
): Reading {
  const read = numbered(choices.flatMap(({ prefix }) => [...prefix]))
  const chosen = numbered(choices.flatMap(({ right, wrong }) => [right, wrong]))
  const { embedding } = model.config
  const vectorOf = (token: number) => model.weights['embedding'].subarray(token * embedding, (token + 1) * embedding)
  const places = choices.reduce((most, { prefix }) => Math.max(most, prefix.length), 0)
  const absent = Array.from({ length: places }, (_, place) =>
    reference === 'zeros'
      ? new Float32Array(embedding)
      : meanOf(choices.flatMap(({ prefix }) => (place < prefix.length ? [vectorOf(prefix[place])] : []))),
  )
  const vectors = new Float32Array((read.size + places) * embedding)
  ;[...[...read.keys()].map(vectorOf), ...absent].forEach((vector, token) => vectors.set(vector, token * embedding))
  return {
    engine,
    model: layersFrom(0, model, vectors, [...chosen.keys()]),
    choices: choices.map(({ prefix, right, wrong }) => (
      { prefix: prefix.map((token) => read.get(token)!), right: chosen.get(right)!, wrong: chosen.get(wrong)! }
    )),
    start,
    absent: absent.map((_, place) => read.size + place),
    absentStart: reference === 'zeros' ? zerosLike(start) : start,
  }
}

function meanOf(vectors: readonly Float32Array[]): Float32Array {
  return vectors[0].map((_, place) => vectors.reduce((sum, vector) => sum + vector[place], 0) / vectors.length)
}

function zerosLike(state: State): State {
  return Object.fromEntries(Object.entries(state).map(([name, values]) => [name, new Float32Array(values.length)]))
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
