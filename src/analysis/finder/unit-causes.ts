// Does the model use the units that tell the answers of probes? A unit is set to its mean, and to zero, while the model
// reads, and what the probe serves is looked at: line ends for the place in the line, closing marks for quotations. A
// unit that knows and is not used costs nothing there; one that everything needs costs as much elsewhere.

import { Random } from '../../core/random.ts'
import { bootstrapRatio, resampleClusters } from '../../core/statistics/bootstrap.ts'
import type { Answers } from '../../data/label.ts'
import type { Engine } from '../../engine/engine.ts'
import { ablate } from '../../intervention/edits.ts'
import { unitMeans, type UnitMeans } from '../../intervention/means.ts'
import type { Edit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { parseUnit, siteName } from '../../model/sites.ts'
import type { Probe, Served } from '../../probe.ts'
import { record } from '../../recording/record.ts'
import { score } from '../../recording/score.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { comparableUnits, outgoingNorms, unitActivity, type Activity } from '../comparable-units.ts'
import type { CauseRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import type { SampledText } from './sampled-text.ts'

export interface UnitCauseOptions {
  readonly initial?: InitialState
  /** units that it is held against; 19 by default, the fewest with which the most extreme has p = 0.05 */
  readonly comparable?: number
  readonly signal?: AbortSignal
}

/** Documents are read until there are so many of the served tokens, in so many documents. */
const EVENTS = 400
const DOCUMENTS = 8
const RESAMPLES = 1000

/** Some documents with the places of the served tokens. */
interface ServedText {
  readonly probe: Probe
  /** what the tokens are called, such as `line ends` */
  readonly name: string
  readonly sequences: SampledText['sequences']
  /** per document, 1 where a served token stands */
  readonly served: readonly Uint8Array[]
}

/** A unit that tells a probe's answers. */
export interface TellingUnit {
  /** such as `1.hidden.41` */
  readonly unit: string
  readonly probe: Probe
  /** of every document in which the cost is measured, one a token */
  readonly answers: readonly Answers[]
}

/**
 * Two rows a unit, mean and zero; none where its probe serves nothing.
 * @param means documents that means and activities are taken from
 * @param text other documents, in which the cost is measured
 */
export async function unitCauses(
  engine: Engine,
  subject: AnalysedModel,
  units: readonly TellingUnit[],
  means: SampledText,
  text: SampledText,
  options: UnitCauseOptions = {},
): Promise<CauseRow[]> {
  const { model } = subject
  const usual = new Map<string, SiteInUse>()
  const rows: CauseRow[] = []
  for (const { unit, probe, answers } of units) {
    if (!probe.serves) continue
    const name = siteName(parseUnit(unit, model.config).site)
    const site = usual.get(name) ?? (await siteInUse(engine, model, name, means, options))
    usual.set(name, site)
    const served = servedText(probe, probe.serves, answers, text)
    rows.push(...(await costOf(engine, subject, unit, site, served, options)))
  }
  return rows
}

/** What the units of a site do over a text. */
interface SiteInUse {
  readonly means: UnitMeans
  readonly activity: Activity
}

async function siteInUse(
  engine: Engine,
  model: Model,
  site: string,
  { sequences }: SampledText,
  { initial: state, signal }: UnitCauseOptions,
): Promise<SiteInUse> {
  const recording = await record(model, sequences, { engine, sites: [site], state, signal })
  const means = await unitMeans(recording, 'held-out documents that chose the unit')
  const activity = await unitActivity(recording, site)
  recording.dispose()
  return { means, activity }
}

async function costOf(
  engine: Engine,
  subject: AnalysedModel,
  unit: string,
  { means, activity }: SiteInUse,
  own: ServedText,
  { comparable = 19, initial: state, signal }: UnitCauseOptions,
): Promise<CauseRow[]> {
  const { model } = subject
  const { site, index } = parseUnit(unit, model.config)
  const alike = comparableUnits(activity, outgoingNorms(model, site), comparable)[index]
  const others = alike.map((other) => `${siteName(site)}.${other}`)

  const surprisals = (edits: readonly (readonly Edit[])[]) => {
    return scoreUnderEach(engine, model, own.sequences, edits, { state, signal })
  }
  const [intact] = await surprisals([[]])
  const rows: CauseRow[] = []
  for (const set of ['mean', 'zero'] as const) {
    const to: UnitMeans | 'zero' = set === 'mean' ? means : 'zero'
    const edited = await surprisals([unit, ...others].map((one) => ablate([one], to)))
    const [rise, ...ofOthers] = edited.map((values) => rises(intact, values, own))
    const { atServed, elsewhere, low, high } = interval(rise)
    const band = ofOthers.map(({ served }) => ratio(served))
    rows.push({
      model: subject.name,
      seed: subject.seed,
      probe: own.probe.name,
      unit,
      set,
      serves: own.name,
      events: sum(own.served.map(sum)),
      documents: own.served.filter((places) => sum(places) > 0).length,
      intactLoss: ratio(lossesOf(intact, own)),
      rise: atServed,
      low,
      high,
      elsewhere,
      bandLow: Math.min(...band),
      bandHigh: Math.max(...band),
      comparable: band.length,
    })
  }
  return rows
}

/** Surprisals of every document under each list of edits, [edits][documents]; all are read side by side. */
async function scoreUnderEach(
  engine: Engine,
  model: Model,
  documents: ServedText['sequences'],
  edits: readonly (readonly Edit[])[],
  options: { readonly state?: InitialState; readonly signal?: AbortSignal },
): Promise<Float32Array[][]> {
  const count = documents.length
  const rowed = edits.flatMap((own, copy) => {
    const rows = Array.from({ length: count }, (_, document) => copy * count + document)
    return own.map((edit): Edit => ({ ...edit, rows }))
  })
  const copies = edits.flatMap(() => documents)
  const surprisals = await score(model, copies, { ...options, engine, edits: rowed })
  return edits.map((_, copy) => surprisals.slice(copy * count, (copy + 1) * count))
}

function servedText(
  probe: Probe,
  { name, is }: Served,
  answers: readonly Answers[],
  { sequences, documents, end }: SampledText,
): ServedText {
  const kept: SampledText['sequences'][number][] = []
  const served: Uint8Array[] = []
  let events = 0
  for (const [document, sequence] of sequences.entries()) {
    if (events >= EVENTS && document >= DOCUMENTS) break
    const texts = documents[document].sentences.flatMap(({ tokens }) => [...tokens, end])
    const places = Uint8Array.from(texts, (token, place) => {
      const before = answers[document][place - 1]
      return Number(before !== undefined && is(token, before))
    })
    kept.push(sequence)
    served.push(places)
    events += sum(places)
  }
  return { probe, name, sequences: kept, served }
}

/** Sums by document, and of how many tokens. */
interface Sums {
  readonly sums: readonly number[]
  readonly counts: readonly number[]
}

interface Rises {
  readonly served: Sums
  readonly elsewhere: Sums
}

/** How much each document's surprisal rose, nats: at the served tokens, and everywhere else. */
function rises(intact: readonly Float32Array[], edited: readonly Float32Array[], { served }: ServedText): Rises {
  const of = (kind: number): Sums => {
    const each = served.map((places, document) => {
      let [total, count] = [0, 0]
      places.forEach((place, at) => {
        const rise = edited[document][at] - intact[document][at]
        if (place !== kind || Number.isNaN(rise)) return
        total += rise
        count += 1
      })
      return { total, count }
    })
    return { sums: each.map(({ total }) => total), counts: each.map(({ count }) => count) }
  }
  return { served: of(1), elsewhere: of(0) }
}

function lossesOf(intact: readonly Float32Array[], text: ServedText): Sums {
  const nothing = intact.map((values) => new Float32Array(values.length))
  return rises(nothing, intact, text).served
}

function interval({ served, elsewhere }: Rises) {
  const documents = served.counts.flatMap((count, document) => (count > 0 ? [document] : []))
  const own = { sums: documents.map((one) => served.sums[one]), counts: documents.map((one) => served.counts[one]) }
  const clusters = documents.map(String)
  const ends = documents.length === 0
    ? { low: null, high: null }
    : bootstrapRatio(own.sums, own.counts, resampleClusters([clusters], RESAMPLES, new Random('unit-cause')))
  return { atServed: ratio(served), elsewhere: ratio(elsewhere), ...ends }
}

function ratio({ sums, counts }: Sums): number {
  const count = sum(counts)
  return count === 0 ? 0 : sum(sums) / count
}

function sum(values: ArrayLike<number>): number {
  let total = 0
  for (let index = 0; index < values.length; index++) total += values[index]
  return total
}
