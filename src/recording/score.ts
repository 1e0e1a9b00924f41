// Surprisal: −log p of every token given what the model has read before it, in nats.

import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { InitialState, Sequence } from './sequences.ts'

export interface ScoreOptions {
  /** loaded by default: the native engine where it is there */
  readonly engine?: Engine
  /** as in `record` */
  readonly edits?: readonly Edit[]
  /** `end-of-sentence` by default, `zeros` for a vocabulary that has no such token */
  readonly state?: InitialState
  /** sequences run side by side; 256 by default. Never changes a value. */
  readonly batchRows?: number
  readonly signal?: AbortSignal
}

/** Per sequence the surprisal of each token, nats; NaN for a first token that nothing predicts (`state: 'zeros'`). */
export async function score(
  model: Model,
  sequences: readonly Pick<Sequence, 'tokens'>[],
  options: ScoreOptions = {},
): Promise<Float32Array[]> {
  throw new Error(`not written yet ${model.config.cell} ${sequences.length} ${options.batchRows}`)
}
