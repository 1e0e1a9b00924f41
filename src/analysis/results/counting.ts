// How far networks count, with which units, and in how many bits.

import type { Subject } from './subject.ts'

/** What a count can be kept in: the state of a GRU and of a tanh RNN is bounded, that of the others is not. */
export type CountingCell = 'lstm' | 'gru' | 'tanh rnn' | 'relu rnn'

/** A network and the language x^n y^n … that it learned. Weights set by hand have seed 1. */
export interface CountingSubject extends Subject {
  /** spelled `a^n b^n` */
  readonly language: string
  readonly cell: CountingCell
  /** the largest n of training */
  readonly trainedTo: number
}

export interface CountingResult {
  readonly analysis: 'counting'
  readonly rows: readonly HorizonRow[]
  readonly rules: readonly RuleRow[]
  readonly acceptance: readonly AcceptanceRow[]
  readonly comparisons: readonly HorizonComparison[]
}

/** The horizon: the largest n up to which every word is right wherever the language determines the next symbol. */
export interface HorizonRow extends CountingSubject {
  readonly parameters: number
  readonly units: number
  /** false: the weights were set by hand */
  readonly trained: boolean
  /** every word of the training range is right where it is determined */
  readonly converged: boolean
  /** equal to `tested`: at least so far */
  readonly horizon: number
  readonly tested: number
  /** the 5-gram model */
  readonly ngramHorizon: number
  /** the same network before training */
  readonly untrainedHorizon: number
  /** nats a word */
  readonly validationLoss: number
  /** nats a word: of the best possible predictor, the entropy of n */
  readonly bestLoss: number
}

/** The rule of Weiss et al. (2018): a word is accepted if each of its symbols, and its end, is above a threshold. */
export interface RuleRow extends CountingSubject {
  readonly threshold: number
  /** every n up to it is accepted */
  readonly acceptedTo: number
  /** shares within the training range: of the words, and of those whose last block is too short or too long */
  readonly accepted: number
  readonly falselyAccepted: number
  /** the same beyond it, as far as was tested */
  readonly acceptedBeyond: number
  readonly falselyAcceptedBeyond: number
}

/**
 * The share of the seeds that accept x^n … y^(n + offset), mean over the n of a stretch. Each stretch begins a quarter
 * farther out than the one before, and the end of the training range is one of its own; neighbours of one share are
 * joined.
 */
export interface AcceptanceRow {
  readonly model: string
  readonly language: string
  readonly cell: CountingCell
  readonly trainedTo: number
  readonly threshold: number
  readonly offset: number
  /** first and last n of the stretch */
  readonly from: number
  readonly to: number
  readonly share: number
  readonly seeds: number
}

/** The horizons of two models over the same seeds. */
export interface HorizonComparison {
  readonly language: string
  readonly model: string
  readonly other: string
  readonly seeds: number
  /** seeds in which `model` reaches farther, and in which `other` does */
  readonly wins: number
  readonly losses: number
  readonly ties: number
  /** horizon of `model` minus that of `other` */
  readonly medianDifference: number
  /** exact Wilcoxon signed-rank test, two-sided */
  readonly p: number
  /** what so many seeds can reach at best */
  readonly smallestP: number
}

export interface CountersResult {
  readonly analysis: 'counters'
  readonly rows: readonly CounterRow[]
  readonly interventions: readonly InterventionRow[]
  readonly steps: readonly StepSizeRow[]
}

/**
 * One unit of the state in one block of the word: straight lines through its value against the symbols read in it.
 * Numbers have 6 digits, as many as float32 supports: there are thousands of rows, and every page carries them all.
 */
export interface CounterRow extends CountingSubject {
  readonly unit: string
  /** the letter */
  readonly block: string
  /** change of the value a symbol, n within the training range */
  readonly slope: number
  readonly r2: number
  /** the same where n is beyond the training range */
  readonly slopeOutside: number
  readonly r2Outside: number
  /** mean of each gate and of the candidate in mid-block */
  readonly gates: Readonly<Record<string, number>>
  /** of the unit, by the finder's rule, which was fixed before results were seen */
  readonly counter: boolean
  /** the weights were set by hand so that it counts, or not; null where they were trained */
  readonly planted: boolean | null
}

/**
 * What becomes of the model when a unit is changed.
 * - removed: set to its mean over the longest word of training
 * - frozen: kept at the value that it has when a word begins
 * - shifted: moved by as much as some symbols move it, with the last symbol before the block in which it counts back
 */
export interface InterventionRow extends CountingSubject {
  /** several, as in `0.cell.5 and 0.cell.7`, where they were shifted together */
  readonly unit: string
  readonly counter: boolean
  readonly change: 'removed' | 'frozen' | 'shifted'
  /** in symbols; null but for `shifted` */
  readonly shift: number | null
  /** null for `shifted` */
  readonly horizon: number | null
  readonly intactHorizon: number
  /** by how many symbols the block in which it counts back should be, and on average is, too long; a block that does not
   *  end counts as twice the shift; null but for `shifted` */
  readonly expectedOff: number | null
  readonly meanOff: number | null
  /** of the lengths at which it is off by exactly as much as expected; null but for `shifted` */
  readonly share: number | null
  /** how many lengths; horizons are tested up to it */
  readonly n: number
  /** the other units that do not count, changed alike: how many, and their range of `horizon`, or of `meanOff` */
  readonly comparable: number
  readonly comparableLow: number | null
  readonly comparableHigh: number | null
}

/**
 * How much the state moves at one step of the first block, ‖state(t) − state(t − 1)‖, 4 digits: a bounded state comes
 * to rest. Steps are evenly spread over a logarithmic axis.
 */
export interface StepSizeRow extends CountingSubject {
  readonly step: number
  readonly size: number
}

export interface TracesResult {
  readonly analysis: 'traces'
  readonly traces: readonly Trace[]
}

/** Every unit of one site over one word. */
export interface Trace extends CountingSubject {
  readonly site: string
  readonly n: number
  /** spelled `a^1000 b^1000` */
  readonly word: string
  /** one value a symbol */
  readonly units: readonly { readonly unit: string; readonly counter: boolean; readonly values: readonly number[] }[]
}

export interface PrecisionResult {
  readonly analysis: 'precision'
  readonly rows: readonly PrecisionRow[]
}

/** The horizon after weights and state were rounded, or the weights multiplied. */
export interface PrecisionRow extends CountingSubject {
  /** such as `none`, `bfloat16`, `times 10` */
  readonly change: string
  readonly horizon: number
  readonly intactHorizon: number
  readonly tested: number
}
