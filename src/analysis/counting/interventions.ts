// What becomes of a model when one unit of its state is changed: removed, kept where it was when the word began, or a
// counter made wrong by some symbols. Each beside the units that do not count, changed alike.

import { groupBy } from '../../core/rows.ts'
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
 * Every unit removed and frozen, every counter shifted. Horizons are tested to twice the longest length of training; a
 * model that is wrong from the first word on has nothing to lose, and no rows.
 * @param rows what the finder says of the model
 */
export async function interventions(
  engine: Engine,
  subject: AnalysedModel,
  language: TrainedLanguage,
  rows: readonly CounterRow[],
  options: InterventionOptions = {},
): Promise<InterventionRow[]> {
  const longest = lengthOutside(language)
  const intactHorizon = await horizonOf(engine, subject.model, language, { longest, signal: options.signal })
  if (intactHorizon === 0) return []
  const units = [...new Set(rows.map(({ unit }) => unit))]
  const counters = countersAmong(rows)
  const setting: Setting = { ...options, engine, subject, language, rows, units, counters, intactHorizon }
  return [
    ...(await heldRows(setting, 'removed', meanValues(setting))),
    ...(await heldRows(setting, 'frozen', firstValues(setting))),
    ...shiftedRows(setting),
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
      counter: counters.includes(unit),
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

/** A counter, and the block in which it goes back on what it did in an earlier one. */
interface CountedBack {
  readonly unit: string
  readonly block: number
  readonly slope: number
}

/** Each counter alone, then those together that are counted back in the same block: they may share one count. */
function shiftedRows(setting: Setting): InterventionRow[] {
  const { rows, counters, shifts = [] } = setting
  const each = counters.map((unit) => countedBack(rows.filter((row) => row.unit === unit)))
  const together = [...groupBy(each, ({ block }) => block).values()].filter((own) => own.length > 1)
  return [...each.map((own) => [own]), ...together].flatMap((own) =>
    shifts.flatMap((shift) => shiftedRow(setting, own, shift) ?? []),
  )
}

/** The last such block. @param rows of a counter, by block */
function countedBack(rows: readonly CounterRow[]): CountedBack {
  const steady = rows.flatMap((row, block) => (isSteady(row) ? [{ unit: row.unit, block, slope: row.slope }] : []))
  const back = steady.filter(({ slope }, place) => steady.slice(0, place).some((earlier) => earlier.slope * slope < 0))
  return back[back.length - 1]
}

/** Lengths at which a shift is tried, at most. */
const MOST_LENGTHS = 100

/**
 * The largest amount of theirs is added to each unit that does not count. Lengths are those at which the model is right
 * when nothing is shifted, and that the count stays within; null where there are none.
 */
function shiftedRow(setting: Setting, own: readonly CountedBack[], shift: number): InterventionRow | null {
  const { engine, subject, language, units, counters, intactHorizon } = setting
  const size = Math.abs(shift)
  const lengths = evenly(size + 1, Math.min(language.longest, intactHorizon) - size)
  if (lengths.length === 0) return null
  const changes = own.map(({ unit, slope }) => ({ unit, by: -shift * slope }))
  const largest = changes.reduce((most, change) => (Math.abs(change.by) > Math.abs(most.by) ? change : most))
  const others = units.filter((unit) => !counters.includes(unit)).map((unit) => [{ ...largest, unit }])
  const options = { shifts: [changes, ...others], block: own[0].block, lengths, most: 2 * size }
  const [offs, ...likewise] = shiftedEnds(engine, subject.model, language, options)
  return {
    ...identityOf(setting, own.map(({ unit }) => unit).join(' and ')),
    counter: true,
    change: 'shifted',
    shift,
    horizon: null,
    expectedOff: shift,
    meanOff: mean(offs),
    share: offs.filter((off) => off === shift).length / offs.length,
    n: offs.length,
    ...comparison(likewise.map(mean)),
  }
}

/** Whole numbers from `first` to `last`, or 100 of them with both ends. */
function evenly(first: number, last: number): number[] {
  const all = Math.max(0, last - first + 1)
  const count = Math.min(all, MOST_LENGTHS)
  return Array.from({ length: count }, (_, place) => first + Math.round((place * (all - 1)) / Math.max(1, count - 1)))
}

function identityOf({ subject, language, intactHorizon }: Setting, unit: string) {
  return { ...countingSubject(subject, language), unit, intactHorizon }
}

function comparison(values: readonly number[]) {
  const none = values.length === 0
  return {
    comparable: values.length,
    comparableLow: none ? null : Math.min(...values),
    comparableHigh: none ? null : Math.max(...values),
  }
}
