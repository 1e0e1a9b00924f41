// What units did at one word of every item: the values that rankings compare.

import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import { encode } from '../data/vocabulary.ts'
import { record } from '../recording/record.ts'
import type { Recording } from '../recording/recording.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Item } from './items.ts'

export interface RecordItemsOptions {
  /** site patterns */
  readonly sites: readonly string[]
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

/** The prefixes of the items, one sequence an item. */
export async function recordItems(
  engine: Engine,
  model: Model,
  items: readonly Pick<Item, 'prefix' | 'tags'>[],
  options: RecordItemsOptions,
): Promise<Recording> {
  const { sites, initial, signal } = options
  const sequences = items.map(({ prefix, tags }) => ({ tokens: encode(model.vocabulary, prefix, tags) }))
  return record(model, sequences, { sites, engine, state: initial, signal })
}

/** Values [units, sequences] of a site, at one position of each sequence. */
export async function valuesAt(
  recording: Recording,
  site: string,
  positions: readonly number[],
): Promise<Float32Array> {
  const count = positions.length
  const width = recording.widths[site]
  const values = new Float32Array(width * count)
  let item = 0
  for await (const block of recording) {
    for (; item < count; item++) {
      const row = recording.offsets[item] + positions[item] - block.start
      if (row >= block.count) break
      for (let unit = 0; unit < width; unit++) values[unit * count + item] = block.values[site][row * width + unit]
    }
  }
  return values
}
