// The finder of counters: straight lines through each unit of the state in each block of a word, within the training
// range and beyond it, where a bounded unit that looked straight no longer is.

import type { TrainedLanguage } from '../../data/dataset.ts'
import { correlation, mean, slope } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import { QUANTITIES, STATE_QUANTITIES } from '../../model/sites.ts'
import type { CounterRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { blockOf, lengthOutside, readWord } from './read-word.ts'
import { countingSites, countingSubject } from './subject.ts'

/** Lines through one unit in one block, of the longest word of training and of one twice as long. */
export type BlockLines = Pick<CounterRow, 'slope' | 'r2' | 'slopeOutside' | 'r2Outside'>

/** How straight a line is. */
export const STRAIGHT = 0.99
/** Slopes that should be equal differ by no more than so much of the steeper. */
const TOLERANCE = 0.1

/**
 * The finder's rule. In a *steady* block a unit changes by the same amount with every symbol: R² ≥ 0.99 within the
 * training range and beyond it, and the two slopes differ by at most a tenth. A unit counts if it goes up in one steady
 * block and down in another, and comes back: the slopes of its steady blocks sum to at most a tenth of the steepest.
 */
export function isCounter(blocks: readonly BlockLines[]): boolean {
  const slopes = blocks.filter(isSteady).map((block) => block.slope)
  const steepest = Math.max(...slopes.map(Math.abs))
  const sum = slopes.reduce((total, each) => total + each, 0)
  return Math.min(...slopes) < 0 && Math.max(...slopes) > 0 && Math.abs(sum) <= TOLERANCE * steepest
}

export function isSteady({ slope: within, r2, slopeOutside, r2Outside }: BlockLines): boolean {
  const steeper = Math.max(Math.abs(within), Math.abs(slopeOutside))
  return Math.min(r2, r2Outside) >= STRAIGHT && Math.abs(within - slopeOutside) <= TOLERANCE * steeper
}

export interface FindCountersOptions {
  /** the units that count in a network set by hand; null, by default, for one that was trained */
  readonly planted?: readonly string[] | null
}

/**
 * One row for each unit of the state (the cell of an LSTM) and each block, by unit.
 * @throws UserError where the model does not know the letters
 */
export function findCounters(
  engine: Engine,
  subject: AnalysedModel,
  language: TrainedLanguage,
  { planted = null }: FindCountersOptions = {},
): CounterRow[] {
  const { config } = subject.model
  const identity = countingSubject(subject, language)
  const sites = countingSites(config)
  const gateSites = sites.flatMap((site) => gatesOf(site, config.cell).map((gate) => gate.site))
  const [within, outside] = [language.longest, lengthOutside(language)]
  const inside = readWord(engine, subject.model, language, within, [...sites, ...gateSites])
  const beyond = readWord(engine, subject.model, language, outside, sites)
  return sites.flatMap((site) =>
    Array.from({ length: config.units }, (_, unit) => {
      const valuesOf = (from: string, block: number) => blockOf(inside[from], config.units, unit, within, block)
      const lines = language.letters.map((_, block): BlockLines => {
        const line = lineThrough(valuesOf(site, block))
        const lineOutside = lineThrough(blockOf(beyond[site], config.units, unit, outside, block))
        return { ...line, slopeOutside: lineOutside.slope, r2Outside: lineOutside.r2 }
      })
      const name = `${site}.${unit}`
      const counter = isCounter(lines)
      return language.letters.map((letter, block): CounterRow => ({
        ...identity,
        unit: name,
        block: letter,
        ...lines[block],
        gates: Object.fromEntries(
          gatesOf(site, config.cell).map((gate) => [gate.quantity, mean(middle(valuesOf(gate.site, block)))]),
        ),
        counter,
        planted: planted && planted.includes(name),
      }))
    }).flat(),
  )
}

/** The units that count, each once. */
export function countersAmong(rows: readonly CounterRow[]): string[] {
  return [...new Set(rows.filter(({ counter }) => counter).map(({ unit }) => unit))]
}

/** Through values of successive symbols; slope and R² are 0 where they do not vary, or overflow. */
export function lineThrough(values: Float32Array): { readonly slope: number; readonly r2: number } {
  if (!values.every(Number.isFinite)) return { slope: 0, r2: 0 }
  const symbols = Float64Array.from(values, (_, symbol) => symbol + 1)
  return { slope: slope(symbols, values), r2: correlation(symbols, values) ** 2 }
}

/** What decides about a site: the gates, and the candidate, of its layer. */
function gatesOf(site: string, cell: keyof typeof QUANTITIES) {
  const layer = site.slice(0, site.indexOf('.'))
  const states: readonly string[] = STATE_QUANTITIES[cell]
  return QUANTITIES[cell]
    .filter((quantity) => !states.includes(quantity))
    .map((quantity) => ({ quantity, site: `${layer}.${quantity}` }))
}

/** The middle half of a block. */
function middle(values: Float32Array): Float32Array {
  return values.subarray(Math.floor(values.length / 4), Math.ceil((3 * values.length) / 4))
}
