// Interchange interventions (Vig et al. 2020; Geiger et al. 2021): at one word a unit takes the value that it has in the
// sentence that differs in the subject's number alone. Where the preference then turns to that sentence's verb, the
// value carries the number. Both ways, word by word; beside units like it, all other units, and all units.

import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapRatio, resampleClusters, type Resamples } from '../../core/statistics/bootstrap.ts'
import type { MaybeInterval } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Log } from '../../core/log.ts'
import type { Engine } from '../../engine/engine.ts'
import { matchSites, memoryOf, siteName } from '../../model/sites.ts'
import type { InitialState, Sequence } from '../../recording/sequences.ts'
import type { AttestedForms } from '../../tasks/attested-forms.ts'
import { lineUp, type Item } from '../../tasks/items.ts'
import { patchedMargins, type Patch } from '../../tasks/patched-margins.ts'
import { recordItems } from '../../tasks/record-items.ts'
import { encodeChoices, scoreItems } from '../../tasks/score-items.ts'
import { subjectPairs } from '../../tasks/trials.ts'
import { valuesByPosition, wordAt } from '../dynamics.ts'
import { judgedItems } from '../judged-items.ts'
import { lemmaClusters, shareInterval, type LemmaClusters } from '../lemma-clusters.ts'
import type { PatchingResult, PatchRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { compareUnits, randomGroups, type ComparedUnits } from './compared-units.ts'
import type { PatchTurns } from './patches-over-seeds.ts'
import { patchedTexts, type Lending } from './patched-texts.ts'

export interface PatchingOptions {
  /** chosen units, such as `1.hidden.41`; what is copied is the value that their cell remembers with */
  readonly units: readonly string[]
  /** sentences of ordinary training text */
  readonly trainingText: readonly Sequence[]
  /** groups like the chosen one; 100 by default */
  readonly groups?: number
  readonly initial?: InitialState
  /** of the training text, for the number of verbs that are written */
  readonly forms: AttestedForms
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** 1 by default */
  readonly randomSeed?: number
  readonly log?: Log
  readonly signal?: AbortSignal
}

/** What is patched together, and what it is compared with. */
interface Patched {
  readonly patched: string
  readonly units: readonly string[]
  readonly like: readonly (readonly string[])[]
}

/**
 * Rows by condition, word and what is patched; and what the model writes.
 * @param items of one task and one length, in pairs as templates make them
 */
export async function patching(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: PatchingOptions,
): Promise<Pick<PatchingResult, 'pairs' | 'rows' | 'texts' | 'writing'> & { readonly turns: readonly PatchTurns[] }> {
  const { units, groups = 100, initial, signal, resamples = 1000, randomSeed = 1, log } = options
  if (units.length === 0) return { pairs: [], rows: [], texts: [], writing: [], turns: [] }
  const random = new Random(randomSeed).fork('patching')
  const quantity = memoryOf(subject.model.config.cell)
  const compared = await compareUnits(engine, subject, units, { ...options, quantity })
  const sites = matchSites(quantity, subject.model.config).map(siteName)
  const patchedUnits = whatIsPatched(compared, subject, sites, groups, random.fork('groups'))
  const { lendings, pairs } = await lendingsOf(engine, subject, items, sites, initial, signal)
  const rows: PatchRow[] = []
  const turns: PatchTurns[] = []
  const conditions = [...groupBy(lendings, ({ item }) => item.condition)]
  for (const [done, [condition, own]] of conditions.entries()) {
    log?.progress({ stage: 'patching', done, total: conditions.length, unit: 'conditions', note: condition })
    const words = own[0].item.prefix.length
    const clusters = lemmaClusters(own.map(({ item }) => item))
    const lemmas = resampleClusters(clusters.clusterings, resamples, random.fork(condition))
    for (let position = own[0].item.fields.subjectPosition; position < words; position++) {
      for (const patched of patchedUnits) {
        const margins = await marginsOf(engine, subject, own, position, patched, options)
        rows.push(rowOf(subject, own, position, patched, margins, clusters, lemmas))
        const what = whatOf(patched, units)
        if (position === words - 1 && what !== null) turns.push(turnsOf(subject, items, own, what, margins))
      }
    }
  }
  const how = { forms: options.forms, initial, resamples, random: random.fork('texts'), signal }
  const written = await patchedTexts(engine, subject, lendings, compared, how)
  const count = { model: subject.name, seed: subject.seed, task: items[0].task, pairs, right: lendings.length / 2 }
  return { pairs: [count], rows, ...written, turns }
}

/**
 * Says before anything is trained what values cannot be copied between.
 * @param items of one task
 * @throws UserError where items come in no pairs, or where their words do not line up
 */
export function checkPatching(task: string, items: readonly Item[]): void {
  const need = 'Use templates of one length, such as simple or nounpp.'
  if (subjectPairs(items).length === 0) {
    throw new UserError(
      `${task} has no pairs for patching: values are copied between two items that differ in the number of the subject ` +
        `alone. ${need}`,
    )
  }
  if (lineUp(items)) return
  throw new UserError(`The items of ${task} differ in where their subject stands or in length, and values are copied word by word. ${need}`)
}

function whatIsPatched(
  { units }: ComparedUnits,
  { model: { config } }: AnalysedModel,
  sites: readonly string[],
  groups: number,
  random: Random,
): Patched[] {
  const chosen = units.map(({ unit }) => unit)
  const all = sites.flatMap((site) => Array.from({ length: config.units }, (_, unit) => `${site}.${unit}`))
  const alone = units.map(({ unit, like }) => ({ patched: unit, units: [unit], like: like.map((other) => [other]) }))
  const together = { patched: 'chosen units', units: chosen, like: randomGroups(units, groups, random) }
  return [
    ...alone,
    ...(chosen.length > 1 ? [together] : []),
    { patched: 'all other units', units: all.filter((unit) => !chosen.includes(unit)), like: [] },
    { patched: 'all units', units: all, like: [] },
  ]
}

/** Both sentences of every pair that are right without a patch: only there can a preference turn. */
async function lendingsOf(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  sites: readonly string[],
  initial: InitialState | undefined,
  signal: AbortSignal | undefined,
): Promise<{ readonly lendings: Lending[]; readonly pairs: number }> {
  const { model } = subject
  const own = judgedItems(items)
  const margins = await scoreItems(engine, model, own, { initial, signal })
  const recording = await recordItems(engine, model, own, { sites, initial, signal })
  const values = await valuesByPosition(recording, own)
  recording.dispose()
  const valuesOf = (item: number) => values.map((bySite) => new Map(sites.flatMap((site) =>
    Array.from({ length: model.config.units }, (_, unit) =>
      [`${site}.${unit}`, bySite[site][unit * own.length + item]] as const),
  )))
  const all = subjectPairs(own).flatMap(({ pairs }) => pairs)
  const both = all.filter((pair) => pair.every((item) => margins[item] > 0))
  const lendings = both.flatMap(([singular, plural]) => [[singular, plural], [plural, singular]]).map(([item, lender]) => (
    { item: own[item], margin: margins[item], lenderMargin: margins[lender], lent: valuesOf(lender) }
  ))
  return { lendings, pairs: all.length }
}

/** Margins [patched and those like it, items]. */
function marginsOf(
  engine: Engine,
  { model }: AnalysedModel,
  own: readonly Lending[],
  position: number,
  { units, like }: Patched,
  { initial, signal }: PatchingOptions,
): Promise<Float32Array> {
  const patchOf = (group: readonly string[]): Patch =>
    new Map(group.map((unit) => [unit, Float32Array.from(own, ({ lent }) => lent[position].get(unit)!)]))
  const choices = encodeChoices(own.map(({ item }) => item), model.vocabulary)
  return patchedMargins(engine, model, choices, position, [units, ...like].map(patchOf), { initial, signal })
}

/** Null for one of several units, which is another one in every seed. */
function whatOf({ patched }: Patched, units: readonly string[]): PatchTurns['patched'] | null {
  if (patched === 'chosen units' || patched === 'all other units' || patched === 'all units') return patched
  return units.length === 1 ? 'chosen units' : null
}

/** @param margins of the lendings of one condition, patched */
function turnsOf(
  { name }: AnalysedModel, items: readonly Item[], own: readonly Lending[], patched: PatchTurns['patched'], margins: Float32Array,
): PatchTurns {
  const all = judgedItems(items).filter(({ condition }) => condition === own[0].item.condition)
  const place = new Map(own.map(({ item }, index) => [item, index]))
  const turned = Float64Array.from(all, (item) => (place.has(item) ? Number(margins[place.get(item)!] < 0) : NaN))
  return { model: name, patched, items: all, turned }
}

function rowOf(
  { name, seed }: AnalysedModel,
  own: readonly Lending[],
  position: number,
  { patched, units, like }: Patched,
  margins: Float32Array,
  clusters: LemmaClusters,
  lemmas: Resamples,
): PatchRow {
  const flipsOf = (place: number) => own.map((_, item) => (margins[place * own.length + item] < 0 ? 1 : 0))
  const goneOf = (place: number) => own.map(({ margin }, item) => margin - margins[place * own.length + item])
  const flips = flipsOf(0)
  const share = shareInterval(flips, clusters, lemmas)
  const way = own.map(({ margin, lenderMargin }) => margin + lenderMargin)
  const moved = bootstrapRatio(goneOf(0), way, lemmas)
  const others = like.map((_, place) => place + 1)
  const flipBand = extent(others.map((place) => mean(flipsOf(place))))
  const movedBand = extent(others.map((place) => mean(goneOf(place)) / mean(way)))
  const { task, condition } = own[0].item
  return {
    model: name,
    seed,
    patched,
    size: units.length,
    task,
    condition,
    position,
    word: wordAt(own.map(({ item }) => item), position),
    n: own.length,
    flips: mean(flips),
    low: share.low,
    high: share.high,
    moved: mean(goneOf(0)) / mean(way),
    movedLow: moved.low,
    movedHigh: moved.high,
    bandLow: flipBand.low,
    bandHigh: flipBand.high,
    movedBandLow: movedBand.low,
    movedBandHigh: movedBand.high,
    comparable: like.length,
  }
}

function extent(values: readonly number[]): MaybeInterval {
  return values.length === 0 ? { low: null, high: null } : { low: Math.min(...values), high: Math.max(...values) }
}
