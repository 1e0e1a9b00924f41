// What the sentence rules share: thresholds, and how one rule speaks of one model, of several, and of several seeds. A
// rule judges the rows of one trained model; the seed is the unit of replication, so with one seed it says "in this
// model".

import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { fixed, listed } from '../format.ts'
import { acrossSeeds, type Rule, type ToldOfSeeds } from './across-seeds.ts'

/** With fewer comparable units even the most extreme unit has p above 0.05: 1 / (19 + 1). */
export const FEWEST_COMPARABLE = 19
/** Level of p, corrected where many were asked, and of Benjamini and Hochberg's q. */
export const LEVEL = 0.05

export interface OfSubject {
  readonly model: string
  readonly seed: number
}

/**
 * One verdict for each model by name; its seeds are judged one by one and counted.
 * @param models how many the report is about; only one is "this model"
 */
export function judgeByModel<R extends OfSubject>(
  rows: readonly R[],
  models: number,
  rule: Rule<R>,
  told: ToldOfSeeds<R> = {},
): Verdict[] {
  return [...groupBy(rows, (row) => row.model)].map(([model, ofModel]) => {
    const seeds = [...groupBy(ofModel, (row) => String(row.seed)).values()]
    if (seeds.length > 1) return acrossSeeds(model, seeds, rule, told)
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

/** `p = 0.002`, `p < 0.001`. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p = ${fixed(p, 3)}`
}
