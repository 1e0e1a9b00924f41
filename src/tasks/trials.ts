// What is right or wrong as a whole: an item, or a pair of items of a template that differ in the number of the subject
// alone. Most English verbs have a form that a model prefers after any subject (base forms are mostly met as
// infinitives), and accuracy by condition mixes that preference with agreement. The two items of a pair share it: in the
// sum of their margins it cancels, and so does any change to the model that moves every choice towards one number.

import { groupBy } from '../core/rows.ts'
import type { Item } from './items.ts'

/** Indices of the items whose margins are added. */
export type Trial = readonly number[]

/** The trials of one task that count together. */
export interface Condition {
  readonly task: string
  /** such as `SP`, `SP and PP` for pairs, or `across clauses` for what a grammar puts between */
  readonly condition: string
  readonly trials: readonly Trial[]
}

/** The condition of a grammar's items whose subject and verb have a clause or more between them. */
export const ACROSS_CLAUSES = 'across clauses'

/** Every condition of every task, in the order of the items; then the pairs, then what a grammar puts between subject and verb. */
export function conditionsOf(items: readonly Item[]): Condition[] {
  const indices = items.map((_, index) => index)
  const single = [...groupBy(indices, (index) => `${items[index].task} ${items[index].condition}`).values()]
  const conditions = single.map((group) => {
    const { task, condition } = items[group[0]]
    return { task, condition, trials: group.map((index) => [index]) }
  })
  const pairs = subjectPairs(items).map(({ pairs, ...named }) => ({ ...named, trials: pairs }))
  return [...conditions, ...pairs, ...reachesOf(items)]
}

/** Items of a grammar by what stands between subject and verb, whatever the numbers of the nouns. */
function reachesOf(items: readonly Item[]): Condition[] {
  const drawn = items.flatMap(({ fields: { clausesBetween } }, index) => (clausesBetween === undefined ? [] : [index]))
  return [...groupBy(drawn, (index) => `${items[index].task} ${reachOf(items[index])}`).values()].map((group) => (
    { task: items[group[0]].task, condition: reachOf(items[group[0]]), trials: group.map((index) => [index]) }
  ))
}

function reachOf({ fields: { interveners, clausesBetween = 0 } }: Item): string {
  if (clausesBetween > 0) return ACROSS_CLAUSES
  return interveners > 0 ? 'across a phrase' : 'across no noun'
}

/** The mean margin of the items of a trial. @param start place of the first item's margin */
export function marginOf(trial: Trial, margins: ArrayLike<number>, start = 0): number {
  let sum = 0
  for (const item of trial) sum += margins[start + item]
  return sum / trial.length
}

/** The pairs of one task and two conditions. */
export interface SubjectPairs {
  readonly task: string
  /** such as `SP and PP` */
  readonly condition: string
  /** indices of the items of each pair, the singular subject's first */
  readonly pairs: readonly (readonly [number, number])[]
}

/** In the order of the items; items of no template have none. */
export function subjectPairs(items: readonly Item[]): SubjectPairs[] {
  const drawn = items.flatMap(({ fields }, index) => (fields.slots === null ? [] : [index]))
  const pairs = [...groupBy(drawn, (index) => frameOf(items[index])).values()].flatMap((frame) => {
    const [singular, plural] = (['singular', 'plural'] as const).map((number) =>
      frame.find((index) => items[index].fields.number === number),
    )
    return singular === undefined || plural === undefined ? [] : [[singular, plural] as const]
  })
  const conditionOf = ([singular, plural]: readonly [number, number]) =>
    `${items[singular].condition} and ${items[plural].condition}`
  return [...groupBy(pairs, (pair) => `${items[pair[0]].task} ${conditionOf(pair)}`).values()].map((group) => (
    { task: items[group[0][0]].task, condition: conditionOf(group[0]), pairs: group }
  ))
}

/** What two items have in common that differ in the subject's number alone. */
function frameOf({ task, half, prefix, condition, fields }: Item): string {
  const words = prefix.map((word, place) => (place === fields.subjectPosition ? fields.subjectLemma : word))
  return [task, half, condition.slice(1), fields.verbLemma, ...words].join(' ')
}
