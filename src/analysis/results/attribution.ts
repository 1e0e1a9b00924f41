// What a verb's margin is put together from.

import type { Subject } from './subject.ts'

export const ATTRIBUTION_METHODS = [
  'gradient × activation', 'integrated gradients', 'occlusion', 'Shapley values', 'contextual decomposition', 'whole gates',
] as const
export type AttributionMethod = (typeof ATTRIBUTION_METHODS)[number]

/** What stands for no word: a vector of zeros, or the mean of the words in its place. */
export type AttributionReference = 'zeros' | 'mean'

export interface AttributionResult {
  readonly analysis: 'attribution'
  readonly task: string
  readonly rows: readonly AttributionRow[]
  readonly checks: readonly AttributionCheckRow[]
  readonly defaults: readonly DefaultNumberRow[]
  readonly kept: readonly KeptPartsRow[]
}

interface OfMethod extends Subject {
  readonly method: AttributionMethod
  readonly reference: AttributionReference
  readonly task: string
  readonly n: number
}

/** What one part adds to log p(right) − log p(wrong), nats; mean over the items, interval by bootstrap over lemmas. */
export interface AttributionRow extends OfMethod {
  readonly condition: string
  /** slot of a word, or the name of its role */
  readonly part: string
  /** index of a word */
  readonly position: number | null
  readonly role: 'subject' | 'last noun' | 'other word' | 'state before' | 'biases' | 'decoder biases' | 'left over'
  readonly contribution: number
  readonly low: number | null
  readonly high: number | null
}

/** Do the parts add up, and do they say what changing the words does? */
export interface AttributionCheckRow extends OfMethod {
  /** mean |margin|, nats */
  readonly margin: number
  /** mean and largest |margin − sum of the parts|, nats */
  readonly gap: number
  readonly largestGap: number
  /** largest |margin − (β + γ + decoder's biases)| of contextual decomposition, nats; null for other methods */
  readonly identity: number | null
  /** correlation over the words of an item with occlusion, and with Shapley values, of the same
   *  reference; mean over items, interval over
   *  lemmas. Null for the method itself, and where there are no Shapley values. */
  readonly withOcclusion: number | null
  readonly withOcclusionLow: number | null
  readonly withOcclusionHigh: number | null
  readonly withShapley: number | null
  readonly withShapleyLow: number | null
  readonly withShapleyHigh: number | null
  /** how much of what the other number of the subject changes in the margin is put down to the subject, 1 for all of it;
   *  interval over lemmas. Null for occlusion, of which it holds by construction. */
  readonly pairs: number
  readonly swap: number | null
  readonly swapLow: number | null
  readonly swapHigh: number | null
}

/** What is there without words: log p(plural) − log p(singular), nats; mean over items, interval over lemmas. */
export interface DefaultNumberRow extends OfMethod {
  readonly toPlural: number
  readonly low: number | null
  readonly high: number | null
  /** of it the state before the first word, the biases of the layers, and those of the decoder */
  readonly start: number
  readonly biases: number
  readonly decoderBiases: number
  /** what subjects add to the form of their number */
  readonly singularSubjects: number
  readonly pluralSubjects: number
}

/** Share of items that some parts alone get right. */
export interface KeptPartsRow extends OfMethod {
  readonly condition: string
  readonly kept: 'subject' | 'default' | 'subject and default' | 'all but the subject'
  readonly accuracy: number
  readonly low: number
  readonly high: number
  /** of all parts together */
  readonly intact: number
}
