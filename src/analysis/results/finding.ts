// The units that tell the answers of probes, and what removing them costs.

import type { Subject } from './subject.ts'

export interface UnitFindingResult {
  readonly analysis: 'find-units'
  readonly rows: readonly FoundUnitRow[]
  /** the best units of each probe */
  readonly scores: readonly UnitScoreRow[]
  /** what it costs to remove the best units of probes that serve something */
  readonly causes: readonly CauseRow[]
  /** probes that could not be asked, and why */
  readonly audit: readonly string[]
}

/**
 * The unit that tells the answers of a probe best. Scores are areas under the ROC curve for yes or no (0 and 1 are
 * equally good), Pearson's correlation for an amount; their strength is the distance from chance, from 0 to 1.
 */
export interface FoundUnitRow extends Subject {
  readonly probe: string
  readonly question: string
  readonly answers: 'yes-no' | 'amount'
  readonly unit: string
  readonly site: string
  /** in the documents in which it was chosen */
  readonly score: number
  /** in the other documents, with its interval over documents */
  readonly heldOut: number
  readonly low: number | null
  readonly high: number | null
  /** strength where it was chosen minus strength in the other documents */
  readonly shrinkage: number
  /** characters looked at, and their documents */
  readonly n: number
  readonly documents: number
  /** bits that the unit's value tells of the answer, and bits of the answer, in the other documents */
  readonly information: number
  readonly entropy: number
  /** |r| with the answers where it was chosen; what the best of all units reaches in 5 % of deals of whole blocks */
  readonly correlation: number
  readonly chanceBest: number
  /** of the unit against the best of all units under such deals; q after Benjamini and Hochberg over the probes */
  readonly p: number
  readonly q: number
  /** held-out score of the best unit of the untrained network, and of the best of as many rotated directions */
  readonly untrained: number
  readonly rotated: number
  /** the other probe whose answers the unit tells best, in the other documents; null where there is none */
  readonly nextProbe: string | null
  readonly nextScore: number | null
  /** strength for its probe minus that for the next one */
  readonly selectivity: number | null
}

export interface UnitScoreRow extends Subject {
  readonly probe: string
  readonly unit: string
  readonly site: string
  readonly score: number
  readonly heldOut: number
  /** the score that says nothing */
  readonly chance: number
}

/** What it costs to set a unit to its mean or to zero, where the probe's answer is of use. Rises are nats a token. */
export interface CauseRow extends Subject {
  readonly probe: string
  readonly unit: string
  readonly set: 'mean' | 'zero'
  /** what the answer helps to predict, such as `closing quotation marks` */
  readonly serves: string
  /** how many of them there were, and in how many documents */
  readonly events: number
  readonly documents: number
  /** mean surprisal of the intact model there, nats */
  readonly intactLoss: number
  /** rise of the surprisal there, with its interval over documents; null in a single one */
  readonly rise: number
  readonly low: number | null
  readonly high: number | null
  /** rise at all other tokens */
  readonly elsewhere: number
  /** smallest and largest rise there among comparable units (activity, spread, outgoing norm), changed alike */
  readonly bandLow: number
  readonly bandHigh: number
  readonly comparable: number
}

/** When in training units come to tell the answers of probes. */
export interface EmergenceResult {
  readonly analysis: 'emergence'
  readonly rows: readonly EmergenceRow[]
}

/** The best unit for a probe after a share of all updates, chosen anew each time. */
export interface EmergenceRow extends Subject {
  readonly probe: string
  readonly answers: 'yes-no' | 'amount'
  /** of all updates, 0 to 1 */
  readonly share: number
  readonly unit: string
  /** score in documents in which it was not chosen */
  readonly heldOut: number
  /** from 0 to 1: 2 · |AUC − 0.5|, or |r| */
  readonly strength: number
  /** the score that says nothing */
  readonly chance: number
}
