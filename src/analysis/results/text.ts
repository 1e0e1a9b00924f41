// Text coloured by a unit: read by the model, or written by it.

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

/** What models write: examples. */
export interface SamplesResult {
  readonly analysis: 'samples'
  readonly texts: readonly ColoredText[]
  readonly rows: readonly SampleRow[]
}

export interface SampleRow extends Subject {
  readonly unit: string
  readonly temperature: number
  /** value at which the unit was held while the model wrote; null where it was left alone */
  readonly held: number | null
  readonly text: string
}
