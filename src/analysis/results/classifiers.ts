// Diagnostic classifiers of the subject's number: at every site and word, beside what needs no number.

import type { Subject } from './subject.ts'

export interface ClassifiersResult {
  readonly analysis: 'diagnostic-classifiers'
  readonly task: string
  readonly rows: readonly ClassifierRow[]
  readonly path: readonly SparsePathRow[]
  readonly units: readonly SparseUnitRow[]
}

/** A logistic regression on all units of one site at one word, fitted to one half of the lexicon and judged on the other. */
export interface ClassifierRow extends Subject {
  /** such as `1.cell` */
  readonly site: string
  readonly units: number
  readonly position: number
  readonly word: string
  /** items of the other half whose nouns disagree: reading the last noun is always wrong there */
  readonly n: number
  readonly accuracy: number
  readonly low: number
  readonly high: number
  /** the same in the untrained network */
  readonly untrained: number
  /** all items of the fitted half that it was not fitted to, their subjects among those fitted to */
  readonly within: number
  /** the same with a random answer for each form of a subject, mean over draws (Hewitt & Liang 2019) */
  readonly control: number
  /** within less control: how much more it has of number than of which word it was */
  readonly selectivity: number
  /** bits that the answers of the fitted half take, each block coded by a classifier of those before it, mean over orders */
  readonly bits: number
  /** the same of the control's answers */
  readonly controlBits: number
  /** one an item: what they take without a classifier */
  readonly uniformBits: number
}

/** A logistic regression with an absolute penalty at the word before the verb. */
export interface SparsePathRow extends Subject {
  readonly site: string
  readonly penalty: number
  /** units that have a say */
  readonly kept: number
  readonly units: number
  /** on the other half, where nouns disagree */
  readonly accuracy: number
  readonly n: number
  /** chosen within the fitted half: the largest within one standard error of the least loss */
  readonly chosen: boolean
}

/** A unit under the chosen penalty, when half of the subjects are left out again and again. */
export interface SparseUnitRow extends Subject {
  readonly unit: string
  /** share of the halves in which it has a say */
  readonly stability: number
  readonly weight: number
  /** another analysis chose it */
  readonly chosen: boolean
}
