// The vectors that a bidirectional language model has of a token, one a layer (Peters et al. 2018): layer 0 is its embedding,
// twice, so that all are as wide; every other one what the layer hands upward after it has read the token, from the left and
// from the right side by side.

import { setImmediate } from 'node:timers/promises'
import { sequenceBatches } from '../../data/batches.ts'
import { endId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { halfOf } from '../../model/halves.ts'
import type { Model } from '../../model/model.ts'
import { DIRECTIONS, type Direction } from '../../model/sites.ts'

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

/** Most tokens of a run, padding included. */
const CELLS = 16_384
const ROWS = 256

/** In the order of the sentences and of their positions. @throws the signal's reason where it is aborted */
export async function tokenVectors(
  engine: Engine,
  pair: Model,
  sentences: readonly VectorSentence[],
  signal?: AbortSignal,
): Promise<TokenVectors> {
  const { units } = pair.config
  const width = 2 * units
  const offsets: number[] = []
  let count = 0
  for (const { tokens, positions } of sentences) {
    offsets.push(count)
    count += positions?.length ?? tokens.length
  }
  const layers = Array.from({ length: pair.config.layers + 1 }, () => new Float32Array(count * width))
  const end = endId(pair.vocabulary)
  for (const [side, direction] of DIRECTIONS.entries()) {
    const half = halfOf(pair, direction)
    const inputs = sentences.map(({ tokens }) => Int32Array.of(end, ...(direction === 'forward' ? tokens : tokens.toReversed())))
    for (const batch of sequenceBatches(inputs, { rows: ROWS, cells: CELLS })) {
      signal?.throwIfAborted()
      const outputs = outputsOf(engine, half, batch)
      batch.indices.forEach((index, row) => {
        const { tokens, positions = [...tokens.keys()] } = sentences[index]
        positions.forEach((position, place) => {
          const from = (row * batch.steps + stepOf(position, tokens.length, direction)) * units
          const to = (offsets[index] + place) * width + side * units
          layers.forEach((vectors, layer) => vectors.set(outputs[layer].subarray(from, from + units), to))
        })
      })
      await setImmediate()
    }
  }
  return { width, layers }
}

/** Where a half has just read the token, its first input being an end of sentence. */
function stepOf(position: number, length: number, direction: Direction): number {
  return direction === 'forward' ? position + 1 : length - position
}

/** The embedding, and what each layer hands upward, [rows, steps, units]. */
function outputsOf(engine: Engine, half: Model, batch: Parameters<Engine['run']>[1]): Float32Array[] {
  const sites = Array.from({ length: half.config.layers }, (_, layer) => `${layer}.hidden`)
  const { recorded } = engine.run(half, batch, { record: ['embedding', ...sites] })
  const outputs = sites.map((site) => recorded[site])
  for (let layer = 1; half.config.skip && layer < outputs.length; layer++) {
    outputs[layer].forEach((value, index) => (outputs[layer][index] = value + outputs[layer - 1][index]))
  }
  return [recorded['embedding'], ...outputs]
}
