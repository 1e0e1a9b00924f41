// What only a language model can be asked: the next token, and what its units do as it reads from left to right.

import { UserError } from '../core/errors.ts'
import { isPair } from '../model/config.ts'
import type { Model } from '../model/model.ts'

/** @param lacks as in `it has no surprisal` @throws UserError where the model says tags, or is a pair */
export function requireLanguageModel({ config }: Pick<Model, 'config'>, lacks: string): void {
  if (config.tags !== undefined) throw new UserError(`This model says a tag of each token, not the next token: ${lacks}.`)
  refusePair({ config }, lacks)
}

/** @throws UserError where the model is two, which read from either end */
export function refusePair({ config }: Pick<Model, 'config'>, lacks: string): void {
  if (!isPair(config)) return
  const what = 'contextual-vectors, "probe neighbors", "probe record" and "probe show" look at it'
  throw new UserError(`This model is two, which read from either end: ${lacks}. ${what}.`)
}
