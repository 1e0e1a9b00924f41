// What only a language model can be asked: the next token.

import { UserError } from '../core/errors.ts'
import type { Model } from '../model/model.ts'

/** @param lacks as in `it has no surprisal` @throws UserError where the model says tags */
export function requireLanguageModel({ config }: Pick<Model, 'config'>, lacks: string): void {
  if (config.tags === undefined) return
  throw new UserError(`This model says a tag of each token, not the next token: ${lacks}.`)
}
