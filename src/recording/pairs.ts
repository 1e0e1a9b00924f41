// Minimal pairs: after a prefix, is the right word more probable than the wrong one? The margin log p(right) − log p(wrong)
// is a difference of two logits, so that two columns of the decoder and no softmax are enough. Shared prefixes are run once.

import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { InitialState } from './sequences.ts'

/** Token ids. The prefix may be empty where the model has read a context. */
export interface Pair {
  readonly prefix: Int32Array
  readonly right: number
  readonly wrong: number
}

export interface PairScore {
  /** log p(right) − log p(wrong), nats; positive is right */
  readonly margin: number
  /** log p of the right word, nats */
  readonly right: number
  /** log p of the wrong word, nats */
  readonly wrong: number
}

export interface PairOptions {
  /** loaded by default: the native engine where it is there */
  readonly engine?: Engine
  /** `end-of-sentence` by default, `zeros` for a vocabulary that has no such token */
  readonly state?: InitialState
  /** (prefix, variant) combinations run side by side; 2048 by default. Never changes a value. */
  readonly batchRows?: number
  readonly signal?: AbortSignal
  /** called now and then with the number of variants done */
  readonly onProgress?: (done: number) => void
}

/**
 * The margin of every pair under every variant, [variants, pairs], nats. A variant is a list of edits (none for the intact
 * model) that act on every prefix, the context included; `steps` are positions in the prefix; `rows` may not be given.
 */
export async function pairMargins(
  model: Model,
  pairs: readonly Pair[],
  variants: readonly (readonly Edit[])[],
  options: PairOptions = {},
): Promise<Float32Array> {
  throw new Error(`not written yet ${model.config.cell} ${pairs.length} ${variants.length} ${options.batchRows}`)
}

/** Margin and log probabilities of every pair under one list of edits. */
export async function scorePairs(
  model: Model,
  pairs: readonly Pair[],
  options: PairOptions & { readonly edits?: readonly Edit[] } = {},
): Promise<PairScore[]> {
  throw new Error(`not written yet ${model.config.cell} ${pairs.length} ${options.batchRows}`)
}
