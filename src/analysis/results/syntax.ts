// How many constituents are open: decoded from all units, and the units that stand out in it.

import type { Subject } from './subject.ts'

export interface SyntaxUnitsResult {
  readonly analysis: 'syntax-units'
  readonly fits: readonly DepthFitRow[]
  readonly units: readonly DepthUnitRow[]
  readonly links: readonly SyntaxLinkRow[]
  readonly linkSets: readonly SyntaxLinkSetRow[]
  readonly traces: readonly DepthTraceRow[]
}

/** A ridge regression of the number of open nodes, judged on sentences that it was not fitted to. */
export interface DepthFitRow extends Subject {
  readonly site: string
  /** all units with the covariates; the covariates alone (frequency of the word, its place); both in the untrained network */
  readonly read: 'units' | 'covariates' | 'untrained units'
  readonly columns: number
  /** words */
  readonly n: number
  readonly sentences: number
  /** share of the variance that is explained, in other sentences */
  readonly r2: number
  readonly low: number | null
  readonly high: number | null
  /** median over folds, beside a mean squared error of standardised columns */
  readonly penalty: number
}

/** A unit's weight in the regression on all units. */
export interface DepthUnitRow extends Subject {
  readonly unit: string
  /** open nodes for a standard deviation of the unit */
  readonly weight: number
  /** |weight| less the mean of all |weights|, in their standard deviations */
  readonly outlying: number
  /** share of bootstraps over sentences in which that is above 3 */
  readonly stability: number
  /** in at least 80 % of them */
  readonly isSyntaxUnit: boolean
  /** correlation with the number of open nodes, other words than depth apart */
  readonly correlation: number
}

/** A weight from a syntax unit to a gate of a chosen unit of number. */
export interface SyntaxLinkRow extends Subject {
  readonly from: string
  readonly to: string
  readonly gate: string
  /** times the largest |value| of the sending unit */
  readonly weight: number
  /** of all units that send to this gate in the same matrix */
  readonly z: number
  /** share of these with at least this |z|, the unit itself counted in */
  readonly p: number
  readonly units: number
}

/** All weights from the syntax units of a network to the gates of its units of number. */
export interface SyntaxLinkSetRow extends Subject {
  readonly senders: number
  readonly receivers: number
  readonly links: number
  /** mean |z| */
  readonly meanZ: number
  /** of random sets of as many senders from the same layers; `p` is the share of them with as large a mean */
  readonly randomMedian: number
  readonly randomHigh: number
  readonly random: number
  readonly p: number
}

/** What a unit remembers word by word in one of the deepest sentences. */
export interface DepthTraceRow extends Subject {
  /** as `1.cell.40`: of the syntax units, or of the unit whose weight lies farthest out where there is none */
  readonly unit: string
  readonly isSyntaxUnit: boolean
  /** from 1, the deepest first */
  readonly sentence: number
  readonly position: number
  readonly word: string
  readonly openNodes: number
  readonly value: number
}
