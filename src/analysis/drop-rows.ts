// From margins to rows: the drop of every unit in every condition and on pairs of items that differ in the subject alone,
// its paired interval (the same resampled lemmas for all units), and the band of the units like it.

import { Random } from '../core/random.ts'
import { bootstrapMean, resampleClusters, type Resamples } from '../core/statistics/bootstrap.ts'
import { differenceInterval } from '../core/statistics/interval.ts'
import { mean } from '../core/statistics/moments.ts'
import type { Item } from '../tasks/items.ts'
import { rightness } from '../tasks/score-items.ts'
import { conditionsOf, marginOf, type Condition, type Trial } from '../tasks/trials.ts'
import { lemmaClusters } from './lemma-clusters.ts'
import type { AblationRow, DropRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

/** The trials of one task that count together, and resamples of their lemmas. */
export interface ResampledCondition extends Condition {
  /** the subject of every trial, and its verb where a template drew both */
  readonly clusterings: readonly (readonly string[])[]
  readonly lemmas: Resamples
}

/** Every condition of some items. @param count of the resamples; 1000 by default */
export function resampleConditions(items: readonly Item[], count = 1000, randomSeed = 1): ResampledCondition[] {
  return conditionsOf(items).map((condition) => {
    const { clusterings } = lemmaClusters(condition.trials.map(([index]) => items[index]))
    const random = new Random(randomSeed).fork(`${condition.task} ${condition.condition}`)
    return { ...condition, clusterings, lemmas: resampleClusters(clusterings, count, random) }
  })
}

/** Margins of items, intact and with each unit removed. */
export interface ItemSample {
  readonly items: readonly Item[]
  /** of these items; drawn once for whatever is done to units */
  readonly conditions: readonly ResampledCondition[]
  /** [items] */
  readonly intact: Float32Array
  /** the units that were removed */
  readonly removed: readonly number[]
  /** [removed, items] */
  readonly margins: Float32Array
}

export interface DropRowsOptions {
  /** the units that get rows */
  readonly reported: readonly number[]
  /** for each unit of the site those that it is compared with */
  readonly neighbours: readonly (readonly number[])[]
  readonly name: (unit: number) => string
}

/** Rows by task and condition, pairs of items that differ in the subject alone last; then by unit. */
export function dropRows(subject: AnalysedModel, sample: ItemSample, options: DropRowsOptions): DropRow[] {
  const { reported, neighbours, name } = options
  const { items, conditions, removed } = sample
  return conditions.flatMap(({ task, condition, trials, lemmas }) => {
    const { half } = items[trials[0][0]]
    const drops = new Map(removed.map((unit, place) => [unit, dropsOf(sample, place, trials)]))
    const intact = mean(trials.map((trial) => rightness(marginOf(trial, sample.intact))))
    return reported.map((unit): DropRow => {
      const own = drops.get(unit)!
      const interval = bootstrapMean(own.right, lemmas)
      const marginInterval = bootstrapMean(own.margin, lemmas)
      const like = neighbours[unit].map((other) => drops.get(other)!)
      const band = extent(like.map((other) => other.meanRight))
      const marginBand = extent(like.map((other) => other.meanMargin))
      return {
        model: subject.name,
        seed: subject.seed,
        unit: name(unit),
        task,
        condition,
        half: half ?? 'all',
        n: trials.length,
        intact,
        accuracy: intact - own.meanRight,
        drop: own.meanRight,
        dropLow: interval.low,
        dropHigh: interval.high,
        marginDrop: own.meanMargin,
        marginDropLow: marginInterval.low,
        marginDropHigh: marginInterval.high,
        bandLow: band.low,
        bandHigh: band.high,
        marginBandLow: marginBand.low,
        marginBandHigh: marginBand.high,
        comparable: like.length,
      }
    })
  })
}

/** Confirmed rows beside what the same units cost where they were chosen. @param chosen rows of the discovery half */
export function withShrinkage(confirmed: readonly AblationRow[], chosen: readonly AblationRow[]): AblationRow[] {
  const keyOf = ({ unit, set, task, condition }: AblationRow) => `${unit} ${set} ${task} ${condition}`
  const byKey = new Map(chosen.map((row) => [keyOf(row), row]))
  const estimate = ({ drop, dropLow, dropHigh }: AblationRow) => ({ value: drop, low: dropLow, high: dropHigh })
  return confirmed.map((row) => {
    const before = byKey.get(keyOf(row))
    if (before === undefined) return row
    const { low, high } = differenceInterval(estimate(before), estimate(row))
    return { ...row, shrinkage: before.drop - row.drop, shrinkageLow: low, shrinkageHigh: high }
  })
}

/** Intact minus ablated, trial by trial, of one condition. */
export function dropsOf({ items, intact, margins }: ItemSample, place: number, trials: readonly Trial[]) {
  const right = new Float64Array(trials.length)
  const margin = new Float64Array(trials.length)
  trials.forEach((trial, index) => {
    const before = marginOf(trial, intact)
    const after = marginOf(trial, margins, place * items.length)
    right[index] = rightness(before) - rightness(after)
    margin[index] = before - after
  })
  return { right, margin, meanRight: mean(right), meanMargin: mean(margin) }
}

function extent(values: readonly number[]): { readonly low: number; readonly high: number } {
  return { low: Math.min(...values), high: Math.max(...values) }
}
