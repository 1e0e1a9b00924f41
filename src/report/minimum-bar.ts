// What a claim of a number unit has to pass, point by point. Unit and condition are chosen on one half of the lexicon, all
// values are of the other, so that each network is asked once. The points are those of the literature on Lakretz et al.
// (2019): a drop, its size beside units like it, that it is confined to number, that the value lasts, that the decoder
// reads it, and that it is a cause.

import { FEWEST_ITEMS } from '../analysis/choose-units.ts'
import { BAR, judgedByBar } from '../analysis/number-units/bar.ts'
import type { AblationRow, AnalysisResult } from '../analysis/results.ts'
import { groupBy } from '../core/rows.ts'
import { isOf, strength, withoutQuantity } from './evidence.ts'
import { count, fixed, percent, points } from './format.ts'
import { FEWEST_COMPARABLE, pText, type OfSubject } from './verdicts/rules.ts'
import { judgedWord } from './verdicts/patching.ts'

/** A point of the bar. It does not apply to a unit that nothing of the kind can be asked of. */
export interface Point {
  readonly name: string
  readonly met: boolean | null
  /** the number behind it, as a reader sees it */
  readonly value: string
}

/** One trained model against the bar. */
export interface BarResult extends OfSubject {
  /** null where no unit's removal stood out on the items that choose */
  readonly unit: string | null
  readonly condition: string | null
  readonly points: readonly Point[]
}

export const POINTS = [
  'drop of 10 points', 'three times units like it', 'number alone', 'lasts to the verb', 'read by the decoder', 'turns choices',
] as const

/** Every trained model that a sweep confirmed units of, and that everything else was asked of. */
export function applyBar(results: readonly AnalysisResult[]): BarResult[] {
  const sweeps = results.filter((result) => result.analysis === 'ablation-sweep')
  const rows = sweeps.flatMap((sweep) => sweep.rows)
  const confirmed = sweeps.flatMap((sweep) => sweep.confirmed)
  const asked = new Set(results.flatMap((result) => (result.analysis === 'patching' ? result.pairs : [])).map(({ model }) => model))
  const groups = groupBy(confirmed.filter(({ model }) => asked.has(model)), ({ model, seed }) => `${model} ${seed}`)
  return [...groups.values()].map((own): BarResult => {
    const [{ model, seed }] = own
    const choice = judgedByBar(rows.filter((row) => isOf(row, own[0])))
    const ofUnit = own.filter((row) => row.unit === choice?.unit)
    const [judged, zero] = (['mean', 'zero'] as const).map((set) =>
      ofUnit.find((row) => row.set === set && row.task === choice?.task && row.condition === choice?.condition))
    if (judged === undefined) return { model, seed, unit: null, condition: null, points: [] }
    const { unit, condition } = judged
    return { model, seed, unit, condition, points: pointsOf(judged, zero ?? null, ofUnit.filter(({ set }) => set === 'mean'), results) }
  })
}

/** Found: every point that applies is met, and most points apply. */
export function passesBar({ points: own }: BarResult): boolean {
  return own.length > 0 && own.every(({ met }) => met !== false) && own.filter(({ met }) => met === true).length > own.length / 2
}

function pointsOf(
  judged: AblationRow, zero: AblationRow | null, ofUnit: readonly AblationRow[], results: readonly AnalysisResult[],
): Point[] {
  return [
    dropPoint(judged, zero), timesPoint(judged), alonePoint(judged, ofUnit, results), lastsPoint(judged, results),
    readPoint(judged, results), turnsPoint(judged, results),
  ]
}

/** Set to its mean and to zero, corrected over the confirmed units and all conditions. */
function dropPoint(mean: AblationRow, zero: AblationRow | null): Point {
  const both = zero === null ? [mean] : [mean, zero]
  const value = `${points(mean.drop)}${zero === null ? '' : `, zero ${fixed(zero.drop * 100, 1)}`}`
  const largest = Math.max(...both.map(({ p }) => p ?? NaN))
  if (Number.isNaN(largest)) return { name: POINTS[0], met: null, value: `${value}, too few items or lemmas` }
  const met = both.every(({ drop }) => drop >= BAR.drop) && largest < BAR.level
  return { name: POINTS[0], met, value: `${value}, ${pText(largest)}` }
}

function timesPoint({ drop, bandHigh, comparable }: AblationRow): Point {
  const value = `${fixed(drop * 100, 1)} to ${fixed(bandHigh * 100, 1)}`
  return { name: POINTS[1], met: comparable < FEWEST_COMPARABLE ? null : drop >= BAR.times * Math.max(0, bandHigh) && drop > 0, value }
}

/** It costs little where no noun stands between, and on ordinary text no more than units like it. */
function alonePoint(judged: AblationRow, ofUnit: readonly AblationRow[], results: readonly AnalysisResult[]): Point {
  const plain = ofUnit.filter(({ condition }) => condition === 'S' || condition === 'P')
  const loss = results
    .flatMap((result) => (result.analysis === 'ablation-kinds' ? result.losses : []))
    .find((row) => isOf(row, judged) && row.unit === judged.unit)
  if (plain.length === 0 || loss === undefined) return { name: POINTS[2], met: null, value: 'not measured' }
  const most = Math.max(...plain.map(({ drop }) => drop))
  const limit = loss.likeMedian + BAR.deviations * loss.likeDeviation
  const met = most < BAR.elsewhere && loss.change <= limit
  return { name: POINTS[2], met, value: `${points(most)}; ${fixed(loss.change, 4)} of at most ${fixed(limit, 4)} nats` }
}

/** The best of its sites, on the side of the subject's number at every word up to the verb. */
function lastsPoint(judged: AblationRow, results: readonly AnalysisResult[]): Point {
  const ranges = results
    .flatMap((result) => (result.analysis === 'generalization' ? result.units : []))
    .filter((row) => isOf(row, judged) && isSameUnit(row.unit, judged.unit))
  if (ranges.length === 0) return { name: POINTS[3], met: null, value: 'not measured' }
  const kept = Math.max(...ranges.map((row) => row.kept))
  return { name: POINTS[3], met: kept >= BAR.auc, value: `AUC ${fixed(kept, 2)}` }
}

function readPoint(judged: AblationRow, results: readonly AnalysisResult[]): Point {
  const row = results
    .flatMap((result) => (result.analysis === 'verb-weights' ? result.rows : []))
    .find((one) => isOf(one, judged) && isSameUnit(one.unit, judged.unit))
  if (row === undefined) return { name: POINTS[4], met: null, value: 'not read by it' }
  return { name: POINTS[4], met: strength(row.separation) + 0.5 >= BAR.separation, value: `AUC ${fixed(row.separation, 2)}` }
}

/** Of sentences of its condition, its value copied at the word at which copying all units does most. */
function turnsPoint(judged: AblationRow, results: readonly AnalysisResult[]): Point {
  const rows = results
    .flatMap((result) => (result.analysis === 'patching' ? result.rows : []))
    .filter((row) => isOf(row, judged) && row.task === judged.task)
  const row = rows.length === 0 ? undefined : judgedWord(rows).find(({ patched, condition }) =>
    condition === judged.condition && isSameUnit(patched, judged.unit))
  if (row === undefined) return { name: POINTS[5], met: null, value: 'not measured' }
  if (row.n < FEWEST_ITEMS) return { name: POINTS[5], met: null, value: `${percent(row.flips, 0)} of ${count(row.n)}` }
  return { name: POINTS[5], met: row.flips >= BAR.turned, value: percent(row.flips, 0) }
}

function isSameUnit(one: string, other: string): boolean {
  return withoutQuantity(one) === withoutQuantity(other)
}
