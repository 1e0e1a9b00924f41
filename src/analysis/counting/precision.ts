// What is left of the horizon with fewer bits, and with larger weights. The claim of Weiss, Goldberg & Yahav (2018) is
// about finite precision; saturated networks, whose gates are all open or shut, are what Merrill (2019) reasons about.

import type { TrainedLanguage } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { PRECISIONS, type Edit, type Precision } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { roundTo } from '../../model/precision.ts'
import { siteName, sitesOf, STATE_QUANTITIES } from '../../model/sites.ts'
import { horizonOf } from '../../tasks/counting/horizon.ts'
import type { PrecisionRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { readWord } from './read-word.ts'
import { countingSubject } from './subject.ts'

/**
 * `float16`: weights are rounded, and the state at every step; `times 10`: all weights are multiplied. `int8` has the 255
 * numbers k / 127 from −1 to 1: as usual, each weight matrix is scaled to them by its largest weight, and each unit of
 * the state by its largest value over the longest word of training, beyond which it is clipped.
 */
export type PrecisionChange = Precision | `times ${number}`

export interface PrecisionOptions {
  /** the largest n that is tested */
  readonly longest: number
  readonly changes: readonly PrecisionChange[]
  readonly signal?: AbortSignal
}

/** One row a change, the first without any. @throws UserError where the model does not know the letters */
export async function precision(
  engine: Engine,
  subject: AnalysedModel,
  language: TrainedLanguage,
  { longest, changes, signal }: PrecisionOptions,
): Promise<PrecisionRow[]> {
  const intactHorizon = await horizonOf(engine, subject.model, language, { longest, signal })
  const row = (change: string, horizon: number): PrecisionRow => (
    { ...countingSubject(subject, language), change, horizon, intactHorizon, tested: longest }
  )
  const rows = [row('none', intactHorizon)]
  for (const change of changes) {
    const { model, edits } = changed(engine, subject.model, language, change)
    rows.push(row(change, await horizonOf(engine, model, language, { longest, edits, signal })))
  }
  return rows
}

/** A model with other weights, and what is done to its state at every step. */
interface Changed {
  readonly model: Model
  readonly edits: readonly Edit[]
}

function changed(engine: Engine, model: Model, language: TrainedLanguage, change: PrecisionChange): Changed {
  if (isFormat(change)) {
    const edits = roundState(engine, model, language, change)
    return { model: withWeights(model, (weights) => rounded(weights, change)), edits }
  }
  const factor = Number(change.slice('times '.length))
  return { model: withWeights(model, (weights) => weights.map((weight) => weight * factor)), edits: [] }
}

function isFormat(change: PrecisionChange): change is Precision {
  return (PRECISIONS as readonly string[]).includes(change)
}

function rounded(weights: Float32Array, format: Precision): Float32Array {
  const scale = format === 'int8' ? largestOf(weights) : 1
  return weights.map((weight) => roundTo(format, weight / scale) * scale)
}

/** The largest size of a value; 1 where all are 0. */
function largestOf(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1
}

function withWeights(model: Model, change: (weights: Float32Array) => Float32Array): Model {
  const weights = Object.entries(model.weights).map(([name, values]) => [name, change(values)] as const)
  return { ...model, weights: Object.fromEntries(weights) }
}

/** Every unit of what is handed from step to step. */
function roundState(engine: Engine, model: Model, language: TrainedLanguage, format: Precision): Edit[] {
  const { config } = model
  const states: readonly string[] = STATE_QUANTITIES[config.cell]
  const sites = sitesOf(config).filter(({ quantity }) => states.includes(quantity)).map(siteName)
  const recorded = format === 'int8' ? readWord(engine, model, language, language.longest, sites) : null
  return sites.flatMap((site) =>
    Array.from({ length: config.units }, (_, index): Edit[] => {
      const unit = `${site}.${index}`
      if (recorded === null) return [{ unit, round: format }]
      const largest = largestOf(recorded[site].filter((_, place) => place % config.units === index))
      return [{ unit, scale: 1 / largest }, { unit, round: format }, { unit, scale: largest }]
    }).flat(),
  )
}
