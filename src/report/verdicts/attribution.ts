// Which words a verb's number comes from, what number is there without words, and what the methods that say so are worth.

import type {
  AttributionCheckRow, AttributionMethod, AttributionReference, AttributionRow, DefaultNumberRow,
} from '../../analysis/results.ts'
import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { describeCondition } from '../conditions.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'
import { judgeByModel, mean } from './rules.ts'

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

/** @param rows of one task */
export function judgeParts(rows: readonly AttributionRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const [{ n, seed, task }] = own
    if (n < FEWEST_ITEMS) {
      const sentence = `${where} it cannot be told which word the verb’s number comes from: ${plural(n, 'item')} a condition (seed ${seed}).`
      return { judgement: 'cannot tell', sentence }
    }
    const methods = [...groupBy(own, methodName)]
    const leading = methods.filter(([, ofMethod]) => isLedBySubject(ofMethod)).map(([method]) => method)
    const others = methods.map(([method]) => method).filter((method) => !leading.includes(method))
    const judgement = others.length === 0 ? 'found' : leading.length > 0 ? 'candidate' : 'not found'
    const what = 'the subject adds more to the margin of its verb than any other word'
    const opening = {
      found: `${what}, by all ${count(methods.length)} methods`,
      candidate: `${what} by ${listed(leading)}, but not by ${listed(others)}`,
      'not found': 'no method puts more of the verb’s margin down to the subject than to every other word',
    }[judgement]
    const [, shown] = methods.find(([, ofMethod]) => isHeadline(ofMethod[0])) ?? methods[0]
    const numbers = conditionsOf(shown).map(numbersOf)
    const basis = `(${methodName(shown[0])}, nats; n = ${count(n)} ${task} items a condition, seed ${seed})`
    return { judgement, sentence: `${where} ${opening}: ${numbers.join('; ')} ${basis}.` }
  })
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
  return `of ${describeCondition(condition) ?? condition} the subject adds ${withInterval(subject)}${between}, the other words ${fixed(others, 1)}, what is there without words ${fixed(without, 1)}`
}

function withInterval({ contribution, low, high }: AttributionRow): string {
  return `${fixed(contribution, 1)} ${interval(low, high, 1)}`
}

/** @param rows of one task */
export function judgeDefault(rows: readonly DefaultNumberRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (own, where) => {
    const complete = own.filter(({ method }) => COMPLETE.includes(method))
    const shown = complete.find(isHeadline) ?? complete.find(({ reference }) => reference === 'mean')!
    const { n, seed, task, toPlural, low, high } = shown
    if (n < FEWEST_ITEMS || low === null || high === null) {
      const sentence = `${where} it cannot be told what number the network takes without words: ${plural(n, 'item')} (seed ${seed}).`
      return { judgement: 'cannot tell', sentence }
    }
    const zeros = complete.filter(({ reference }) => reference === 'zeros').map((row) => `${fixed(row.toPlural, 1)} by ${row.method}`)
    const basis =
      `log p(plural) − log p(singular) is ${fixed(toPlural, 1)} nats ${interval(low, high, 1)}; with zeros in place of words ` +
      `${listed(zeros)} (n = ${count(n)} ${task} items, seed ${seed})`
    const leans = low > 0 ? 'plural' : high < 0 ? 'singular' : null
    return leans === null
      ? { judgement: 'not found', sentence: `${where} the network takes neither number after the mean of all sentences: ${basis}.` }
      : { judgement: 'found', sentence: `${where} the ${leans} is the number that the network takes after the mean of all sentences: ${basis}.` }
  })
}

/** What the methods are worth; means over seeds. @param rows of one task */
export function describeMethods(rows: readonly AttributionCheckRow[]): Verdict[] {
  return [...groupBy(rows, ({ model }) => model)].map(([model, ofModel]): Verdict => {
    const methods = [...groupBy(ofModel, methodName)]
    const meansOf = (of: (row: AttributionCheckRow) => number | null) =>
      methods
        .flatMap(([name, own]) => {
          const values = own.flatMap((row) => of(row) ?? [])
          return values.length === 0 ? [] : [{ name, value: mean(values) }]
        })
        .sort((a, b) => b.value - a.value)
    const agreeing = meansOf((row) => row.withShapley ?? row.withOcclusion).map(({ name, value }) => `${name} ${fixed(value, 2)}`)
    const swaps = meansOf(({ swap }) => swap).map(({ name, value }) => `${name} ${fixed(100 * value, 0)} %`)
    const gaps = ofModel.filter(({ method }) => COMPLETE.includes(method)).map(({ largestGap }) => largestGap)
    const sentence =
      `In ${model}, the correlation with what removing words in all ways costs is, over the words of an item: ${listed(agreeing)}; ` +
      `of what the other number of the subject changes in the margin, the subject is given: ${listed(swaps)}. The parts of ` +
      `${listed(COMPLETE.filter((method) => ofModel.some((row) => row.method === method)))} add up to the margin, to ` +
      `${superscripted(Math.max(...gaps))} nats (n = ${count(ofModel[0].n)} items, ${plural(new Set(ofModel.map(({ seed }) => seed)).size, 'seed')}).`
    return { judgement: 'description', sentence }
  })
}

/** `9 × 10^−6` */
function superscripted(value: number): string {
  const [digits, exponent] = value.toExponential(0).split('e')
  return `${digits} × 10^${exponent.replace('-', '−').replace('+', '')}`
}
