// Generalisation across time (King & Dehaene 2014; Lakretz et al. 2019, figure 3): a linear decoder of the subject's
// number, trained at one word and tested at every other. A code that stays as it is through a noun of the other number
// goes on being read; one that is written over names the number of that noun, an AUC near 0. Trained on discovery
// items, tested on confirmation items, which share no noun and no verb with them. Only incongruent items count.

import { UserError } from '../core/errors.ts'
import { Random } from '../core/random.ts'
import { project, ridge } from '../core/ridge.ts'
import { auc, aucInterval, aucOfRanks, midranks } from '../core/statistics/auc.ts'
import { quantile, type Interval } from '../core/statistics/interval.ts'
import type { Engine } from '../engine/engine.ts'
import { matchSites, parseUnit, siteName } from '../model/sites.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Item } from '../tasks/items.ts'
import { recordItems } from '../tasks/record-items.ts'
import { valuesByPosition, wordAt } from './dynamics.ts'
import { labelDealer } from './label-shuffles.ts'
import type { GeneralizationRow, RangeRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

/** A long-range unit tells the subject's number with so much at every word; a short-range unit at the subject, and the
 *  other number with as much at the last noun. Of the code of Lakretz et al. 2019; fixed, not chosen from data. */
export const RANGE_AUC = 0.9

/** Of the squared weights, beside a mean squared error; columns are standardised. */
const PENALTY = 0.1

export interface GeneralizationOptions {
  /** quantities such as `cell`; each is decoded from the units of all layers together */
  readonly sites: readonly string[]
  /** the number units, as a sweep over discovery items chose them; units of any site, as in `0.hidden.61` */
  readonly units: readonly string[]
  readonly initial?: InitialState
  /** shuffles of the labels; 100 by default */
  readonly permutations?: number
  /** of the shuffles; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** The incongruent items of a half; 1 is plural. */
interface Half {
  readonly items: readonly Item[]
  readonly labels: Uint8Array
  /** items are not independent where they share their subject, nor where they share their last noun */
  readonly clusterings: readonly (readonly string[])[]
}

/** Values of one unit: per position [items], in each half. */
interface UnitValues {
  readonly unit: string
  readonly isNumberUnit: boolean
  readonly discovery: readonly Float32Array[]
  readonly confirmation: readonly Float32Array[]
}

/**
 * @param items of one task
 * @throws UserError as `checkGeneralization`
 */
export async function generalization(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: GeneralizationOptions,
): Promise<{ readonly rows: GeneralizationRow[]; readonly units: RangeRow[] }> {
  checkGeneralization('generalization', items[0]?.task ?? 'The task', items)
  const halves = { discovery: halfOf(items, 'discovery'), confirmation: halfOf(items, 'confirmation') }
  const rows: GeneralizationRow[] = []
  const ranges: RangeRow[] = []
  for (const site of options.sites) {
    const units = await unitValues(engine, subject, site, halves, options)
    rows.push(...decoderRows(subject, site, units, halves))
    ranges.push(...rangeRows(subject, site, units, halves, options))
  }
  return { rows, units: ranges }
}

/**
 * Says before anything is trained what could not be decoded.
 * @param analysis that asks
 * @param items of one task
 * @throws UserError where a half has no incongruent items of both numbers, or where their words do not line up
 */
export function checkGeneralization(analysis: string, task: string, items: readonly Item[]): void {
  const need = 'Use a template with a noun between subject and verb, such as nounpp.'
  for (const half of ['discovery', 'confirmation'] as const) {
    if (new Set(halfOf(items, half).labels).size === 2) continue
    throw new UserError(
      `${task} has no items for ${analysis}: a decoder is trained on one half of the lexicon and tested on the ` +
        `other, and each half needs singular and plural subjects before a noun of the other number. ${need}`,
    )
  }
  const [first] = items
  const layoutOf = ({ prefix, fields }: Item) => `${prefix.length} ${fields.subjectPosition} ${fields.lastNounPosition}`
  if (items.every((item) => layoutOf(item) === layoutOf(first))) return
  throw new UserError(
    `The items of ${task} differ in where their nouns stand or in length. A decoder is carried from word to ` +
      `word: ${need}`,
  )
}

function halfOf(items: readonly Item[], half: Item['half']): Half {
  const own = items.filter((item) => item.half === half && item.fields.attractors > 0)
  return {
    items: own,
    labels: Uint8Array.from(own, ({ fields }) => (fields.number === 'plural' ? 1 : 0)),
    clusterings: [
      own.map(({ prefix, fields }) => prefix[fields.subjectPosition]),
      own.map(({ prefix, fields }) => prefix[fields.lastNounPosition]),
    ],
  }
}

async function unitValues(
  engine: Engine,
  { model }: AnalysedModel,
  quantity: string,
  halves: { readonly discovery: Half; readonly confirmation: Half },
  { units, initial, signal }: GeneralizationOptions,
): Promise<UnitValues[]> {
  const { discovery, confirmation } = halves
  const all = [...discovery.items, ...confirmation.items]
  const recording = await recordItems(engine, model, all, { sites: [quantity], initial, signal })
  const values = await valuesByPosition(recording, all)
  recording.dispose()
  const chosen = new Set(units.map((unit) => {
    const { site: { layer }, index } = parseUnit(unit, model.config)
    return `${layer}.${index}`
  }))
  return matchSites(quantity, model.config).flatMap((site) => {
    const name = siteName(site)
    return Array.from({ length: recording.widths[name] }, (_, index): UnitValues => {
      const own = values.map((bySite) => bySite[name].subarray(index * all.length, (index + 1) * all.length))
      return {
        unit: `${name}.${index}`,
        isNumberUnit: chosen.has(`${site.layer}.${index}`),
        discovery: own.map((column) => column.subarray(0, discovery.items.length)),
        confirmation: own.map((column) => column.subarray(discovery.items.length)),
      }
    })
  })
}

/** Trained at every word: the number units, each of them, and all others. */
function decoderRows(
  { name, seed }: AnalysedModel,
  site: string,
  units: readonly UnitValues[],
  { discovery, confirmation }: { readonly discovery: Half; readonly confirmation: Half },
): GeneralizationRow[] {
  const numberUnits = units.filter(({ isNumberUnit }) => isNumberUnit)
  const decoders = [
    { decoder: 'number units', read: numberUnits },
    { decoder: 'other units', read: units.filter(({ isNumberUnit }) => !isNumberUnit) },
    ...numberUnits.map((unit) => ({ decoder: unit.unit, read: [unit] })),
  ].filter(({ read }) => read.length > 0)
  const { items } = confirmation
  const positions = items[0].prefix.map((_, position) => position)
  return decoders.flatMap(({ decoder, read }) =>
    positions.flatMap((trained) => {
      const direction = ridge(read.map((unit) => unit.discovery[trained]), discovery.labels, PENALTY)
      return positions.map((tested): GeneralizationRow => {
        const scores = project(read.map((unit) => unit.confirmation[tested]), direction)
        return {
          model: name,
          seed,
          site,
          decoder,
          units: read.length,
          trained,
          trainedWord: wordAt(items, trained),
          tested,
          testedWord: wordAt(items, tested),
          n: items.length,
          auc: auc(scores, confirmation.labels),
          ...widestInterval(scores, confirmation),
        }
      })
    }),
  )
}

/** A decoder of one unit has nothing but a side, so its AUC needs no fit beyond that. */
function rangeRows(
  { name, seed }: AnalysedModel,
  site: string,
  units: readonly UnitValues[],
  { discovery, confirmation }: { readonly discovery: Half; readonly confirmation: Half },
  { permutations = 100, randomSeed = 1 }: GeneralizationOptions,
): RangeRow[] {
  const { items, labels } = confirmation
  const { subjectPosition, lastNounPosition } = items[0].fields
  const words = items[0].prefix.length - subjectPosition
  const lastNoun = lastNounPosition - subjectPosition
  const signed = units.map((unit) => {
    const side = auc(unit.discovery[subjectPosition], discovery.labels) < 0.5 ? -1 : 1
    return unit.confirmation.slice(subjectPosition).map((column) => column.map((value) => side * value))
  })
  const ranks = signed.map((columns) => columns.map(midranks))
  const courseOf = (own: readonly Float64Array[], given: Uint8Array) => own.map((ranked) => aucOfRanks(ranked, given))
  const turnOf = (course: readonly number[]) => Math.min(course[0], 1 - course[lastNoun])
  const random = new Random(randomSeed).fork(site)
  const chance = confirmation.clusterings.map((clusters, way) => {
    const deal = labelDealer(labels, clusters, random.fork(way))
    const kept = new Float64Array(permutations)
    const turned = new Float64Array(permutations)
    for (let permutation = 0; permutation < permutations; permutation++) {
      const dealt = deal()
      const courses = ranks.map((own) => courseOf(own, dealt))
      kept[permutation] = Math.max(...courses.map((course) => Math.min(...course)))
      turned[permutation] = Math.max(...courses.map(turnOf))
    }
    return { kept: quantile(kept.sort(), 0.95), turned: quantile(turned.sort(), 0.95) }
  })
  const keptByChance = Math.max(...chance.map(({ kept }) => kept))
  const turnedByChance = Math.max(...chance.map(({ turned }) => turned))
  return units.map(({ unit }, index): RangeRow => {
    const course = courseOf(ranks[index], labels)
    const kept = Math.min(...course)
    const turned = turnOf(course)
    const atKept = widestInterval(signed[index][course.indexOf(kept)], confirmation)
    const atLastNoun = widestInterval(signed[index][lastNoun], confirmation)
    const isLong = kept >= RANGE_AUC && kept > keptByChance
    const isShort = turned >= RANGE_AUC && turned > turnedByChance
    return {
      model: name,
      seed,
      site,
      unit,
      range: isLong ? 'long' : isShort ? 'short' : 'neither',
      n: items.length,
      atSubject: course[0],
      atLastNoun: course[lastNoun],
      lastNounLow: atLastNoun.low,
      lastNounHigh: atLastNoun.high,
      atVerb: course[words - 1],
      kept,
      keptLow: atKept.low,
      keptHigh: atKept.high,
      turned,
      keptByChance,
      turnedByChance,
    }
  })
}

function widestInterval(values: ArrayLike<number>, { labels, clusterings }: Half): Interval {
  const intervals = clusterings.map((clusters) => aucInterval(values, labels, clusters))
  return {
    low: Math.min(...intervals.map(({ low }) => low)),
    high: Math.max(...intervals.map(({ high }) => high)),
  }
}
