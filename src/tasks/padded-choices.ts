// Choices side by side in one batch, the short ones padded.

import type { Batch } from '../engine/engine.ts'
import type { EncodedChoice } from './items.ts'

export interface PaddedChoices extends Batch {
  readonly lengths: Int32Array
  /** row · steps + step of the last word of each prefix */
  readonly ends: Int32Array
  readonly right: Int32Array
  readonly wrong: Int32Array
}

/** One row a choice, in their order. */
export function padChoices(choices: readonly EncodedChoice[]): PaddedChoices {
  const rows = choices.length
  const lengths = Int32Array.from(choices, ({ prefix }) => prefix.length)
  const steps = lengths.reduce((most, length) => Math.max(most, length), 0)
  const tokens = new Int32Array(rows * steps)
  choices.forEach(({ prefix }, row) => tokens.set(prefix, row * steps))
  return {
    tokens,
    rows,
    steps,
    lengths,
    ends: lengths.map((length, row) => row * steps + length - 1),
    right: Int32Array.from(choices, ({ right }) => right),
    wrong: Int32Array.from(choices, ({ wrong }) => wrong),
  }
}
