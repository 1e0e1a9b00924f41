// Tokens of a text at which gradients are looked at: drawn once, the same for every model that reads the text.

import { UserError } from '../../core/errors.ts'
import type { Random } from '../../core/random.ts'
import type { Place } from '../../recording/states-after.ts'

export interface PlaceOptions {
  /** how many; all where there are no more */
  readonly count: number
  /** tokens that have to stand before a place in its sequence */
  readonly before: number
  /** which tokens may be chosen, such as those of a copy; all by default */
  readonly among?: (tokens: Int32Array, position: number) => boolean
  readonly random: Random
}

/**
 * Different places in random order, each the token that is predicted.
 * @throws UserError where no token has so many before it
 */
export function drawPlaces(sequences: readonly Int32Array[], options: PlaceOptions): Place[] {
  const { count, before, among = () => true, random } = options
  const places: Place[] = []
  let farthest = 0
  sequences.forEach((tokens, sequence) => {
    for (let position = 0; position < tokens.length; position++) {
      if (!among(tokens, position)) continue
      farthest = Math.max(farthest, position)
      if (position >= before) places.push({ sequence, position })
    }
  })
  if (places.length > 0) return random.sample(places, count)
  throw new UserError(
    `No token has ${before} tokens of its text before it, as lags of ${before - 1} steps need; the most is ` +
      `${farthest}. Give longer texts, or lags of at most ${Math.max(0, farthest - 1)}.`,
  )
}
