// What the sentence rules share: thresholds, and how one rule speaks of one model, of several, and of several seeds. A
// rule judges the rows of one trained model; the seed is the unit of replication, so with one seed it says "in this
// model".

import { groupBy } from '../../core/rows.ts'
import { wilson } from '../../core/statistics/proportions.ts'
import { meanInterval } from '../../core/statistics/student.ts'
import type { Judgement, Verdict } from '../document.ts'
import { fixed, interval, listed, percent, percentInterval, points } from '../format.ts'

/** With fewer comparable units even the most extreme unit has p above 0.05: 1 / (19 + 1). */
export const FEWEST_COMPARABLE = 19
/** Level of Benjamini and Hochberg's q. */
export const LEVEL = 0.05

export interface OfSubject {
  readonly model: string
  readonly seed: number
}

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

/**
 * One verdict for each model by name; its seeds are judged one by one and counted.
 * @param models how many the report is about; only one is "this model"
 * @param measures told of several seeds
 */
export function judgeByModel<R extends OfSubject>(
  rows: readonly R[],
  models: number,
  rule: Rule<R>,
  measures: readonly Measure<R>[] = [],
): Verdict[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) => {
    const seeds = [...groupBy(ofModel, (row) => String(row.seed)).values()]
    if (seeds.length > 1) return acrossSeeds(model, seeds, rule, measures)
    return rule(ofModel, models === 1 ? 'In this model' : `In the model ${model}`)
  })
}

/** One verdict for each model and judgement: tasks that come to the same judgement share the sentence of the first. */
export function judgeAlike<R extends OfSubject & { readonly task: string }>(
  tasks: readonly R[][],
  models: number,
  rule: Rule<R>,
): Verdict[] {
  const judged = tasks.flatMap((ofTask) =>
    [...groupBy(ofTask, (row) => row.model)].flatMap(([model, ofModel]) =>
      judgeByModel(ofModel, models, rule).map((verdict) => ({ model, task: ofTask[0].task, verdict })),
    ),
  )
  const groups = groupBy(judged, ({ model, verdict }) => `${model} ${verdict.judgement}`)
  return [...groups.values()].map(([{ verdict }, ...others]) => withOthers(verdict, others.map(({ task }) => task)))
}

/** Names further tasks before the basis, which the brackets at the end hold. */
function withOthers({ judgement, sentence }: Verdict, tasks: readonly string[]): Verdict {
  if (tasks.length === 0) return { judgement, sentence }
  const basis = sentence.lastIndexOf(' (')
  const others = `; ${listed(tasks)} ${tasks.length === 1 ? 'comes' : 'come'} to the same judgement`
  return { judgement, sentence: sentence.slice(0, basis) + others + sentence.slice(basis) }
}

function acrossSeeds<R extends OfSubject>(
  model: string,
  seeds: readonly R[][],
  rule: Rule<R>,
  measures: readonly Measure<R>[],
): Verdict {
  const judged = seeds.map((rows) => ({ seed: rows[0].seed, ...rule(rows, `In seed ${rows[0].seed}`) }))
  const kinds = groupBy(judged, (verdict) => verdict.judgement)
  const judgement = overall(judged.map((verdict) => verdict.judgement))
  const example = judged.find((verdict) => verdict.judgement === judgement) ?? judged[0]
  const averages = measures.flatMap((measure) => averageOf(measure, seeds))
  const average = averages.length === 0 ? '' : `The mean over seeds, with Student’s interval: ${listed(averages)}. `
  if (kinds.size === 1 && judgement === 'description') return { judgement, sentence: average + example.sentence }
  const isDecided = kinds.has('candidate') || kinds.has('not found')
  const counts = (['found', 'candidate', 'not found', 'cannot tell'] as const)
    .filter((kind) => kinds.has(kind) || (kind === 'found' && isDecided))
    .map((kind) => `${COUNTED[kind]} in ${countOf(kinds.get(kind) ?? [], seeds.length, kind)}`)
  return { judgement, sentence: `Of ${seeds.length} seeds of ${model}: ${listed(counts)}. ${average}${example.sentence}` }
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
  const [least, most] = [Math.max(0, low), Math.min(1, high)]
  if (as === 'share') return [`${name} ${percent(mean(values))} ${percentInterval(least, most)}${few}`]
  if (as === 'auc') return [`${name} ${fixed(mean(values), 2)} ${interval(least, most, 2)}${few}`]
  if (as === 'points') return [`${name} ${points(mean(values))} ${percentInterval(low, high)}${few}`]
  const { digits, unit } = as
  return [`${name} ${fixed(mean(values), digits)} ${interval(low, high, digits)}${unit === undefined ? '' : ` ${unit}`}${few}`]
}

const COUNTED = {
  found: 'found',
  candidate: 'a candidate',
  'not found': 'not found',
  'cannot tell': 'undecided',
} as const

/** What more than half of the seeds say; otherwise the data cannot tell. */
function overall(judgements: readonly Judgement[]): Judgement {
  const groups = [...groupBy(judgements, (judgement) => judgement).values()]
  const majority = groups.find((group) => group.length * 2 > judgements.length)
  return majority ? majority[0] : 'cannot tell'
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** `p = 0.002`, `p < 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${fixed(p, 3)}`
}
