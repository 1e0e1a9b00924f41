// The vectors that a bidirectional language model has of a token, one a layer (Peters et al. 2018): layer 0 is its embedding,
// twice, so that all are as wide; every other one what the layer hands upward after it has read the token, from the left and
// from the right side by side.

import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import { DIRECTIONS } from '../../model/sites.ts'
import { record } from '../../recording/record.ts'

export interface TokenVectors {
  /** 2 · units */
  readonly width: number
  /** for each layer [tokens, width] */
  readonly layers: readonly Float32Array[]
}

/** A sentence without its end, and the positions whose vectors are wanted: all by default. */
export interface VectorSentence {
  readonly tokens: Int32Array
  readonly positions?: readonly number[]
}

/** In the order of the sentences and of their positions. @throws the signal's reason where it is aborted */
export async function tokenVectors(
  engine: Engine,
  pair: Model,
  sentences: readonly VectorSentence[],
  signal?: AbortSignal,
): Promise<TokenVectors> {
  const { units, layers: depth, skip } = pair.config
  const width = 2 * units
  const count = sentences.reduce((sum, { tokens, positions }) => sum + (positions ?? tokens).length, 0)
  const layers = Array.from({ length: depth + 1 }, () => new Float32Array(count * width))
  const sides = DIRECTIONS.map((direction) => layers.map((_, layer) => (layer === 0 ? 'embedding' : `${direction}.${layer - 1}.hidden`)))
  const recording = await record(pair, sentences, { engine, sites: ['embedding', 'hidden'], signal })
  try {
    let to = 0
    sentences.forEach(({ tokens, positions = [...tokens.keys()] }, sentence) => {
      const { values } = recording.read(recording.offsets[sentence], tokens.length)
      for (const position of positions) {
        for (const sites of sides) {
          sites.forEach((site, layer) => layers[layer].set(values[site].subarray(position * units, (position + 1) * units), to))
          to += units
        }
      }
    })
  } finally {
    recording.dispose()
  }
  for (let layer = 2; skip && layer <= depth; layer++) addTo(layers[layer], layers[layer - 1])
  return { width, layers }
}

/** What a layer hands upward holds what it has read. */
function addTo(values: Float32Array, read: Float32Array): void {
  for (let index = 0; index < values.length; index++) values[index] += read[index]
}
