// How far back a loss, a state and a margin depend on what was read.

import type { Subject } from './subject.ts'

/** Where on its way a training was. */
export type Moment = 'untrained' | 'half way' | 'trained'

/** A network at one moment of its training. Untrained ones are what the trained stand beside. */
interface MomentSubject extends Subject {
  readonly moment: Moment
}

/**
 * Logarithms to base 10 of a quantity at several places of a text, for the mean of norms is that of their outliers.
 * Places where it is exactly 0 are left out; null where it is 0 at all of them.
 */
export interface LogBand {
  readonly log: number | null
  /** the middle 80 % of the places */
  readonly bandLow: number | null
  readonly bandHigh: number | null
  /** share of the places where it is 0 */
  readonly zeros: number
}

export interface LagCurvesResult {
  readonly analysis: 'lag-curves'
  readonly rows: readonly LagRow[]
  readonly pooled: readonly PooledLagRow[]
  readonly effects: readonly TokenEffectRow[]
  readonly pooledEffects: readonly PooledEffectRow[]
  readonly comparisons: readonly EffectComparisonRow[]
}

/** ‖∂L/∂site‖ some steps before a token, L the loss of that token alone, back through the whole text and unclipped. */
export interface LagRow extends MomentSubject, LogBand, RelativeBand {
  readonly site: string
  /** steps back; 0 is the step that predicts the token */
  readonly lag: number
  readonly places: number
}

/** The same of each norm divided by that of lag 0 at its place. */
interface RelativeBand {
  readonly relative: number | null
  readonly relativeBandLow: number | null
  readonly relativeBandHigh: number | null
}

/** The curves of all seeds together; Student's intervals over seeds, none of a single one. */
export interface PooledLagRow extends LogBand, RelativeBand {
  readonly model: string
  readonly moment: Moment
  readonly site: string
  readonly lag: number
  readonly seeds: number
  /** of all seeds */
  readonly places: number
  readonly low: number | null
  readonly high: number | null
  readonly relativeLow: number | null
  readonly relativeHigh: number | null
}

/** What the loss of a token depends on one token before it: another token of the text is put there instead. */
export interface TokenEffectRow extends MomentSubject {
  readonly lag: number
  readonly places: number
  /** mean |change of the loss|, nats; interval by bootstrap over sequences. Below some 1e-7 it is rounding. */
  readonly change: number
  readonly low: number | null
  readonly high: number | null
}

/** The same over all seeds, which lie orders of magnitude apart: geometric mean, changes below 1e-7 taken as that, and
 *  Student's interval of the logarithms; none of a single seed. */
export interface PooledEffectRow {
  readonly model: string
  readonly moment: Moment
  readonly lag: number
  readonly seeds: number
  readonly change: number
  readonly low: number | null
  readonly high: number | null
}

/** How many times as much a token moves the loss of a model with gates as that of a simple one; paired by seed. */
export interface EffectComparisonRow {
  readonly model: string
  /** the simple one */
  readonly other: string
  readonly moment: Moment
  readonly lag: number
  readonly seeds: number
  /** geometric mean; Student's interval of the logarithms, none of a single seed */
  readonly ratio: number
  readonly low: number | null
  readonly high: number | null
}

export interface JacobiansResult {
  readonly analysis: 'jacobians'
  readonly rows: readonly JacobianRow[]
  readonly spectrum: readonly ExponentRow[]
}

/** The largest singular value of ∂state(t) / ∂state(t − lag): the whole state, all layers. */
export interface JacobianRow extends MomentSubject, LogBand {
  readonly lag: number
  readonly places: number
  /** its natural logarithm divided by the lag: the finite-time growth rate, nats a step */
  readonly growth: number | null
  /** log10 of what no product of so many steps exceeds, σ(U)^lag; only of one layer of simple cells */
  readonly bound: number | null
  /** log10 of the product of the forget gates, in a GRU of 1 − update: mean over units and places, and mean over places
   *  of the best unit; null for simple cells, which have no gate */
  readonly gates: number | null
  readonly bestGate: number | null
}

/** One of the finite-time Lyapunov exponents, nats a step; as many as the state has units, the largest first. */
export interface ExponentRow extends MomentSubject {
  readonly rank: number
  /** over so many steps */
  readonly steps: number
  readonly places: number
  /** null where a direction is lost altogether */
  readonly exponent: number | null
  readonly bandLow: number | null
  readonly bandHigh: number | null
}

export interface SensitivityMapResult {
  readonly analysis: 'sensitivity-map'
  readonly maps: readonly SensitivityMap[]
}

/** What the top layer's hidden values depend on which input (Graves 2012); log10, mean over texts of one length. */
export interface SensitivityMap extends MomentSubject {
  readonly texts: number
  /** where there is one text */
  readonly words: readonly string[] | null
  /** of ‖∂hidden(t) / ∂embedding(s)‖, Frobenius: a row for each t, a value for each s up to t; null where it is 0 */
  readonly steps: readonly (readonly (number | null)[])[]
  /** of ‖∂hidden unit(t) / ∂embedding(0)‖: a value for each t */
  readonly units: readonly { readonly unit: string; readonly values: readonly (number | null)[] }[]
}

export interface MarginTraceResult {
  readonly analysis: 'margin-trace'
  readonly rows: readonly TraceRow[]
  readonly distances: readonly TraceDistanceRow[]
}

/** ‖∂ margin / ∂site‖ at one word before the choice, over the items of a condition that have as many words. */
export interface TraceRow extends MomentSubject, LogBand {
  readonly task: string
  readonly condition: string
  readonly site: string
  /** index of the word, and how many words stand between it and the choice */
  readonly position: number
  readonly distance: number
  /** its slot in the template, or the most frequent word */
  readonly word: string
  readonly role: 'subject' | 'last noun' | 'other'
  readonly n: number
  /** mean share of the norms of all words; interval by bootstrap over lemmas */
  readonly share: number
  readonly low: number | null
  readonly high: number | null
  /** 1 / number of words */
  readonly evenShare: number
}

/** The subject beside the other words that stand as far from the choice; log10 of norms, means. */
export interface TraceDistanceRow extends MomentSubject {
  readonly task: string
  readonly site: string
  /** words between it and the choice */
  readonly distance: number
  readonly subjects: number
  /** null where every gradient is 0 */
  readonly subject: number | null
  readonly subjectLow: number | null
  readonly subjectHigh: number | null
  /** other words at that distance, of items whose subject stands elsewhere; null where there are none */
  readonly others: number
  readonly other: number | null
  readonly otherLow: number | null
  readonly otherHigh: number | null
}
