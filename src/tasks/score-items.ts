// Margins of items: log p(right) − log p(wrong) after the prefix. The softmax's normaliser cancels, so only two columns of
// the decoder are computed; prefixes that items share are run once.

import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Choice } from './items.ts'

export interface ScoreOptions {
  /** 'end-of-sentence' by default: how training text goes on from one sentence to the next */
  readonly initial?: InitialState
  /** applied at every step, `<eos>` included; may not name rows or steps */
  readonly edits?: readonly Edit[]
}

/** One margin an item, in nats; positive where the model prefers the right form. */
export async function scoreItems(
  engine: Engine,
  model: Model,
  items: readonly Choice[],
  options: ScoreOptions = {},
): Promise<Float64Array> {
  throw new Error('not written yet')
}
