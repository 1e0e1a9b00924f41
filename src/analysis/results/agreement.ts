// How often the right form of a verb is preferred, beside what needs no model.

import type { Subject } from './subject.ts'

export interface AgreementResult {
  readonly analysis: 'agreement'
  readonly rows: readonly AgreementRow[]
  /** the same items by attractors and by distance, where that was asked for */
  readonly groups: readonly AgreementGroupRow[]
  /** what each word of distance changes, where distance was asked for */
  readonly trends: readonly AgreementTrendRow[]
  /** pairs of items of a template that differ in the subject's number alone */
  readonly pairs: readonly AgreementPairRow[]
  readonly overSeeds: readonly AgreementOverSeedsRow[]
  /** some items of tasks that no template made, drawn at random, for a reader to judge */
  readonly examples: readonly AgreementExample[]
  /** what was left out of each task and why */
  readonly audit: readonly AgreementAuditRow[]
}

/** How items were made. */
export interface AgreementAuditRow {
  /** for people, such as `Brown corpus` */
  readonly data: string
  readonly task: string
  readonly message: string
}

/** Proportion right of baselines that need no model, on the same items. */
export interface AgreementBaselines {
  /** always the commoner number of the items */
  readonly majority: number
  /** the commoner of the two forms in the training text */
  readonly unigram: number
  /** the number of the last noun before the choice */
  readonly lastNoun: number
  /** the 5-gram model */
  readonly ngram: number
}

/** How often a model is right on some items of a task, beside what needs no model. */
export interface AgreementShare extends Subject, AgreementBaselines {
  readonly task: string
  readonly n: number
  /** the clusters of the interval: subject and verb lemmas; subjects alone where no template drew the verbs */
  readonly lemmas: number
  readonly accuracy: number
  readonly low: number
  readonly high: number
  /** mean of log p(right) − log p(wrong) */
  readonly margin: number
  /** null where all items are of one lemma: nothing can be resampled */
  readonly marginLow: number | null
  readonly marginHigh: number | null
}

/** The mean over the seeds of a model; intervals resample seeds, and with them the lemmas of the items. */
export interface AgreementOverSeedsRow {
  readonly model: string
  readonly seeds: number
  readonly task: string
  readonly condition: string
  readonly n: number
  readonly accuracy: number
  readonly low: number | null
  readonly high: number | null
  /** mean of log p(right) − log p(wrong) */
  readonly margin: number
  readonly marginLow: number | null
  readonly marginHigh: number | null
}

export interface AgreementRow extends AgreementShare {
  readonly condition: string
}

/**
 * Items of a task that are alike in one respect while others are held fixed: by attractors, only items all of whose
 * intervening nouns are attractors, or none (Linzen et al. 2016); by distance, only items without attractors; by construction,
 * all items that a grammar drew.
 */
export interface AgreementGroupRow extends AgreementShare {
  readonly by: 'attractors' | 'distance' | 'construction'
  /** such as `no noun`, `1 attractor`, `3–4 words`, `Clause over Agent` */
  readonly group: string
}

/**
 * The least-squares slope of being right (1 or 0) on the words between subject and choice, over all items of a task
 * without attractors; of each baseline the same slope.
 */
export interface AgreementTrendRow extends Subject, AgreementBaselines {
  readonly task: string
  readonly n: number
  /** items with a word between subject and choice */
  readonly apart: number
  readonly lemmas: number
  /** change of accuracy with each further word, a fraction */
  readonly slope: number
  readonly low: number | null
  readonly high: number | null
  /** most words between */
  readonly farthest: number
}

/**
 * Two items of a template that differ in the number of the subject alone are right together where their margins sum to
 * more than 0: a verb's preference for one of its forms, the same in both, cancels. Chance is ½, and so is every
 * baseline that does not see the subject.
 */
export interface AgreementPairRow extends Subject {
  readonly task: string
  /** such as `SP and PP` */
  readonly conditions: string
  readonly n: number
  readonly lemmas: number
  readonly together: number
  readonly low: number
  readonly high: number
  /** the 5-gram model */
  readonly ngram: number
}

export interface AgreementExample extends Subject {
  readonly task: string
  /** as the corpus has it, up to the choice */
  readonly sentence: string
  readonly subject: string
  readonly right: string
  readonly wrong: string
  readonly attractors: number
  readonly distance: number
  /** log p(right) − log p(wrong), nats */
  readonly margin: number
}
