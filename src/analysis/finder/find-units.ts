// The unit that tells the answers of a probe best, for each probe, found in some documents and confirmed in others.
// Karpathy, Johnson & Fei-Fei (2015) found such units by eye; here every unit is scored on every probe, the best is
// held against what the best of so many units reaches by chance, and beside it stand an untrained network and the same
// states seen from other axes.

import { Random } from '../../core/random.ts'
import { aucInterval } from '../../core/statistics/auc.ts'
import { correlationInterval } from '../../core/statistics/correlation-interval.ts'
import type { MaybeInterval } from '../../core/statistics/interval.ts'
import { benjaminiHochberg } from '../../core/statistics/multiplicity.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import type { Probe } from '../../probe.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { CauseRow, FoundUnitRow, UnitScoreRow } from '../results.ts'
import { untrainedModel, type AnalysedModel } from '../subject.ts'
import { permuteBlocks } from './block-permutation.ts'
import type { OnChosen } from '../chosen-unit.ts'
import { halvesOf, type Half, type HalvesOptions } from './halves.ts'
import { rotateUnits } from './rotate.ts'
import { bitsTold, bitsToTell } from './tell-apart.ts'
import { unitCauses } from './unit-causes.ts'
import { sampleUnits, type UnitSamples } from './unit-samples.ts'
import { chanceScore, decided, scoreUnit, signOf, strength, type LabelledProbe } from './unit-scores.ts'

export interface FindUnitsOptions extends HalvesOptions {
  /** site patterns such as `cell`; the best of all their units is found */
  readonly sites: readonly string[]
  /** deals of the labels of whole blocks; 100 by default */
  readonly permutations?: number
  readonly initial?: InitialState
  /** of the places that are looked at, the deals and the rotation; 1 by default */
  readonly randomSeed?: number
  readonly onChosen?: OnChosen
  readonly signal?: AbortSignal
}

export interface FoundUnits {
  /** one row a probe */
  readonly rows: readonly FoundUnitRow[]
  /** the best units of each probe, best first */
  readonly scores: readonly UnitScoreRow[]
  /** the unit in the middle of all, in the order of how much each tells the probe that it tells best */
  readonly typical: string
  /** what it costs to remove the best unit of a probe that serves something, where it beats the untrained network */
  readonly causes: readonly CauseRow[]
  /** probes that could not be asked of this text, and why */
  readonly audit: readonly string[]
}

/** Units of each probe that are listed. */
const LISTED = 10

/**
 * @param part held-out documents: every other one is for discovery, the rest for confirmation
 * @param end as the corpus writes the end of a line
 */
export async function findUnits(
  engine: Engine,
  subject: AnalysedModel,
  part: DatasetPart,
  end: string,
  options: FindUnitsOptions,
): Promise<FoundUnits> {
  const random = new Random(options.randomSeed ?? 1).fork('find-units')
  const { probes: asked, halves } = halvesOf(part, end, options, random)
  const found = await bestUnits(engine, subject.model, halves, options)
  options.onChosen?.({
    units: found.best.map(({ unit, score }, index) => (
      { unit: found.units[0][unit].unit, for: asked[index].name, score, sign: signOf(score, asked[index]) }
    )),
  })
  const others = {
    untrained: await bestUnits(engine, untrainedModel(subject), halves, options),
    rotated: bestOf(found.units.map((units) => rotateUnits(units, random.fork('rotation'))), halves).best,
  }
  const { permutations = 100 } = options
  const rows = asked.map((probe, index): FoundUnitRow => {
    const { unit, score, heldOut } = found.best[index]
    const { observed, largest } = permuteBlocks(
      found.units[0], halves[0].probes[index].labels, halves[0].text.blocks.length, permutations, random.fork(probe.name),
    )
    const own = confirm(found.units[1][unit], index, halves[1], random)
    return {
      model: subject.name,
      seed: subject.seed,
      probe: probe.name,
      question: probe.question,
      answers: probe.answers === 'yes-no' ? 'yes-no' : 'amount',
      unit: found.units[0][unit].unit,
      site: found.units[0][unit].site,
      score,
      heldOut,
      shrinkage: strength(score, probe) - strength(heldOut, probe),
      ...own,
      correlation: observed[unit],
      chanceBest: largest[Math.ceil(0.95 * largest.length) - 1],
      p: (1 + largest.filter((value) => value >= observed[unit]).length) / (1 + permutations),
      q: 1, // over all probes, below
      untrained: others.untrained.best[index].heldOut,
      rotated: others.rotated[index].heldOut,
      ...nextProbe(found.units[1][unit], index, halves[1].probes),
    }
  })
  const q = benjaminiHochberg(rows.map((row) => row.p))
  const removed = rows.flatMap(({ unit, heldOut, untrained }, index) => {
    const { probe, answers } = halves[1].probes[index]
    // one that tells no more than before training tells nothing that training has taught it
    return strength(heldOut, probe) > strength(untrained, probe) ? [{ probe, unit, answers }] : []
  })
  const causes = await unitCauses(engine, subject, removed, halves[0].text, halves[1].text, options)
  return {
    causes,
    rows: rows.map((row, index) => ({ ...row, q: q[index] })),
    scores: listScores(subject, found, halves),
    typical: found.units[0][typicalUnit(found.scores, asked)].unit,
    audit: options.probes.filter((probe) => !asked.includes(probe)).map(({ name }) => (
      `${name}: every answer is the same in one half of the documents, or none is decided.`
    )),
  }
}

/** The best unit for a probe, by its number. */
interface Best {
  readonly unit: number
  readonly score: number
  readonly heldOut: number
}

/** The units of a model in both halves. */
export interface ScoredUnits {
  readonly units: readonly (readonly UnitSamples[])[]
  /** of every unit for each probe, where units are chosen */
  readonly scores: readonly Float64Array[]
  /** for each probe */
  readonly best: readonly Best[]
}

/** The best unit for every probe, and all units. */
export async function bestUnits(
  engine: Engine,
  model: Model,
  halves: readonly [Half, Half],
  { sites, initial, signal }: FindUnitsOptions,
): Promise<ScoredUnits> {
  const units: UnitSamples[][] = []
  for (const { text } of halves) units.push(await sampleUnits(engine, model, text, sites, { initial, signal }))
  return bestOf(units, halves)
}

/** @param units in both halves */
function bestOf(units: ScoredUnits['units'], [discovery, confirmation]: readonly Half[]): ScoredUnits {
  const [early, late] = units
  const scores = early.map(({ values }) => scoreUnit(values, discovery.probes))
  const best = discovery.probes.map(({ probe }, index): Best => {
    const strengths = scores.map((own) => strength(own[index], probe))
    const unit = strengths.indexOf(Math.max(...strengths))
    const heldOut = scoreUnit(late[unit].values, [confirmation.probes[index]])[0]
    return { unit, score: scores[unit][index], heldOut }
  })
  return { units, scores, best }
}

/** The middle one of all units, in the order of their strongest scores: one that means as little as most. */
function typicalUnit(scores: ScoredUnits['scores'], probes: readonly Probe[]): number {
  const strongest = scores.map((own) => Math.max(0, ...probes.map((probe, index) => strength(own[index], probe))))
  const order = strongest.map((_, unit) => unit).sort((a, b) => strongest[a] - strongest[b])
  return order[Math.floor(order.length / 2)]
}

/** What the other documents say of a unit that was chosen. */
function confirm({ values }: UnitSamples, index: number, half: Half, random: Random) {
  const { probe, labels } = half.probes[index]
  const [x, y] = decided(values, labels)
  const documents = half.documents.filter((_, sample) => !Number.isNaN(labels[sample]))
  const interval: MaybeInterval = probe.answers === 'yes-no'
    ? aucInterval(x, y, documents)
    : correlationInterval(x, y, documents, 1000, random.fork(`interval ${probe.name}`))
  return {
    ...interval,
    n: x.length,
    documents: new Set(documents).size,
    information: bitsTold(x, y),
    entropy: bitsToTell(y),
  }
}

/** The other probe whose answers the unit tells best. */
function nextProbe({ values }: UnitSamples, index: number, probes: readonly LabelledProbe[]) {
  const others = probes.filter((_, other) => other !== index)
  if (others.length === 0) return { nextProbe: null, nextScore: null, selectivity: null }
  const scores = scoreUnit(values, others)
  const strengths = others.map(({ probe }, other) => strength(scores[other], probe))
  const next = strengths.indexOf(Math.max(...strengths))
  const { probe } = probes[index]
  const own = strength(scoreUnit(values, [probes[index]])[0], probe)
  return { nextProbe: others[next].probe.name, nextScore: scores[next], selectivity: own - strengths[next] }
}

function listScores(
  { name, seed }: AnalysedModel,
  { units: [early, late], scores }: ScoredUnits,
  [discovery, confirmation]: readonly Half[],
): UnitScoreRow[] {
  return discovery.probes.flatMap(({ probe }, index) => {
    const order = scores.map((_, unit) => unit)
    order.sort((a, b) => strength(scores[b][index], probe) - strength(scores[a][index], probe))
    return order.slice(0, LISTED).map((unit): UnitScoreRow => ({
      model: name,
      seed,
      probe: probe.name,
      unit: early[unit].unit,
      site: early[unit].site,
      score: scores[unit][index],
      heldOut: scoreUnit(late[unit].values, [confirmation.probes[index]])[0],
      chance: chanceScore(probe),
    }))
  })
}
