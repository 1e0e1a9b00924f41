// ‖∂L/∂state‖ against the lag: a straight line where a network forgets at a constant rate, flat where it keeps. Rows of
// every seed, and of all seeds of a model together.

import type { Log } from '../../core/log.ts'
import { groupBy } from '../../core/rows.ts'
import type { MaybeInterval } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import { meanInterval } from '../../core/statistics/student.ts'
import type { Engine } from '../../engine/engine.ts'
import { matchSites, siteName } from '../../model/sites.ts'
import type { Place } from '../../recording/states-after.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { LagRow, PooledLagRow } from '../results.ts'
import type { AnalysedMoment } from '../subject.ts'
import { lagNorms, type LagNorms } from './lag-norms.ts'
import { finiteOf, logBand } from './log-band.ts'

export interface LagCurvesOptions {
  /** site patterns; those that a cell lacks are left out of its rows. ['hidden', 'cell'] by default */
  readonly sites?: readonly string[]
  /** lags in steps, rising; `spacedLags(100)` by default */
  readonly lags?: readonly number[]
  readonly initial?: InitialState
  readonly log?: Log
  readonly signal?: AbortSignal
}

export interface LagCurves {
  readonly rows: readonly LagRow[]
  readonly pooled: readonly PooledLagRow[]
}

/** What one network showed: for each site log10 of norms, [places, longest lag + 1]. */
export interface LagCurve {
  readonly subject: Omit<AnalysedMoment, 'model'>
  readonly norms: LagNorms
}

/** Every lag up to 20, then about a twentieth farther each time, up to `longest`. */
export function spacedLags(longest: number): number[] {
  const lags: number[] = []
  for (let lag = 0; lag < longest; lag = Math.max(lag + 1, Math.floor(lag * 1.05))) lags.push(lag)
  return [...lags, longest]
}

/**
 * Rows by subject, site and lag.
 * @param sequences texts that all subjects read, in the tokens of their vocabulary
 * @param places tokens of these whose loss is differentiated; `drawPlaces` with `before` the longest lag plus 1
 */
export async function lagCurves(
  engine: Engine,
  subjects: readonly AnalysedMoment[],
  sequences: readonly Int32Array[],
  places: readonly Place[],
  options: LagCurvesOptions = {},
): Promise<LagCurves> {
  const { lags = spacedLags(100), log } = options
  const curves: LagCurve[] = []
  for (const [done, subject] of subjects.entries()) {
    const note = `${subject.name}/${subject.seed}`
    log?.progress({ stage: 'lag-curves', done, total: subjects.length, unit: 'models', note })
    curves.push(await lagCurve(engine, subject, sequences, places, options))
  }
  return summariseLags(curves, places.length, lags)
}

/** One subject of `lagCurves`. */
export async function lagCurve(
  engine: Engine,
  { model, ...subject }: AnalysedMoment,
  sequences: readonly Int32Array[],
  places: readonly Place[],
  { sites = ['hidden', 'cell'], lags = spacedLags(100), initial, signal }: LagCurvesOptions,
): Promise<LagCurve> {
  const options = { sites: sitesHere(sites, model), longestLag: lags[lags.length - 1], initial, signal }
  return { subject, norms: await lagNorms(engine, model, sequences, places, options) }
}

/** @param places the number of places @param lags as `lagCurve` was given them */
export function summariseLags(curves: readonly LagCurve[], places: number, lags: readonly number[]): LagCurves {
  const models = [...groupBy(curves, ({ subject }) => `${subject.name} ${subject.moment}`).values()]
  return {
    rows: curves.flatMap((curve) => rowsOf(curve, places, lags)),
    pooled: models.flatMap((seeds) => pooledRows(seeds, places, lags)),
  }
}

/** The sites of a model that the patterns name; an RNN has no cell. */
function sitesHere(patterns: readonly string[], { config }: AnalysedMoment['model']): string[] {
  const stateless = patterns.filter((pattern) => !(config.cell !== 'lstm' && pattern === 'cell'))
  return stateless.flatMap((pattern) => matchSites(pattern, config).map(siteName))
}

function rowsOf({ subject, norms }: LagCurve, places: number, lags: readonly number[]): LagRow[] {
  return Object.entries(norms).flatMap(([site, values]) =>
    lags.map((lag): LagRow => {
      const { own, relative } = atLag(values, places, lag)
      const { log, bandLow, bandHigh } = logBand(relative)
      return {
        model: subject.name,
        seed: subject.seed,
        moment: subject.moment,
        site,
        lag,
        places,
        ...logBand(own),
        relative: log,
        relativeBandLow: bandLow,
        relativeBandHigh: bandHigh,
      }
    }),
  )
}

/** @param seeds curves of one model at one moment */
function pooledRows(seeds: readonly LagCurve[], places: number, lags: readonly number[]): PooledLagRow[] {
  const [{ subject, norms }] = seeds
  /** of the seeds' means over places; none where some places have a gradient of 0 */
  const interval = (bySeed: readonly (readonly number[])[]): MaybeInterval => {
    const isWhole = bySeed.every((logs) => finiteOf(logs).length === logs.length)
    return isWhole ? meanInterval(bySeed.map((logs) => mean(logs))) : { low: null, high: null }
  }
  return Object.keys(norms).flatMap((site) =>
    lags.map((lag): PooledLagRow => {
      const bySeed = seeds.map((curve) => atLag(curve.norms[site], places, lag))
      const own = bySeed.flatMap((values) => values.own)
      const relative = bySeed.flatMap((values) => values.relative)
      const band = logBand(relative)
      const relativeInterval = interval(bySeed.map((values) => values.relative))
      return {
        model: subject.name,
        moment: subject.moment,
        site,
        lag,
        seeds: seeds.length,
        places: own.length,
        ...logBand(own),
        ...interval(bySeed.map((values) => values.own)),
        relative: band.log,
        relativeBandLow: band.bandLow,
        relativeBandHigh: band.bandHigh,
        relativeLow: relativeInterval.low,
        relativeHigh: relativeInterval.high,
      }
    }),
  )
}

/** log10 of the norm at every place, and of its ratio to that at lag 0. */
function atLag(values: Float64Array, places: number, lag: number): { own: number[]; relative: number[] } {
  const lags = values.length / places
  const own = Array.from({ length: places }, (_, place) => values[place * lags + lag])
  return { own, relative: own.map((value, place) => value - values[place * lags]) }
}
