// What the margin of a verb is put together from: its words, the state before them, the biases; by several methods,
// each beside what removing and changing the words does. And the number that a network takes without any words
// (Jumelet, Zuidema & Hupkes 2019).

import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapMean, bootstrapRatio, resampleClusters, type Resamples } from '../../core/statistics/bootstrap.ts'
import { correlation, mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { startState } from '../../recording/states-after.ts'
import { lineUp, type Item } from '../../tasks/items.ts'
import { encodeChoices, rightness, scoreItems } from '../../tasks/score-items.ts'
import { subjectPairs } from '../../tasks/trials.ts'
import { lemmaClusters, shareInterval } from '../lemma-clusters.ts'
import type {
  AttributionCheckRow, AttributionMethod, AttributionReference, AttributionResult, AttributionRow, DefaultNumberRow, KeptPartsRow,
} from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { contextualDecomposition } from './contextual-decomposition.ts'
import { gradientTimesActivation } from './gradient-times-activation.ts'
import { integratedGradients } from './integrated-gradients.ts'
import { decoderBiasOf, readingOf, sumOf, type Contributions, type Reading } from './reading.ts'
import { occlusion, shapleyValues } from './removal.ts'
import { wholeGateDecomposition } from './whole-gates.ts'

export interface AttributionOptions {
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** What one method says of every item. */
interface Attributed {
  readonly method: AttributionMethod
  readonly reference: AttributionReference
  readonly contributions: readonly Contributions[]
  /** largest |margin − (β + γ + decoder's biases)| */
  readonly identity: number | null
}

interface Setting {
  readonly subject: AnalysedModel
  readonly items: readonly Item[]
  readonly reading: Reading
  readonly margins: Float32Array
  /** of the items of some indices */
  readonly resampled: (indices: readonly number[], name: string) => Resamples
}

/** @param items of one task, made from a template of one length */
export async function attribution(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  { initial, resamples = 1000, randomSeed = 1, signal }: AttributionOptions = {},
): Promise<Omit<AttributionResult, 'analysis' | 'task'>> {
  const { model } = subject
  const start = await startState(engine, model, 1, { initial, signal })
  const choices = encodeChoices(items, model.vocabulary)
  const reading = readingOf(engine, model, choices, start)
  const margins = await scoreItems(engine, model, items, { initial, signal })
  const random = new Random(randomSeed).fork('attribution')
  const resampled: Setting['resampled'] = (indices, name) =>
    resampleClusters(lemmaClusters(indices.map((index) => items[index])).clusterings, resamples, random.fork(name))
  const setting: Setting = { subject, items, reading, margins, resampled }
  const methods = [
    ...(await decomposed(setting, signal)),
    ...(await removed(reading, 'zeros', signal)),
    ...(await removed(readingOf(engine, model, choices, start, 'mean'), 'mean', signal)),
  ]
  return {
    rows: contributionRows(setting, methods),
    checks: checkRows(setting, methods),
    defaults: defaultRows(setting, methods),
    kept: keptRows(setting, methods),
  }
}

/**
 * Says before anything is trained what has no common places to average over.
 * @param items of one task
 * @throws UserError where items are of no template, or where their words do not line up
 */
export function checkAttribution(task: string, items: readonly Item[]): void {
  if (items.every(({ fields }) => fields.slots !== null) && lineUp(items)) return
  throw new UserError(
    `The words of the items of ${task} do not line up, and attribution says what each place adds. Use templates of one length, ` +
      'such as simple or nounpp.',
  )
}

/** By methods that put no word in the place of another. */
async function decomposed({ reading, margins }: Setting, signal: AbortSignal | undefined): Promise<Attributed[]> {
  const reference = 'zeros'
  const gradients = await gradientTimesActivation(reading, signal)
  const methods: Attributed[] = [{ method: 'gradient × activation', reference, contributions: gradients, identity: null }]
  if (reading.model.config.cell !== 'lstm') return methods
  const split = contextualDecomposition(reading)
  const missed = split.flatMap((own, item) => own.margins.map((margin) => Math.abs(margin - margins[item])))
  return [
    ...methods,
    { method: 'contextual decomposition', reference, contributions: split, identity: Math.max(...missed) },
    { method: 'whole gates', reference, contributions: wholeGateDecomposition(reading), identity: null },
  ]
}

/** By methods that remove words; long sentences have no Shapley values. */
async function removed(reading: Reading, reference: AttributionReference, signal: AbortSignal | undefined): Promise<Attributed[]> {
  const shapley = await shapleyValues(reading, signal)
  const known = shapley.filter((own) => own !== null)
  const found: [AttributionMethod, Contributions[]][] = [
    ['integrated gradients', await integratedGradients(reading, signal)],
    ['occlusion', await occlusion(reading, signal)],
    ...(known.length < shapley.length ? [] : [['Shapley values', known] satisfies [AttributionMethod, Contributions[]]]),
  ]
  return found.map(([method, contributions]) => ({ method, reference, contributions, identity: null }))
}

function conditionsOf(items: readonly Item[]): [string, number[]][] {
  return [...groupBy(items.map((_, index) => index), (index) => items[index].condition)]
}

function contributionRows({ subject, items, reading, margins, resampled }: Setting, methods: readonly Attributed[]): AttributionRow[] {
  return conditionsOf(items).flatMap(([condition, own]) => {
    const resamples = resampled(own, condition)
    const [{ prefix, fields, task }] = own.map((index) => items[index])
    const placeOf = (position: number) => {
      const role = position === fields.subjectPosition ? 'subject' : position === fields.lastNounPosition ? 'last noun' : 'other word'
      return { part: fields.slots![position], position, role } as const
    }
    return methods.flatMap(({ method, reference, contributions }) => {
      const rowOf = (place: Pick<AttributionRow, 'part' | 'position' | 'role'>, of: (index: number) => number): AttributionRow => {
        const values = own.map(of)
        return { model: subject.name, seed: subject.seed, method, reference, task, n: own.length, condition, ...place,
          contribution: mean(values), ...bootstrapMean(values, resamples) }
      }
      const other = (role: AttributionRow['role']) => ({ part: role, position: null, role })
      return [
        ...prefix.map((_, word) => rowOf(placeOf(word), (index) => contributions[index].words[word])),
        rowOf(other('state before'), (index) => contributions[index].start),
        rowOf(other('biases'), (index) => contributions[index].biases),
        rowOf(other('decoder biases'), (index) => decoderBiasOf(reading, reading.choices[index])),
        rowOf(other('left over'), (index) => margins[index] - sumOf(reading, index, contributions[index])),
      ]
    })
  })
}

function checkRows(setting: Setting, methods: readonly Attributed[]): AttributionCheckRow[] {
  const { subject, items, reading, margins, resampled } = setting
  const all = items.map((_, index) => index)
  const resamples = resampled(all, 'all')
  const pairs = subjectPairs(items).flatMap((condition) => condition.pairs)
  const pairResamples = resampled(pairs.map(([singular]) => singular), 'pairs')
  const changed = pairs.map(([singular, plural]) => margins[singular] + margins[plural])
  const agreement = (own: Attributed, other: AttributionMethod) => {
    const beside = methods.find(({ method, reference }) => method === other && reference === own.reference)
    if (beside === undefined || beside === own) return { value: null, low: null, high: null }
    const values = all.map((index) => correlation(inputsOf(own.contributions[index]), inputsOf(beside.contributions[index])))
    return { value: mean(values), ...bootstrapMean(values, resamples) }
  }
  return methods.map((own): AttributionCheckRow => {
    const gaps = all.map((index) => Math.abs(margins[index] - sumOf(reading, index, own.contributions[index])))
    const [occluded, shapley] = [agreement(own, 'occlusion'), agreement(own, 'Shapley values')]
    const explained = pairs.map((pair) => pair.reduce((sum, index) => sum + ofSubject(items[index], own.contributions[index]), 0))
    const isGiven = own.method === 'occlusion' // the rest of both sentences is the same: it cancels
    const swap = isGiven ? { low: null, high: null } : bootstrapRatio(explained, changed, pairResamples)
    return {
      model: subject.name,
      seed: subject.seed,
      method: own.method,
      reference: own.reference,
      task: items[0].task,
      n: items.length,
      margin: mean(margins.map(Math.abs)),
      gap: mean(gaps),
      largestGap: Math.max(...gaps),
      identity: own.identity,
      withOcclusion: occluded.value,
      withOcclusionLow: occluded.low,
      withOcclusionHigh: occluded.high,
      withShapley: shapley.value,
      withShapleyLow: shapley.low,
      withShapleyHigh: shapley.high,
      pairs: pairs.length,
      swap: isGiven ? null : mean(explained) / mean(changed),
      swapLow: swap.low,
      swapHigh: swap.high,
    }
  })
}

function ofSubject({ fields }: Item, { words }: Contributions): number {
  return words[fields.subjectPosition]
}

/** What is removed: every word, and the state before them. */
function inputsOf({ words, start }: Contributions): number[] {
  return [...words, start]
}

function defaultRows({ subject, items, reading, resampled }: Setting, methods: readonly Attributed[]): DefaultNumberRow[] {
  const all = items.map((_, index) => index)
  const resamples = resampled(all, 'all')
  const sign = (index: number) => (items[index].fields.number === 'plural' ? 1 : -1)
  const decoderBiases = all.map((index) => sign(index) * decoderBiasOf(reading, reading.choices[index]))
  return methods.map(({ method, reference, contributions }): DefaultNumberRow => {
    const start = contributions.map((own, index) => sign(index) * own.start)
    const biases = contributions.map((own, index) => sign(index) * own.biases)
    const toPlural = all.map((index) => start[index] + biases[index] + decoderBiases[index])
    const subjects = (number: Item['fields']['number']) =>
      mean(all.filter((index) => items[index].fields.number === number).map((index) => ofSubject(items[index], contributions[index])))
    return {
      model: subject.name,
      seed: subject.seed,
      method,
      reference,
      task: items[0].task,
      n: items.length,
      toPlural: mean(toPlural),
      ...bootstrapMean(toPlural, resamples),
      start: mean(start),
      biases: mean(biases),
      decoderBiases: mean(decoderBiases),
      singularSubjects: subjects('singular'),
      pluralSubjects: subjects('plural'),
    }
  })
}

function keptRows({ subject, items, reading, margins, resampled }: Setting, methods: readonly Attributed[]): KeptPartsRow[] {
  return conditionsOf(items).flatMap(([condition, own]) => {
    const resamples = resampled(own, `${condition} kept`)
    const clusters = lemmaClusters(own.map((index) => items[index]))
    return methods.flatMap(({ method, reference, contributions }) => {
      const subjectOf = (index: number) => ofSubject(items[index], contributions[index])
      const ofDefault = (index: number) =>
        contributions[index].start + contributions[index].biases + decoderBiasOf(reading, reading.choices[index])
      const kept = {
        subject: subjectOf,
        default: ofDefault,
        'subject and default': (index: number) => subjectOf(index) + ofDefault(index),
        'all but the subject': (index: number) => sumOf(reading, index, contributions[index]) - subjectOf(index),
      }
      return (Object.keys(kept) as (keyof typeof kept)[]).map((which): KeptPartsRow => {
        const right = own.map((index) => rightness(kept[which](index)))
        return {
          model: subject.name,
          seed: subject.seed,
          method,
          reference,
          task: items[0].task,
          n: own.length,
          condition,
          kept: which,
          accuracy: mean(right),
          ...shareInterval(right, clusters, resamples),
          intact: mean(own.map((index) => rightness(margins[index]))),
        }
      })
    })
  })
}
