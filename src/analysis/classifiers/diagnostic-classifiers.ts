// Diagnostic classifiers (Hupkes et al. 2018; Giulianelli et al. 2018): can the subject's number be read off a site at a
// word? What a classifier can read the network need not use, and a rich enough one reads anything: beside it stand the
// untrained network, a control task, and the number of bits that its answers save. Fitted to one half of the lexicon,
// judged on the other, where the nouns disagree.

import { pick } from '../../core/matrix.ts'
import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { fitLogistic, logOdds } from '../../core/logistic.ts'
import { lassoPath } from '../../core/lasso.ts'
import { resampleClusters } from '../../core/statistics/bootstrap.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import { matchSites, parseUnit, siteName } from '../../model/sites.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { Item } from '../../tasks/items.ts'
import { recordItems } from '../../tasks/record-items.ts'
import { valuesByPosition, wordAt } from '../dynamics.ts'
import { lemmaClusters, shareInterval } from '../lemma-clusters.ts'
import type { ClassifierRow, ClassifiersResult, SparsePathRow, SparseUnitRow } from '../results.ts'
import { untrainedModel, type AnalysedModel } from '../subject.ts'
import { onlineBits } from './online-code.ts'
import { choosePenalty, PENALTIES, stability } from './sparse.ts'

/** Of the squared weights, beside a mean log loss; fixed, not chosen from data. */
const PENALTY = 0.01
const CONTROLS = 5
const ORDERS = 3

export interface ClassifiersOptions {
  /** site patterns; each layer has its own classifier */
  readonly sites: readonly string[]
  /** units that another analysis chose, to be told in the table */
  readonly units: readonly string[]
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

interface Half {
  readonly items: readonly Item[]
  readonly labels: Uint8Array
}

/** Per position and site the columns of all units, [units][items], of one half. */
type Columns = readonly Readonly<Record<string, readonly Float64Array[]>>[]

/**
 * Rows by site and word.
 * @param items of one task, of one length, in two halves
 */
export async function diagnosticClassifiers(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: ClassifiersOptions,
): Promise<Pick<ClassifiersResult, 'rows' | 'path' | 'units'>> {
  const random = new Random(options.randomSeed ?? 1).fork('diagnostic-classifiers')
  const [fitted, judged] = (['discovery', 'confirmation'] as const).map((half) => halfOf(items.filter((item) => item.half === half)))
  const columnsOf = (model: Model, half: Half) => readColumns(engine, model, half.items, options)
  const trained = [await columnsOf(subject.model, fitted), await columnsOf(subject.model, judged)]
  const before = untrainedModel(subject)
  const untrained = [await columnsOf(before, fitted), await columnsOf(before, judged)]
  const sites = Object.keys(trained[0][0])
  const rows: ClassifierRow[] = []
  const path: SparsePathRow[] = []
  const units: SparseUnitRow[] = []
  const { subjectPosition } = items[0].fields
  for (const site of sites) {
    for (let position = subjectPosition; position < trained[0].length; position++) {
      options.signal?.throwIfAborted()
      const [own, other] = trained.map((columns) => columns[position][site])
      const [ownUntrained, otherUntrained] = untrained.map((columns) => columns[position][site])
      const right = rightOf(own, fitted, other, judged)
      rows.push({
        model: subject.name,
        seed: subject.seed,
        site,
        units: own.length,
        position,
        word: wordAt(items, position),
        ...shareOf(right, judged, options, random),
        untrained: mean(incongruent(rightOf(ownUntrained, fitted, otherUntrained, judged), judged)),
        ...controls(own, fitted, random.fork('controls')),
        uniformBits: fitted.items.length,
      })
    }
    const last = trained[0].length - 1
    if (trained[0][last][site].length < 2) continue
    const sparse = sparseRows(subject, site, trained[0][last][site], fitted, trained[1][last][site], judged, options, random.fork(site))
    path.push(...sparse.path)
    units.push(...sparse.units)
  }
  return { rows, path, units }
}

function halfOf(items: readonly Item[]): Half {
  return { items, labels: Uint8Array.from(items, ({ fields }) => (fields.number === 'plural' ? 1 : 0)) }
}

async function readColumns(engine: Engine, model: Model, items: readonly Item[], { sites, initial, signal }: ClassifiersOptions): Promise<Columns> {
  const names = [...new Set(sites.flatMap((site) => matchSites(site, model.config).map(siteName)))]
  const recording = await recordItems(engine, model, items, { sites: names, initial, signal })
  const values = await valuesByPosition(recording, items)
  const widths = recording.widths
  recording.dispose()
  return values.map((bySite) => Object.fromEntries(names.map((name) => [
    name,
    Array.from({ length: widths[name] }, (_, unit) => Float64Array.from(bySite[name].subarray(unit * items.length, (unit + 1) * items.length))),
  ])))
}

/** 1 where a classifier of one half is right about an item of the other. */
function rightOf(own: readonly Float64Array[], fitted: Half, other: readonly Float64Array[], judged: Half): number[] {
  const odds = logOdds(other, fitLogistic(own, fitted.labels, PENALTY))
  return Array.from(odds, (value, item) => (value > 0 === (judged.labels[item] === 1) ? 1 : 0))
}

function incongruent(right: readonly number[], { items }: Half): number[] {
  return right.filter((_, item) => items[item].fields.attractors > 0)
}

function shareOf(right: readonly number[], judged: Half, { resamples = 1000 }: ClassifiersOptions, random: Random) {
  const own = incongruent(right, judged)
  const clusters = lemmaClusters(judged.items.filter(({ fields }) => fields.attractors > 0))
  const { low, high } = shareInterval(own, clusters, resampleClusters(clusters.clusterings, resamples, random.fork('lemmas')))
  return { n: own.length, accuracy: mean(own), low, high }
}

/** Within the fitted half, a random half of the items of each subject's form left out: number, and random answers for forms. */
function controls(columns: readonly Float64Array[], { items, labels }: Half, random: Random) {
  const forms = items.map(({ prefix, fields }) => prefix[fields.subjectPosition])
  const byForm = [...groupBy(forms.keys(), (item) => forms[item])]
  const held = new Set(byForm.flatMap(([form, own]) => random.fork(`held ${form}`).sample(own, own.length >> 1)))
  const [inside, outside] = [false, true].map((isHeld) => [...forms.keys()].filter((item) => held.has(item) === isHeld))
  const part = (own: readonly number[]) => columns.map((column) => pick(column, own))
  const [fittedTo, judgedOn] = [part(inside), part(outside)]
  const accuracyOf = (answers: Uint8Array) => {
    const odds = logOdds(judgedOn, fitLogistic(fittedTo, inside.map((item) => answers[item]), PENALTY))
    return mean(outside.map((item, place) => (odds[place] > 0 === (answers[item] === 1) ? 1 : 0)))
  }
  const draws = Array.from({ length: CONTROLS }, (_, draw) => answersFor(forms, random.fork(draw)))
  const bitsOf = (answers: Uint8Array) => mean(Array.from({ length: ORDERS }, (_, order) => onlineBits(columns, answers, PENALTY, random.fork(`order ${order}`))))
  const within = accuracyOf(labels)
  const control = mean(draws.map(accuracyOf))
  return { within, control, selectivity: within - control, bits: bitsOf(labels), controlBits: bitsOf(draws[0]) }
}

/** Half of the forms have the answer 1. */
function answersFor(forms: readonly string[], random: Random): Uint8Array {
  const dealt = random.shuffle([...new Set(forms)])
  const ones = new Set(dealt.slice(0, dealt.length >> 1))
  return Uint8Array.from(forms, (form) => (ones.has(form) ? 1 : 0))
}

function sparseRows(
  { name, seed, model: { config } }: AnalysedModel,
  site: string,
  own: readonly Float64Array[],
  fitted: Half,
  other: readonly Float64Array[],
  judged: Half,
  options: ClassifiersOptions,
  random: Random,
): { readonly path: SparsePathRow[]; readonly units: SparseUnitRow[] } {
  const labelled = { columns: own, labels: fitted.labels, groups: fitted.items.map(({ fields }) => fields.subjectLemma) }
  const chosen = choosePenalty(labelled, random.fork('folds'))
  const fits = lassoPath(own, fitted.labels, PENALTIES)
  const path = fits.map(({ penalty, weights, odds }, index): SparsePathRow => {
    const right = incongruent(Array.from(odds(other), (value, item) => (value > 0 === (judged.labels[item] === 1) ? 1 : 0)), judged)
    return {
      model: name, seed, site, penalty, kept: weights.filter((weight) => weight !== 0).length, units: own.length,
      accuracy: mean(right), n: right.length, chosen: index === chosen,
    }
  })
  const standing = stability(labelled, PENALTIES[chosen], random.fork('halves'))
  const placeOf = (unit: string) => {
    const { site: { layer }, index } = parseUnit(unit, config)
    return `${layer}.${index}`
  }
  const others = new Set(options.units.map(placeOf))
  const units = own.map((_, index): SparseUnitRow => ({
    model: name, seed, unit: `${site}.${index}`, stability: standing[index], weight: fits[chosen].weights[index],
    chosen: others.has(placeOf(`${site}.${index}`)),
  }))
  return { path, units: units.filter((row) => row.stability > 0 || row.chosen) }
}
