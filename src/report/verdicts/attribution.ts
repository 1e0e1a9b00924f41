// Which words a verb's number comes from, what number is there without words, and what the methods that say so are worth.

import type {
  AttributionCheckRow, AttributionMethod, AttributionReference, AttributionRow, DefaultNumberRow,
} from '../../analysis/results.ts'
import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** Methods whose parts add up to the margin, so that what is left without words is told apart. */
export const COMPLETE: readonly AttributionMethod[] = ['integrated gradients', 'Shapley values', 'whole gates']

interface OfMethod {
  readonly method: AttributionMethod
  readonly reference: AttributionReference
}

/** The one that only changes what is read, and to what sentences are like. */
function isHeadline({ method, reference }: OfMethod): boolean {
  return method === 'Shapley values' && reference === 'mean'
}

/** `Shapley values (mean)`. */
export function methodName({ method, reference }: OfMethod): string {
  return reference === 'mean' ? `${method} (mean)` : method
}

/**
 * Methods with zeros do not count: to them a subject is what all subjects have in common, too, and they name it in a
 * network whose verbs follow the last noun.
 * @param rows of one task
 */
export function judgeParts(rows: readonly AttributionRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const [{ n, seed, task }] = own
    if (n < FEWEST_ITEMS) {
      const sentence = `${where} it cannot be told which word the verb’s number comes from: ${plural(n, 'item')} a condition (seed ${seed}).`
      return { judgement: 'cannot tell', sentence }
    }
    const [toMeans, toZeros] = (['mean', 'zeros'] as const).map((reference) =>
      [...groupBy(own.filter((row) => row.reference === reference), methodName)])
    const leading = toMeans.filter(([, ofMethod]) => isLedBySubject(ofMethod)).map(([method]) => method)
    const leadingZeros = toZeros.filter(([, ofMethod]) => isLedBySubject(ofMethod)).length
    const judgement = leading.length === toMeans.length ? 'found' : leading.length > 0 ? 'candidate' : 'not found'
    const what = 'the subject adds more to the margin of its verb than any other word'
    const opening = {
      found: `${what}, by all ${count(toMeans.length)} methods that put means in the place of words`,
      candidate: `${what} by ${listed(leading)}, but not by all methods that put means in the place of words`,
      'not found': 'no method that puts means in the place of words has the subject add more to the margin of its verb than every other word',
    }[judgement]
    const [, shown] = toMeans.find(([, ofMethod]) => isHeadline(ofMethod[0])) ?? toMeans[0]
    const numbers = conditionsOf(shown).map(numbersOf)
    const basis = `(${methodName(shown[0])}, nats; with zeros ${count(leadingZeros)} of ${count(toZeros.length)} methods say so; n = ${count(n)} ${task} items a condition, seed ${seed})`
    return { judgement, sentence: `${where} ${opening}: ${numbers.join('; ')} ${basis}.` }
  }, {
    measures: [
      { name: 'what the subject adds', of: (own) => addedBy('subject', own), as: { digits: 1, unit: 'nats' } },
      { name: 'what the last noun adds', of: (own) => addedBy('last noun', own), as: { digits: 1, unit: 'nats' } },
    ],
  })
}

/** By the headline method, over the conditions that are told. */
function addedBy(role: AttributionRow['role'], rows: readonly AttributionRow[]): number | null {
  const own = conditionsOf(rows.filter(isHeadline)).flatMap((ofCondition) => ofCondition.filter((row) => row.role === role))
  return own.length === 0 ? null : mean(own.map(({ contribution }) => contribution))
}

/** Those in which nouns differ in number, where there are such. */
function conditionsOf(rows: readonly AttributionRow[]): AttributionRow[][] {
  const conditions = [...groupBy(rows, ({ condition }) => condition).values()]
  const telling = conditions.filter(([{ condition }]) => isIncongruent(condition))
  return telling.length > 0 ? telling : conditions
}

/** `SP`, not `SS`. */
function isIncongruent(condition: string): boolean {
  return /^[SP]{2,3}$/.test(condition) && new Set(condition).size > 1
}

/** @param rows of one method */
function isLedBySubject(rows: readonly AttributionRow[]): boolean {
  return conditionsOf(rows).every((own) => {
    const subject = own.find(({ role }) => role === 'subject')!
    const others = own.filter(({ role }) => role === 'last noun' || role === 'other word')
    return subject.low !== null && others.every(({ high }) => high !== null && subject.low! > high)
  })
}

/** `the subject adds 3.1 [2.9, 3.3] to SP (…), the last noun −0.2 [−0.3, −0.1], …` @param rows of one condition */
function numbersOf(rows: readonly AttributionRow[]): string {
  const [{ condition }] = rows
  const of = (role: AttributionRow['role']) => rows.find((row) => row.role === role)
  const [subject, noun] = [of('subject')!, of('last noun')]
  const others = rows.filter(({ role }) => role === 'other word').reduce((sum, { contribution }) => sum + contribution, 0)
  const without = rows.filter(({ position, role }) => position === null && role !== 'left over').reduce((sum, { contribution }) => sum + contribution, 0)
  const between = noun ? `, the last noun ${withInterval(noun)}` : ''
  return `of ${condition} the subject adds ${withInterval(subject)}${between}, the other words ${fixed(others, 1)}, what is there without words ${fixed(without, 1)}`
}

function withInterval({ contribution, low, high }: AttributionRow): string {
  return `${fixed(contribution, 1)} ${interval(low, high, 1)}`
}

/** @param rows of one task */
export function judgeDefault(rows: readonly DefaultNumberRow[], models: number): Verdict[] {
  const shown = groupBy(rows.filter(isHeadline), ({ model }) => model)
  const verdicts = judgeByModel(rows, models, judgeLeaning, {
    measures: [
    { name: 'log p(plural) − log p(singular) either way', of: (own) => Math.abs(leaning(own).toPlural), as: { digits: 1, unit: 'nats' } },
    ],
  })
  return [...groupBy(rows, ({ model }) => model).keys()].map((model, place) => {
    const { judgement, sentence } = verdicts[place]
    const seeds = shown.get(model) ?? []
    if (seeds.length < 2) return verdicts[place]
    const [singular, plurals] = (['singular', 'plural'] as const).map((number) => seeds.filter((row) => leaningOf(row) === number).length)
    return { judgement, sentence: `${sentence} It is the singular in ${plural(singular, 'seed')} and the plural in ${count(plurals)}.` }
  })
}

function leaningOf({ low, high }: DefaultNumberRow): 'singular' | 'plural' | null {
  return low !== null && low > 0 ? 'plural' : high !== null && high < 0 ? 'singular' : null
}

/** The row that is told: of the headline method where it was asked. */
function leaning(rows: readonly DefaultNumberRow[]): DefaultNumberRow {
  const toMeans = rows.filter(({ method, reference }) => COMPLETE.includes(method) && reference === 'mean')
  return toMeans.find(isHeadline) ?? toMeans[0]
}

function judgeLeaning(rows: readonly DefaultNumberRow[], where: string): Verdict {
  const complete = rows.filter(({ method }) => COMPLETE.includes(method))
  const shown = leaning(rows)
  const { n, seed, task, toPlural, low, high } = shown
  if (n < FEWEST_ITEMS || low === null) {
    const sentence = `${where} it cannot be told what number the network takes without words: ${plural(n, 'item')} (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const zeros = complete.filter(({ reference }) => reference === 'zeros').map((row) => `${fixed(row.toPlural, 1)} by ${row.method}`)
  const basis =
    `log p(plural) − log p(singular) is ${fixed(toPlural, 1)} nats ${interval(low, high, 1)}; with zeros in place of words ` +
    `${listed(zeros)} (n = ${count(n)} ${task} items, seed ${seed})`
  const number = leaningOf(shown)
  return number === null
    ? { judgement: 'not found', sentence: `${where} the network takes neither number after the mean of all sentences: ${basis}.` }
    : { judgement: 'found', sentence: `${where} the ${number} is the number that the network takes after the mean of all sentences: ${basis}.` }
}

/** What the methods are worth; means over seeds. @param rows of one task */
export function describeMethods(rows: readonly AttributionCheckRow[]): Verdict[] {
  return [...groupBy(rows, ({ model }) => model)].map(([model, ofModel]): Verdict => {
    const methods = [...groupBy(ofModel, methodName)]
    const meansOf = (of: (row: AttributionCheckRow) => number | null) =>
      methods.flatMap(([name, own]) => {
        const values = own.flatMap((row) => of(row) ?? [])
        return values.length === 0 ? [] : [{ name, value: mean(values) }]
      })
    const agreeing = meansOf(({ withShapley }) => withShapley).sort((a, b) => b.value - a.value)
    const swaps = meansOf(({ swap }) => swap).sort((a, b) => Math.abs(a.value - 1) - Math.abs(b.value - 1))
    const ends = <T>(values: readonly T[], text: (value: T) => string) => `${text(values[0])} to ${text(values.at(-1)!)}`
    const agreement = agreeing.length === 0 ? '' :
      `correlate with Shapley values, over the words of an item, by ${ends(agreeing, ({ name, value }) => `${fixed(value, 2)} (${name})`)}, and `
    const gap = Math.max(...ofModel.filter(({ method }) => COMPLETE.includes(method)).map(({ largestGap }) => largestGap))
    const seeds = new Set(ofModel.map(({ seed }) => seed)).size
    const sentence =
      `In ${model}, the methods ${agreement}put down to the subject, of what its other number changes in the margin, ` +
      `${ends(swaps, ({ name, value }) => `${fixed(100 * value, 0)} % (${name})`)}; where parts ought to add up to the margin, they miss it ` +
      `by ${fixed(gap, 6)} nats at most (n = ${count(ofModel[0].n)} items, ${plural(seeds, 'seed')}).`
    return { judgement: 'description', sentence }
  })
}
