// Removes every unit of a site in turn and scores all items. Rows of one batch carry different edits, so that a run of
// the engine serves many units at once.

import { silent, type Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { Model } from '../model/model.ts'
import { parseSite, siteName, siteWidth } from '../model/sites.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Choice } from './items.ts'
import { marginsOfVariants } from './margins.ts'
import { encodeChoices } from './score-items.ts'

export interface SweepOptions {
  /** one site, as in `0.hidden` */
  readonly site: string
  /** what units are set to at every step: 0, or each to its own value (its mean over ordinary text), [units] */
  readonly set: 'zero' | ArrayLike<number>
  /** indices of the units to remove; every unit of the site by default */
  readonly units?: readonly number[]
  readonly initial?: InitialState
  /** most rows of one run of the engine; 4096 by default. Changes speed and memory only. */
  readonly rowsPerRun?: number
  readonly log?: Log
  readonly signal?: AbortSignal
}

/** Margins [units, items], row-major, nats. */
export async function sweepUnits(
  engine: Engine,
  model: Model,
  items: readonly Choice[],
  options: SweepOptions,
): Promise<Float32Array> {
  const { set, initial, rowsPerRun, log = silent, signal } = options
  const site = parseSite(options.site, model.config)
  const units = options.units ?? Array.from({ length: siteWidth(site, model.config) }, (_, unit) => unit)
  const variants = units.map((unit) => [
    { unit: `${siteName(site)}.${unit}`, set: set === 'zero' ? 0 : set[unit] },
  ])
  const stage = `removing units of ${siteName(site)} (${set === 'zero' ? 'zero' : 'mean'})`
  const report = (done: number) => log.progress({ stage, done, total: units.length, unit: 'units' })
  const choices = encodeChoices(items, model.vocabulary)
  return marginsOfVariants(engine, model, choices, variants, { initial, rowsPerRun, onProgress: report, signal })
}
