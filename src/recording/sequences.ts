// What a model is run over, and what it has read before.

import { endId } from '../data/vocabulary.ts'
import type { Model } from '../model/model.ts'

/** One sequence of token ids, at least one. */
export interface Sequence {
  readonly tokens: Int32Array
  /** part-of-speech tags, one a token, where there are any */
  readonly tags?: readonly string[]
  /** the fields of the item that the sequence was made from */
  readonly item?: Readonly<Record<string, string | number | boolean | null>>
}

/**
 * What the model has read before the first token of a sequence. It moves accuracies by points (Lakretz et al. 2019 feed
 * five sentences), so results state it.
 * - `zeros`: nothing; the model's own initial state. Nothing predicts the first token.
 * - `end-of-sentence`: the token that ends a sentence; what reads backward reads it before the last token
 * - a context: the tokens of a text
 */
export type InitialState = 'zeros' | 'end-of-sentence' | { readonly context: Int32Array }

/** The tokens that the model reads before each sequence; a tagger never reads the end of a sentence. */
export function contextOf(initial: InitialState, { vocabulary, config }: Pick<Model, 'vocabulary' | 'config'>): Int32Array {
  if (initial === 'zeros' || (initial === 'end-of-sentence' && config.tags !== undefined)) return new Int32Array(0)
  return initial === 'end-of-sentence' ? Int32Array.of(endId(vocabulary)) : initial.context
}
