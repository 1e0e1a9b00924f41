// How often gates and cells are at the ends of their range.

import type { Moment } from './gradients.ts'
import type { Subject } from './subject.ts'

export interface SaturationResult {
  readonly analysis: 'saturation'
  readonly rows: readonly SaturationRow[]
}

/** One unit of one gate, or of the cell, over some text. */
export interface SaturationRow extends Subject {
  readonly moment: Moment
  readonly layer: number
  /** such as `forget`; also `cell` */
  readonly gate: string
  /** such as `1.forget.41` */
  readonly unit: string
  /** share of the tokens at which a gate is below 0.1, a cell below −3 */
  readonly low: number
  /** share at which a gate is above 0.9, a cell above 3 */
  readonly high: number
  readonly n: number
}
