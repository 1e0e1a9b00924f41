// The verb's margin traced back to the words before it: how large its gradient is at the subject, at the other nouns,
// at every other word. By word for items of one template; by distance for items of any length, the subject beside
// whatever else stands as far from the verb.

import { log10 } from '../../core/math.ts'
import { norm } from '../../core/matrix.ts'
import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapMean, resampleClusters } from '../../core/statistics/bootstrap.ts'
import type { MaybeInterval } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Engine } from '../../engine/engine.ts'
import { matchSites, siteName } from '../../model/sites.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { startState } from '../../recording/states-after.ts'
import type { Item } from '../../tasks/items.ts'
import { encodeChoices } from '../../tasks/score-items.ts'
import { lemmaClusters } from '../lemma-clusters.ts'
import type { TraceDistanceRow, TraceRow } from '../results.ts'
import type { AnalysedMoment } from '../subject.ts'
import { logBand } from './log-band.ts'
import { marginGradients } from './margin-gradients.ts'

export interface MarginTraceOptions {
  /** site patterns; ['embedding', 'hidden'] by default */
  readonly sites?: readonly string[]
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

export interface MarginTrace {
  /** items of templates, word by word */
  readonly rows: readonly TraceRow[]
  /** all items; those of templates together */
  readonly distances: readonly TraceDistanceRow[]
}

/** An item, and for each site ‖∂ margin / ∂site‖ at every word of its prefix. */
interface Traced {
  readonly item: Item
  readonly norms: Readonly<Record<string, Float64Array>>
}

export async function marginTrace(
  engine: Engine,
  subject: AnalysedMoment,
  items: readonly Item[],
  options: MarginTraceOptions = {},
): Promise<MarginTrace> {
  const { sites: patterns = ['embedding', 'hidden'] } = options
  const sites = patterns.flatMap((pattern) => matchSites(pattern, subject.model.config).map(siteName))
  const traced = await trace(engine, subject, items, sites, options)
  const templates = traced.filter(({ item }) => item.fields.slots !== null)
  const alike = groupBy(templates, ({ item }) => [item.task, item.condition, ...item.fields.slots!].join(' '))
  const sets = groupBy(traced, ({ item }) => (item.fields.slots === null ? item.task : 'templates'))
  return {
    rows: [...alike.values()].flatMap((group) => sites.flatMap((site) => wordRows(subject, group, site, options))),
    distances: [...sets].flatMap(([task, group]) =>
      sites.flatMap((site) => distanceRows(subject, task, group, site, options)),
    ),
  }
}

async function trace(
  engine: Engine,
  { model }: AnalysedMoment,
  items: readonly Item[],
  sites: readonly string[],
  { initial, signal }: MarginTraceOptions,
): Promise<Traced[]> {
  const norms = items.map((): Record<string, Float64Array> => ({}))
  const choices = encodeChoices(items, model.vocabulary)
  const start = await startState(engine, model, choices.length, { initial, signal })
  for await (const { item, gradients } of marginGradients(engine, model, choices, { sites, start, signal })) {
    const words = choices[item].prefix.length
    for (const site of sites) {
      const width = gradients[site].length / words
      norms[item][site] = Float64Array.from({ length: words }, (_, word) =>
        norm(gradients[site].subarray(word * width, (word + 1) * width)),
      )
    }
  }
  return items.map((item, index) => ({ item, norms: norms[index] }))
}

/** @param group items of one template and condition, so that each word has its slot */
function wordRows(
  { name, seed, moment }: AnalysedMoment,
  group: readonly Traced[],
  site: string,
  { resamples = 1000, randomSeed = 1 }: MarginTraceOptions,
): TraceRow[] {
  const [{ item }] = group
  const { slots, subjectPosition, lastNounPosition } = item.fields
  const { clusterings } = lemmaClusters(group.map((traced) => traced.item))
  const drawn = resampleClusters(clusterings, resamples, new Random(randomSeed).fork(`${item.task} ${item.condition}`))
  const shares = group.map(({ norms }) => {
    const whole = norms[site].reduce((sum, own) => sum + own, 0)
    return norms[site].map((own) => (whole === 0 ? 1 / norms[site].length : own / whole))
  })
  return item.prefix.map((_, position): TraceRow => {
    const own = shares.map((share) => share[position])
    return {
      model: name,
      seed,
      moment,
      task: item.task,
      condition: item.condition,
      site,
      position,
      distance: item.prefix.length - 1 - position,
      word: slots![position],
      role: position === subjectPosition ? 'subject' : position === lastNounPosition ? 'last noun' : 'other',
      n: group.length,
      ...logBand(group.map(({ norms }) => log10(norms[site][position]))),
      share: mean(own),
      ...bootstrapMean(own, drawn),
      evenShare: 1 / item.prefix.length,
    }
  })
}

interface MaybeEstimate extends MaybeInterval {
  readonly mean: number | null
}

/** One row for each distance at which a subject stands. */
function distanceRows(
  { name, seed, moment }: AnalysedMoment,
  task: string,
  group: readonly Traced[],
  site: string,
  { resamples = 1000, randomSeed = 1 }: MarginTraceOptions,
): TraceDistanceRow[] {
  const random = new Random(randomSeed).fork(`${task} distance`)
  const distances = [...new Set(group.map(({ item }) => item.fields.distance))].sort((a, b) => a - b)
  /** mean log10 of the norm at a distance, over some items */
  const estimate = (items: readonly Traced[], distance: number, which: string): MaybeEstimate => {
    const known = items.filter(({ norms }) => (norms[site].at(-1 - distance) ?? 0) > 0)
    if (known.length === 0) return { mean: null, low: null, high: null }
    const logs = known.map(({ norms }) => log10(norms[site].at(-1 - distance)!))
    const { clusterings } = lemmaClusters(known.map(({ item }) => item))
    const drawn = resampleClusters(clusterings, resamples, random.fork(`${which} ${distance}`))
    return { mean: mean(logs), ...bootstrapMean(logs, drawn) }
  }
  return distances.map((distance): TraceDistanceRow => {
    const subjects = group.filter(({ item }) => item.fields.distance === distance)
    const others = group.filter(({ item }) => item.fields.distance !== distance && item.prefix.length > distance)
    const own = estimate(subjects, distance, 'subject')
    const other = estimate(others, distance, 'other')
    return {
      model: name,
      seed,
      moment,
      task,
      site,
      distance,
      subjects: subjects.length,
      subject: own.mean,
      subjectLow: own.low,
      subjectHigh: own.high,
      others: others.length,
      other: other.mean,
      otherLow: other.low,
      otherHigh: other.high,
    }
  })
}
