// Syntax units (Lakretz et al. 2019, section 5.1; Nelson et al. 2017): how many constituents are open behind a word is
// regressed on all units of a site, with the word's frequency and place beside them; units whose weights stand out, and go
// on doing so when sentences are resampled, are called syntax units. What they send to the gates of chosen units comes last.

import { log } from '../../core/math.ts'
import { pick } from '../../core/matrix.ts'
import { Random } from '../../core/random.ts'
import { fitRidge } from '../../core/ridge.ts'
import { bootstrapRatio, resampleClusters, type Resamples } from '../../core/statistics/bootstrap.ts'
import { correlation, mean, standardDeviation } from '../../core/statistics/moments.ts'
import type { DatasetPart } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import { matchSites, siteName } from '../../model/sites.ts'
import { record } from '../../recording/record.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { DepthFitRow, DepthUnitRow, SyntaxUnitsResult } from '../results.ts'
import { untrainedModel, type AnalysedModel } from '../subject.ts'
import { crossValidate } from './cross-validate.ts'
import { depthPoints, type DepthPoints } from './depth-points.ts'
import { depthTraces } from './depth-traces.ts'
import { syntaxLinks } from './syntax-links.ts'

/** A weight stands out above the mean of all, in their standard deviations. */
const OUTLYING = 3
/** Units that are followed through the deepest sentences. */
const TRACED = 2
/** Share of bootstraps in which it must. */
const STABLE = 0.8

export interface SyntaxUnitsOptions {
  /** such as `hidden`: the units of all layers together */
  readonly site: string
  /** units of number, whose gates are looked at, such as `1.hidden.41` */
  readonly units: readonly string[]
  /** what the model was trained on, for the frequencies of words */
  readonly training: DatasetPart
  /** bootstraps over sentences; 50 by default */
  readonly bootstraps?: number
  readonly initial?: InitialState
  /** resamples of the sentences for intervals; 1000 by default */
  readonly resamples?: number
  /** 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

/** @param part sentences that the model was not trained on, drawn from a grammar */
export async function syntaxUnits(
  engine: Engine,
  subject: AnalysedModel,
  part: DatasetPart,
  options: SyntaxUnitsOptions,
): Promise<Omit<SyntaxUnitsResult, 'analysis'>> {
  const random = new Random(options.randomSeed ?? 1).fork('syntax-units')
  const sampled = depthPoints(part, random.fork('points'))
  const labels = Float64Array.from(sampled.points, ({ depth }) => depth)
  const covariates = covariatesOf(sampled, options.training)
  const { names, columns, largest } = await unitColumns(engine, subject.model, sampled, options)
  const untrained = await unitColumns(engine, untrainedModel(subject), sampled, options)
  const folds = foldsOf(sampled, random.fork('folds'))
  const clusters = sampled.points.map(({ sentence }) => String(sentence))
  const sentences = resampleClusters([clusters], options.resamples ?? 1000, random.fork('sentences'))
  const fit = (read: DepthFitRow['read'], own: readonly Float64Array[]) => ({
    model: subject.name, seed: subject.seed, site: options.site, read, columns: own.length, n: labels.length,
    sentences: sampled.sequences.length, ...explained(own, labels, folds, sentences),
  })
  const fits = [fit('units', [...columns, ...covariates]), fit('covariates', covariates), fit('untrained units', [...untrained.columns, ...covariates])]
  const units = unitRows(subject, names, [...columns, ...covariates], labels, sampled, fits[0].penalty, options, random.fork('bootstraps'))
  const found = units.filter(({ isSyntaxUnit }) => isSyntaxUnit).sort((a, b) => b.outlying - a.outlying)
  const sizes = new Map(names.map((name, index) => [name, largest[index]]))
  const { links, linkSets } = syntaxLinks(subject, found.map(({ unit }) => unit), options.units, sizes, random.fork('links'))
  const farthest = units.reduce((most, unit) => (unit.outlying > most.outlying ? unit : most))
  const traces = await depthTraces(engine, subject, found.length > 0 ? found.slice(0, TRACED) : [farthest], sampled, options)
  return { fits, units, links, linkSets, traces }
}

/** Log of the frequency of each word in the training text, and its place in the sentence. */
function covariatesOf({ sequences, points }: DepthPoints, training: DatasetPart): Float64Array[] {
  const counts = new Map<number, number>()
  for (const token of training.tokens) counts.set(token, (counts.get(token) ?? 0) + 1)
  return [
    Float64Array.from(points, ({ sentence, position }) => log(1 + (counts.get(sequences[sentence].tokens[position]) ?? 0))),
    Float64Array.from(points, ({ position }) => position),
  ]
}

/** The values of every unit of the site at each point, and the largest |value| of each. */
async function unitColumns(
  engine: Engine,
  model: Model,
  { sequences, points }: DepthPoints,
  { site, initial, signal }: SyntaxUnitsOptions,
) {
  const sites = matchSites(site, model.config).map(siteName)
  const recording = await record(model, sequences, { sites, engine, state: initial, signal })
  const names = sites.flatMap((name) => Array.from({ length: recording.widths[name] }, (_, unit) => `${name}.${unit}`))
  const columns = names.map(() => new Float64Array(points.length))
  const largest = new Float64Array(names.length)
  const rowOf = points.map(({ sentence, position }) => recording.offsets[sentence] + position)
  const pointsAt = new Map(rowOf.map((row, point) => [row, point]))
  for await (const block of recording) {
    let first = 0
    for (const name of sites) {
      const width = recording.widths[name]
      const values = block.values[name]
      for (let row = 0; row < block.count; row++) {
        const point = pointsAt.get(block.start + row)
        for (let unit = 0; unit < width; unit++) {
          const value = values[row * width + unit]
          largest[first + unit] = Math.max(largest[first + unit], Math.abs(value))
          if (point !== undefined) columns[first + unit][point] = value
        }
      }
      first += width
    }
  }
  recording.dispose()
  return { names, columns, largest }
}

/** A number for each point that its sentence alone decides; outer and inner folds are read off it. */
function foldsOf({ sequences, points }: DepthPoints, random: Random): Int32Array {
  const order = random.shuffle(sequences.map((_, sentence) => sentence))
  const place = new Int32Array(order.length)
  order.forEach((sentence, index) => {
    place[sentence] = index
  })
  return Int32Array.from(points, ({ sentence }) => place[sentence])
}

/** What a regression on some columns explains in sentences that it was not fitted to. */
function explained(columns: readonly Float64Array[], labels: Float64Array, folds: Int32Array, sentences: Resamples) {
  const { predicted, baseline, penalty } = crossValidate(columns, labels, folds)
  const left = labels.map((label, item) => (label - predicted[item]) ** 2)
  const whole = labels.map((label, item) => (label - baseline[item]) ** 2)
  const { low, high } = bootstrapRatio(left, whole, sentences)
  return { r2: 1 - mean(left) / mean(whole), low: high === null ? null : 1 - high, high: low === null ? null : 1 - low, penalty }
}

/** @param columns of the units, then covariates */
function unitRows(
  { name, seed }: AnalysedModel,
  names: readonly string[],
  columns: readonly Float64Array[],
  labels: Float64Array,
  { sequences, points }: DepthPoints,
  penalty: number,
  { bootstraps = 50 }: SyntaxUnitsOptions,
  random: Random,
): DepthUnitRow[] {
  const weightsOf = (items: Int32Array) =>
    fitRidge(columns.map((column) => pick(column, items)), pick(labels, items), [penalty])[0].standardised.subarray(0, names.length)
  const weights = weightsOf(Int32Array.from(points.keys()))
  const outlying = outlyingOf(weights)
  const bySentence = sequences.map(() => [] as number[])
  points.forEach(({ sentence }, point) => bySentence[sentence].push(point))
  const standing = new Float64Array(names.length)
  for (let bootstrap = 0; bootstrap < bootstraps; bootstrap++) {
    const drawn = Int32Array.from(sequences.flatMap(() => bySentence[random.integer(sequences.length)]))
    outlyingOf(weightsOf(drawn)).forEach((value, unit) => {
      if (value > OUTLYING) standing[unit]++
    })
  }
  return names.map((unit, index): DepthUnitRow => ({
    model: name,
    seed,
    unit,
    weight: weights[index],
    outlying: outlying[index],
    stability: standing[index] / bootstraps,
    isSyntaxUnit: outlying[index] > OUTLYING && standing[index] / bootstraps >= STABLE,
    correlation: correlation(columns[index], labels),
  }))
}

function outlyingOf(weights: Float64Array): Float64Array {
  const sizes = weights.map(Math.abs)
  const [center, spread] = [mean(sizes), standardDeviation(sizes) || 1]
  return sizes.map((size) => (size - center) / spread)
}
