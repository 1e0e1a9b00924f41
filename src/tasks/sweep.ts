// Removes every unit of a site in turn and scores all items. Rows of one batch carry different edits, so a run serves many
// units at once.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Choice } from './items.ts'

export interface SweepOptions {
  /** one site, as in `0.hidden` */
  readonly site: string
  /** what each unit is set to at every step: 0, or its own value (its mean over ordinary text) */
  readonly set: 'zero' | Float32Array
  /** indices of the units to remove; every unit of the site by default */
  readonly units?: readonly number[]
  readonly initial?: InitialState
  /** most rows of one run of the engine; 4096 by default. Changes speed and memory only. */
  readonly rowsPerRun?: number
  readonly log?: Log
}

/** Margins [units, items], row-major, nats. */
export async function sweepUnits(
  engine: Engine,
  model: Model,
  items: readonly Choice[],
  options: SweepOptions,
): Promise<Float64Array> {
  throw new Error('not written yet')
}
