// Margins of items: log p(right) − log p(wrong) after the prefix.

import { UserError } from '../core/errors.ts'
import { encode, tokenId, type Vocabulary } from '../data/vocabulary.ts'
import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Choice } from './items.ts'
import { marginsOfVariants, type EncodedChoice } from './margins.ts'

export interface ScoreOptions {
  /** 'end-of-sentence' by default: how training text goes on from one sentence to the next */
  readonly initial?: InitialState
  /** applied at every step, those of the initial state included */
  readonly edits?: readonly Edit[]
  readonly signal?: AbortSignal
}

/**
 * One margin an item, in nats; positive where the model prefers the right form.
 * @throws UserError where a right or wrong form is outside the vocabulary
 */
export async function scoreItems(
  engine: Engine,
  model: Model,
  items: readonly Choice[],
  options: ScoreOptions = {},
): Promise<Float32Array> {
  const { initial, edits = [], signal } = options
  return marginsOfVariants(engine, model, encodeChoices(items, model.vocabulary), [edits], { initial, signal })
}

/** 1 for right, 0 for wrong, ½ where neither form is preferred. */
export function rightness(margin: number): number {
  return margin > 0 ? 1 : margin < 0 ? 0 : 0.5
}

/** Items in token ids. A word of a prefix may be unknown to the model, the two forms may not. */
export function encodeChoices(items: readonly Choice[], vocabulary: Vocabulary): EncodedChoice[] {
  const form = (word: string): number => {
    const id = tokenId(vocabulary, word)
    if (id === undefined) {
      throw new UserError(`${JSON.stringify(word)} is not in the vocabulary; the right and the wrong word have to be.`)
    }
    return id
  }
  return items.map(({ prefix, tags, right, wrong }) => ({
    prefix: encode(vocabulary, prefix, tags),
    right: form(right),
    wrong: form(wrong),
  }))
}
