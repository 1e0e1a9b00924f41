// What a rule says of several seeds of a model: how many of them show what, and means over them.

import { groupBy } from '../../core/rows.ts'
import type { Interval } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import { wilson } from '../../core/statistics/proportions.ts'
import { meanInterval } from '../../core/statistics/student.ts'
import type { Judgement, Verdict } from '../document.ts'
import { fixed, interval, listed, percent, percentInterval, points } from '../format.ts'

/** Judges the rows of one trained model; `where` opens its sentence: `In this model`. */
export type Rule<R> = (rows: readonly R[], where: string) => Verdict

/** A number of one trained model, whose mean over seeds is told beside the judgements. */
export interface Measure<R> {
  /** `R² of the units` */
  readonly name: string
  /** null where a model has none */
  readonly of: (rows: readonly R[]) => number | null
  /** how it is written; 2 digits by default. Of a share and an AUC the interval ends at 0 and 1 */
  readonly as?: 'share' | 'auc' | 'points' | { readonly digits: number; readonly unit?: string }
}

/** What is told of several seeds besides how many of them show what. */
export interface ToldOfSeeds<R> {
  /** what they were asked about, where one section asks about several things: `in cell` */
  readonly about?: string
  readonly measures?: readonly Measure<R>[]
}

/**
 * What more than half of the seeds show; otherwise the data cannot tell. One of them is the example, or where there is no
 * majority one that shows something.
 * @param seeds the rows of each
 */
export function acrossSeeds<R extends { readonly seed: number }>(
  model: string,
  seeds: readonly R[][],
  rule: Rule<R>,
  { about, measures = [] }: ToldOfSeeds<R>,
): Verdict {
  const judged = seeds.map((rows) => ({ seed: rows[0].seed, ...rule(rows, `In seed ${rows[0].seed}`) }))
  const kinds = groupBy(judged, (verdict) => verdict.judgement)
  const majority = [...kinds.values()].find((own) => own.length * 2 > judged.length)
  const judgement = majority === undefined ? 'cannot tell' : majority[0].judgement
  const [example] = majority ?? mostFrequent([...kinds.values()].filter(([own]) => own.judgement !== 'cannot tell'))
  const averages = measures.flatMap((measure) => averageOf(measure, seeds))
  const opening = `${seeds.length} seeds of ${model}${about === undefined ? '' : `, ${about}`}`
  if (kinds.size === 1 && judgement === 'description') {
    const average = averages.length === 0 ? '' : `Over ${opening}, the mean with Student’s interval: ${listed(averages)}. `
    return { judgement, sentence: average + example.sentence }
  }
  const average = averages.length === 0 ? '' : `The mean over seeds, with Student’s interval: ${listed(averages)}. `
  const isDecided = kinds.has('candidate') || kinds.has('not found')
  const counts = (['found', 'candidate', 'not found', 'cannot tell'] as const)
    .filter((kind) => kinds.has(kind) || (kind === 'found' && isDecided))
    .map((kind) => `${COUNTED[kind]} in ${countOf(kinds.get(kind) ?? [], seeds.length, kind)}`)
  return { judgement, sentence: `Of ${opening}: ${listed(counts)}. ${average}${example.sentence}` }
}

/** `4 (40 % [17, 69]; seed 1, 2, 5, 8)`: what was found is the claim, and has Wilson's interval. */
function countOf(verdicts: readonly { seed: number }[], seeds: number, kind: Judgement): string {
  const { length } = verdicts
  const named = length === 0 ? [] : [`seed ${verdicts.map((verdict) => verdict.seed).join(', ')}`]
  const { low, high } = wilson(length, seeds)
  const share = kind === 'found' ? [`${percent(length / seeds, 0)} ${interval(100 * low, 100 * high, 0)}`] : []
  return `${length === 0 ? 'none' : length} (${[...share, ...named].join('; ')})`
}

/** `R² 0.69 [0.68, 0.71]`; none of fewer than two seeds that have it. */
function averageOf<R>({ name, of, as = { digits: 2 } }: Measure<R>, seeds: readonly R[][]): string[] {
  const values = seeds.flatMap((rows) => of(rows) ?? [])
  const { low, high } = meanInterval(values)
  if (low === null || high === null) return []
  const few = values.length < seeds.length ? ` (${values.length} seeds)` : ''
  if (values.every((value) => value === values[0])) return [`${name} ${written(values[0], as)} in each${few}`]
  return [`${name} ${written(mean(values), as, { low, high })}${few}`]
}

/** `60.0 % [20.1, 93.4]`, `0.52 [0.31, 0.77] nats` */
function written(value: number, as: NonNullable<Measure<unknown>['as']>, ends?: Interval): string {
  const within = ends && { low: Math.max(0, ends.low), high: Math.min(1, ends.high) }
  if (as === 'share') return percent(value) + (within ? ` ${percentInterval(within.low, within.high)}` : '')
  if (as === 'auc') return fixed(value, 2) + (within ? ` ${interval(within.low, within.high, 2)}` : '')
  if (as === 'points') return points(value) + (ends ? ` ${percentInterval(ends.low, ends.high)}` : '')
  const { digits, unit } = as
  return fixed(value, digits) + (ends ? ` ${interval(ends.low, ends.high, digits)}` : '') + (unit === undefined ? '' : ` ${unit}`)
}

const COUNTED = {
  found: 'found',
  candidate: 'a candidate',
  'not found': 'not found',
  'cannot tell': 'undecided',
} as const

function mostFrequent<T>(groups: readonly (readonly T[])[]): readonly T[] {
  return groups.reduce((most, group) => (group.length > most.length ? group : most))
}
