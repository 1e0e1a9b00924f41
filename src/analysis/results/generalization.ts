// Decoders of the subject's number that are trained at one word and tested at others.

import type { Subject } from './subject.ts'

export interface GeneralizationResult {
  readonly analysis: 'generalization'
  readonly task: string
  /** positions in the items of the subject and of the last noun before the verb */
  readonly subject: number
  readonly lastNoun: number
  readonly rows: readonly GeneralizationRow[]
  /** every unit alone, trained at the subject */
  readonly units: readonly RangeRow[]
}

/** One decoder, trained at one word on discovery items and tested at one word on confirmation items. */
export interface GeneralizationRow extends Subject {
  /** such as `cell`: of all layers */
  readonly site: string
  /** the units that the ablation sweep chose, together; all units but these; or one of them by name */
  readonly decoder: 'number units' | 'other units' | (string & {})
  /** units that it reads */
  readonly units: number
  readonly trained: number
  readonly trainedWord: string
  readonly tested: number
  readonly testedWord: string
  /** incongruent items of the confirmation half */
  readonly n: number
  /** chance is 0.5; below it the decoder names the other number, which on these items is that of the last noun */
  readonly auc: number
  readonly low: number
  readonly high: number
}

/** A unit alone, on the side of the subject's number on which it was at the subject of discovery items. */
export interface RangeRow extends Subject {
  readonly site: string
  readonly unit: string
  readonly range: 'long' | 'short' | 'neither'
  readonly n: number
  readonly atSubject: number
  readonly atLastNoun: number
  readonly lastNounLow: number
  readonly lastNounHigh: number
  readonly atVerb: number
  /** lowest AUC of any word from the subject to the last before the verb, with the interval at that word */
  readonly kept: number
  readonly keptLow: number
  readonly keptHigh: number
  /** smaller of the AUC at the subject and one minus that at the last noun: 1 where it always turns with that noun */
  readonly turned: number
  /** 95th percentiles over shuffles of the labels: what the best of all units of the site reaches */
  readonly keptByChance: number
  readonly turnedByChance: number
}
