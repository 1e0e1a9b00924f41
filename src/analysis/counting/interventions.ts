// What becomes of a model when one unit of its state is changed: removed, kept where it was when the word began, or a
// counter made wrong by some symbols. Each beside the units that do not count, changed alike.

import { mean } from '../../core/statistics/moments.ts'
import type { TrainedLanguage } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import { horizonOf } from '../../tasks/counting/horizon.ts'
import type { CounterRow, InterventionRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { countersAmong, isSteady } from './find-counters.ts'
import { lengthOutside, readWord, wordStart } from './read-word.ts'
import { shiftedEnds } from './shifts.ts'
import { countingSites, countingSubject } from './subject.ts'

export interface InterventionOptions {
  /** symbols by which the counters are made wrong; none by default */
  readonly shifts?: readonly number[]
  readonly signal?: AbortSignal
}

/** What every kind of intervention needs. */
interface Setting extends InterventionOptions {
  readonly engine: Engine
  readonly subject: AnalysedModel
  readonly language: TrainedLanguage
  /** of every unit and block */
  readonly rows: readonly CounterRow[]
  readonly units: readonly string[]
  readonly counters: readonly string[]
  /** up to twice the longest length of training, as all horizons here */
  readonly intactHorizon: number
}

/**
 * Every unit removed and frozen, every counter shifted. Horizons are tested to twice the longest length of training.
 * @param rows what the finder says of the model
 */
export async function interventions(
  engine: Engine,
  subject: AnalysedModel,
  language: TrainedLanguage,
  rows: readonly CounterRow[],
  options: InterventionOptions = {},
): Promise<InterventionRow[]> {
  const { shifts = [], signal } = options
  const intactHorizon = await horizonOf(engine, subject.model, language, { longest: lengthOutside(language), signal })
  const units = [...new Set(rows.map(({ unit }) => unit))]
  const counters = countersAmong(rows)
  const setting: Setting = { ...options, engine, subject, language, rows, units, counters, intactHorizon }
  return [
    ...(await heldRows(setting, 'removed', meanValues(setting))),
    ...(await heldRows(setting, 'frozen', firstValues(setting))),
    ...counters.flatMap((unit) => shifts.map((shift) => shiftedRow(setting, unit, shift))),
  ]
}

/** Each unit held at a value of its own. */
async function heldRows(
  setting: Setting,
  change: 'removed' | 'frozen',
  values: ReadonlyMap<string, number>,
): Promise<InterventionRow[]> {
  const { engine, subject, language, units, counters, signal } = setting
  const longest = lengthOutside(language)
  const horizons = new Map<string, number>()
  for (const unit of units) {
    const edits = [{ unit, set: values.get(unit)! }]
    horizons.set(unit, await horizonOf(engine, subject.model, language, { longest, edits, signal }))
  }
  return units.map((unit) => {
    const others = units.filter((other) => other !== unit && !counters.includes(other))
    return {
      ...identityOf(setting, unit),
      change,
      shift: null,
      horizon: horizons.get(unit)!,
      expectedOff: null,
      meanOff: null,
      share: null,
      n: longest,
      ...comparison(others.map((other) => horizons.get(other)!)),
    }
  })
}

/** The mean of each unit over the longest word of training. */
function meanValues({ engine, subject: { model }, language }: Setting): Map<string, number> {
  const recorded = readWord(engine, model, language, language.longest, countingSites(model.config))
  const { units } = model.config
  return valuesByUnit(recorded, units, (values, unit) => mean(values.filter((_, place) => place % units === unit)))
}

/** What each unit has when a word begins. */
function firstValues({ engine, subject: { model } }: Setting): Map<string, number> {
  const state = wordStart(engine, model)
  const sites = countingSites(model.config).map((site) => [site, state[site]] as const)
  return valuesByUnit(Object.fromEntries(sites), model.config.units, (values, unit) => values[unit])
}

function valuesByUnit(
  bySite: Readonly<Record<string, Float32Array>>,
  units: number,
  valueOf: (values: Float32Array, unit: number) => number,
): Map<string, number> {
  const entries = Object.entries(bySite).flatMap(([site, values]) =>
    Array.from({ length: units }, (_, unit) => [`${site}.${unit}`, valueOf(values, unit)] as const),
  )
  return new Map(entries)
}

/** Lengths at which a shift is tried, at most. */
const MOST_LENGTHS = 100

/** The same amount is added to the units that do not count. */
function shiftedRow(setting: Setting, unit: string, shift: number): InterventionRow {
  const { engine, subject, language, rows, units, counters } = setting
  const { block, slope } = countedBack(rows.filter((row) => row.unit === unit))
  const others = units.filter((other) => !counters.includes(other))
  const lengths = evenly(Math.abs(shift) + 1, language.longest - Math.abs(shift))
  const shifts = [unit, ...others].map((each) => ({ unit: each, by: -shift * slope }))
  const options = { shifts, block, lengths, most: 2 * Math.abs(shift) }
  const [own, ...likewise] = lengths.length === 0 ? [[]] : shiftedEnds(engine, subject.model, language, options)
  return {
    ...identityOf(setting, unit),
    change: 'shifted',
    shift,
    horizon: null,
    expectedOff: shift,
    meanOff: own.length === 0 ? null : mean(own),
    share: own.length === 0 ? null : own.filter((off) => off === shift).length / own.length,
    n: own.length,
    ...comparison(likewise.map(mean)),
  }
}

/** The last steady block in which a counter goes back on what it did in an earlier one. @param rows of its blocks */
function countedBack(rows: readonly CounterRow[]): { readonly block: number; readonly slope: number } {
  const steady = rows.flatMap((row, block) => (isSteady(row) ? [{ block, slope: row.slope }] : []))
  const back = steady.filter(({ slope }, place) => steady.slice(0, place).some((earlier) => earlier.slope * slope < 0))
  return back[back.length - 1]
}

/** Whole numbers from `first` to `last`, or 100 of them with both ends. */
function evenly(first: number, last: number): number[] {
  const all = Math.max(0, last - first + 1)
  const count = Math.min(all, MOST_LENGTHS)
  return Array.from({ length: count }, (_, place) => first + Math.round((place * (all - 1)) / Math.max(1, count - 1)))
}

function identityOf({ subject, language, counters, intactHorizon }: Setting, unit: string) {
  return { ...countingSubject(subject, language), unit, counter: counters.includes(unit), intactHorizon }
}

function comparison(values: readonly number[]) {
  const none = values.length === 0
  return {
    comparable: values.length,
    comparableLow: none ? null : Math.min(...values),
    comparableHigh: none ? null : Math.max(...values),
  }
}
