// Single units on items of agreement: removed, read, and watched word by word.

import type { Subject } from './subject.ts'

export interface AblationResult {
  readonly analysis: 'ablation-sweep'
  readonly site: string
  readonly rows: readonly AblationRow[]
  /** top units of the discovery half, measured once on the other half */
  readonly confirmed: readonly AblationRow[]
}

/** One unit changed, on the items of one condition. A drop is intact minus changed: positive is worse. */
export interface DropRow extends Subject {
  readonly unit: string
  readonly task: string
  /** such as `SP`; or `SP and PP`: pairs of items that differ in the subject alone, right or wrong together */
  readonly condition: string
  readonly half: 'discovery' | 'confirmation' | 'all'
  readonly n: number
  readonly intact: number
  readonly accuracy: number
  readonly drop: number
  /** null, as that of the margin, where all items are of one lemma */
  readonly dropLow: number | null
  readonly dropHigh: number | null
  /** fall of the mean margin, nats */
  readonly marginDrop: number
  readonly marginDropLow: number | null
  readonly marginDropHigh: number | null
  /** smallest and largest drop among the comparable units (activity, spread, outgoing norm), changed the same way */
  readonly bandLow: number
  readonly bandHigh: number
  readonly marginBandLow: number
  readonly marginBandHigh: number
  readonly comparable: number
}

/** One unit removed. */
export interface AblationRow extends DropRow {
  readonly set: 'mean' | 'zero'
  /**
   * of the drop, two-sided, corrected over every unit (or every confirmed one) of all sites in every condition, set the same
   * way; null in a condition of too few items or lemmas
   */
  readonly p: number | null
  /** change of the loss on ordinary held-out text, nats per token, where it was measured */
  readonly lossChange: number | null
  /** of confirmed units: their drop on the items that chose them minus this one; what choosing flattered */
  readonly shrinkage: number | null
  readonly shrinkageLow: number | null
  readonly shrinkageHigh: number | null
}

export interface RankingResult {
  readonly analysis: 'unit-ranking'
  readonly probe: string
  readonly rows: readonly RankingRow[]
}

export interface RankingRow extends Subject {
  readonly unit: string
  readonly site: string
  /** before the verb, on incongruent items; below 0.5 the unit is lower for the plural */
  readonly auc: number
  readonly low: number
  readonly high: number
  readonly n: number
  /** Benjamini and Hochberg over all units of the table */
  readonly q: number
  /** AUC at the subject, where it is word identity, and at the attractor */
  readonly aucAtSubject: number
  readonly aucAtAttractor: number
  /** best |AUC − 0.5| + 0.5 of any unit under shuffled labels, 95th percentile over permutations: what the best of so
   *  many units reaches by chance */
  readonly chanceBest: number
  /** the same unit on the confirmation half; null where the lexicon was not split */
  readonly confirmedAuc: number | null
  /** how much nearer to 0.5, from the side of `auc`, the AUC is on the confirmation half */
  readonly shrinkage: number | null
}

export interface DynamicsResult {
  readonly analysis: 'dynamics'
  readonly task: string
  readonly rows: readonly DynamicsRow[]
  /** none where the items come in no pairs */
  readonly gaps: readonly NumberGapRow[]
}

/** What the number of the subject does to a unit after one word: plural less singular, all other words the same. */
export interface NumberGapRow extends Subject {
  /** such as `0.61`: layer and unit, the same in each site */
  readonly unit: string
  readonly site: string
  readonly position: number
  readonly word: string
  /** where the subject stands */
  readonly subjectPosition: number
  /** pairs of items that did not choose the unit */
  readonly n: number
  readonly gap: number
  readonly low: number | null
  readonly high: number | null
  /** of the items, those of one number at a time */
  readonly deviation: number
  /** the same of the last noun's number; null where no noun stands between */
  readonly lastNounGap: number | null
}

/** A unit of one site at one word of the template, over the items of a condition. All items count, right or wrong. */
export interface DynamicsRow extends Subject {
  /** such as `0.61`: layer and unit, the same in each site */
  readonly unit: string
  readonly site: string
  readonly condition: string
  readonly position: number
  readonly word: string
  readonly n: number
  readonly mean: number
  readonly deviation: number
}
