// How well each unit alone tells the answer to a yes-no probe, such as "is the subject plural?", just before the
// choice. Only incongruent items count: where all nouns agree, a unit that knows the last noun looks as if it knew the
// subject. On incongruent items it is wrong every time, an AUC near 0 that is as far from chance as a near 1 is; what
// tells the two apart is the side on which the unit was at the subject (the swap of Lakretz et al. 2019, generalisation
// across time).

import { UserError } from '../core/errors.ts'
import { Random } from '../core/random.ts'
import { aucInterval, aucOfRanks, midranks } from '../core/statistics/auc.ts'
import { quantile, type Interval } from '../core/statistics/interval.ts'
import { benjaminiHochberg } from '../core/statistics/multiplicity.ts'
import { twoSidedNormal } from '../core/statistics/normal.ts'
import type { Engine } from '../engine/engine.ts'
import type { Probe } from '../probe.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { Item } from '../tasks/items.ts'
import { recordItems, valuesAt } from '../tasks/record-items.ts'
import type { OnChosen } from './chosen-unit.ts'
import { shuffleLabels } from './label-shuffles.ts'
import type { RankingRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface UnitRankingOptions {
  /** site patterns such as `cell`; all of their units are ranked in one table */
  readonly sites: readonly string[]
  /** a yes-no probe that answers from an item's fields */
  readonly probe: Probe
  readonly initial?: InitialState
  readonly onChosen?: OnChosen
  /** shuffles of the labels; 200 by default */
  readonly permutations?: number
  /** of the permutations; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** Items with the probe's answers. */
interface Answered {
  readonly items: readonly Item[]
  /** 1 for yes, 0 for no */
  readonly labels: Uint8Array
  /** two ways in which items are not independent: they share their subject, or their last noun */
  readonly clusterings: readonly (readonly string[])[]
}

/** A unit's values over the items, as midranks. */
interface UnitRanks {
  readonly unit: string
  readonly site: string
  readonly ranks: Float64Array
}

type Place = (item: Item) => number
const atChoice: Place = (item) => item.prefix.length - 1
const atSubject: Place = (item) => item.fields.subjectPosition
const atAttractor: Place = (item) => item.fields.lastNounPosition

/**
 * One row a unit, best first: by the distance of its AUC from 0.5 on discovery items, counted negative where the unit
 * has changed sides since the subject. Empty where no item is incongruent.
 */
export async function unitRanking(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: UnitRankingOptions,
): Promise<RankingRow[]> {
  const { permutations = 200, randomSeed = 1 } = options
  const { discovery, confirmation } = answerHalves(items, options.probe)
  if (discovery.items.length === 0) return []

  const [units, early, late] = await rankUnits(engine, subject, discovery, [atChoice, atSubject, atAttractor], options)
  const aucs = units.map(({ ranks }) => aucOfRanks(ranks, discovery.labels))
  const { spread, chanceBest } = chanceLevel(units, discovery, permutations, new Random(randomSeed))
  const pValues = aucs.map((auc, unit) => (spread[unit] === 0 ? 1 : twoSidedNormal((auc - 0.5) / spread[unit])))
  const q = benjaminiHochberg(pValues)

  const subjectAucs = early.map(({ ranks }) => aucOfRanks(ranks, discovery.labels))
  const kept = aucs.map((auc, unit) => (auc - 0.5) * Math.sign(subjectAucs[unit] - 0.5))
  const order = aucs.map((_, unit) => unit).sort((a, b) => kept[b] - kept[a])
  const [best] = order
  const direction = aucs[best] < 0.5 ? -1 : 1
  options.onChosen?.({ units: [{ unit: units[best].unit, for: options.probe.name, score: aucs[best], sign: direction }] })
  const confirmable = confirmation.items.length > 0
  const [confirmed] = confirmable ? await rankUnits(engine, subject, confirmation, [atChoice], options) : [[]]
  const again = confirmed.map(({ ranks }) => aucOfRanks(ranks, confirmation.labels))
  return order.map((unit) => ({
    model: subject.name,
    seed: subject.seed,
    unit: units[unit].unit,
    site: units[unit].site,
    auc: aucs[unit],
    ...widestInterval(units[unit].ranks, discovery),
    n: discovery.items.length,
    q: q[unit],
    aucAtSubject: subjectAucs[unit],
    aucAtAttractor: aucOfRanks(late[unit].ranks, discovery.labels),
    chanceBest,
    confirmedAuc: again[unit] ?? null,
    shrinkage: confirmable ? (aucs[unit] - again[unit]) * (aucs[unit] < 0.5 ? -1 : 1) : null,
  }))
}

/**
 * Says before anything is trained that a ranking would be empty.
 * @throws UserError where the probe does not answer with yes and no, or gives the same answer on all incongruent items
 */
export function checkRanking(items: readonly Item[], probe: Probe): void {
  const tasks = [...new Set(items.map(({ task }) => task))].join(', ')
  const { discovery } = answerHalves(items, probe)
  if (discovery.items.length === 0) {
    throw new UserError(
      `A unit-ranking needs items with a noun of the other number between subject and verb, about which the probe ` +
        `${probe.name} says yes or no; there are none in ${tasks}. Use a task such as nounpp.`,
    )
  }
  if (new Set(discovery.labels).size < 2) {
    throw new UserError(
      `The probe ${probe.name} gives the same answer before the verb of every item of ${tasks} whose nouns disagree; ` +
        'a ranking needs both answers.',
    )
  }
}

/** The incongruent items of both halves. */
function answerHalves(items: readonly Item[], probe: Probe): { discovery: Answered; confirmation: Answered } {
  const incongruent = items.filter((item) => item.fields.attractors > 0)
  return {
    discovery: answer(incongruent.filter((item) => item.half !== 'confirmation'), probe),
    confirmation: answer(incongruent.filter((item) => item.half === 'confirmation'), probe),
  }
}

/** Items whose question the probe can decide at the last word of the prefix. */
function answer(items: readonly Item[], probe: Probe): Answered {
  if (probe.answers !== 'yes-no') {
    throw new UserError(`The probe ${probe.name} answers with an ${probe.answers}; units are ranked by a yes-no probe.`)
  }
  const answers = items.map(({ prefix, fields: { slots: _, ...item } }) => probe.label({ tokens: prefix, item }).at(-1))
  const decided = items.filter((_, index) => answers[index] !== undefined)
  const given = answers.filter((one) => one !== undefined)
  return {
    items: decided,
    labels: Uint8Array.from(given, (one) => (one === true ? 1 : 0)),
    clusterings: [atSubject, atAttractor].map((place) => decided.map((item) => item.prefix[place(item)])),
  }
}

/** The way of clustering that leaves more to chance, for each unit and for the best of them. */
function chanceLevel(
  units: readonly UnitRanks[],
  { labels, clusterings }: Answered,
  permutations: number,
  random: Random,
): { readonly spread: Float64Array; readonly chanceBest: number } {
  const ranks = units.map((unit) => unit.ranks)
  const levels = clusterings.map((clusters, way) =>
    shuffleLabels(ranks, labels, clusters, permutations, random.fork(way)),
  )
  return {
    spread: levels[0].spread.map((_, unit) => Math.max(...levels.map(({ spread }) => spread[unit]))),
    chanceBest: Math.max(...levels.map(({ best }) => quantile(best.sort(), 0.95))),
  }
}

function widestInterval(ranks: Float64Array, { labels, clusterings }: Answered): Interval {
  const intervals = clusterings.map((clusters) => aucInterval(ranks, labels, clusters))
  return {
    low: Math.min(...intervals.map(({ low }) => low)),
    high: Math.max(...intervals.map(({ high }) => high)),
  }
}

/** For each place the units of all sites, in the same order. */
async function rankUnits(
  engine: Engine,
  subject: AnalysedModel,
  { items }: Answered,
  places: readonly Place[],
  options: UnitRankingOptions,
): Promise<UnitRanks[][]> {
  const recording = await recordItems(engine, subject.model, items, options)
  const ranked: UnitRanks[][] = []
  for (const place of places) {
    const units: UnitRanks[] = []
    for (const site of recording.sites) {
      const values = await valuesAt(recording, site, items.map(place))
      for (let unit = 0; unit < recording.widths[site]; unit++) {
        const own = values.subarray(unit * items.length, (unit + 1) * items.length)
        units.push({ unit: `${site}.${unit}`, site, ranks: midranks(own) })
      }
    }
    ranked.push(units)
  }
  recording.dispose()
  return ranked
}
