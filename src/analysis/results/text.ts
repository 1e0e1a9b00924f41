// Text coloured by a unit.

import type { Subject } from './subject.ts'

export interface ColoredTextResult {
  readonly analysis: 'text'
  readonly texts: readonly ColoredText[]
}

/** Sentences coloured by one unit, with the range of its values over the recorded text. */
export interface ColoredText extends Subject {
  readonly unit: string
  /** what the unit was chosen for, as in `best for inside-quotes`; may be empty */
  readonly note: string
  readonly low: number
  readonly high: number
  readonly passages: readonly ColoredPassage[]
}

export interface ColoredPassage {
  readonly title: string
  readonly tokens: readonly string[]
  readonly values: readonly number[]
  /** nats for each token; null for the first */
  readonly surprisals: readonly (number | null)[]
}
