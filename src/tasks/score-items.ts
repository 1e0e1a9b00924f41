// Margins of items: log p(right) − log p(wrong) after the prefix.

import { UserError } from '../core/errors.ts'
import { encode, tokenId, type Vocabulary } from '../data/vocabulary.ts'
import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Choice, EncodedChoice } from './items.ts'
import { marginsOfVariants } from './margins.ts'

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
  const words = items.flatMap(({ right, wrong }) => [right, wrong])
  const forms = new Map(words.map((word) => [word, tokenId(vocabulary, word)]))
  refuseUnknown([...forms].flatMap(([word, id]) => (id === undefined ? [word] : [])))
  return items.map(({ prefix, tags, right, wrong }) => ({
    prefix: encode(vocabulary, prefix, tags),
    right: forms.get(right)!,
    wrong: forms.get(wrong)!,
  }))
}

function refuseUnknown(words: readonly string[]): void {
  if (words.length === 0) return
  const some = words.slice(0, 10).map((word) => JSON.stringify(word)).join(', ') + (words.length > 10 ? ', …' : '')
  throw new UserError(`The model does not know ${some}; the right and the wrong word of a pair have to be known.`)
}
