// What the sentence rules share: thresholds, and how one rule speaks of one model, of several, and of several seeds. A
// rule judges the rows of one trained model; the seed is the unit of replication, so with one seed it says "in this
// model".

import { groupBy } from '../../core/rows.ts'
import type { Judgement, Verdict } from '../document.ts'
import { fixed, listed } from '../format.ts'

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

/**
 * One verdict for each model by name; its seeds are judged one by one and counted.
 * @param models how many the report is about; only one is "this model"
 */
export function judgeByModel<R extends OfSubject>(rows: readonly R[], models: number, rule: Rule<R>): Verdict[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) => {
    const seeds = [...groupBy(ofModel, (row) => String(row.seed)).values()]
    if (seeds.length > 1) return acrossSeeds(model, seeds, rule)
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

function acrossSeeds<R extends OfSubject>(model: string, seeds: readonly R[][], rule: Rule<R>): Verdict {
  const judged = seeds.map((rows) => ({ seed: rows[0].seed, ...rule(rows, `In seed ${rows[0].seed}`) }))
  const kinds = groupBy(judged, (verdict) => verdict.judgement)
  const judgement = overall(judged.map((verdict) => verdict.judgement))
  const example = judged.find((verdict) => verdict.judgement === judgement) ?? judged[0]
  if (kinds.size === 1 && judgement === 'description') return { judgement, sentence: example.sentence }
  const counts = (['found', 'candidate', 'not found', 'cannot tell'] as const)
    .filter((kind) => kinds.has(kind))
    .map((kind) => `${COUNTED[kind]} in ${kinds.get(kind)!.length} (${seedList(kinds.get(kind)!)})`)
  return { judgement, sentence: `Of ${seeds.length} seeds of ${model}: ${listed(counts)}. ${example.sentence}` }
}

const COUNTED = {
  found: 'found',
  candidate: 'a candidate',
  'not found': 'not found',
  'cannot tell': 'undecided',
} as const

function seedList(verdicts: readonly { seed: number }[]): string {
  return `seed ${verdicts.map((verdict) => verdict.seed).join(', ')}`
}

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
