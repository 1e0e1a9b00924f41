// How products of the state's Jacobians grow with the number of steps (Pascanu, Mikolov & Bengio 2013): the largest
// singular value by power iteration, and of small networks the growth rate in every direction. Beside them stands what
// theory says (theory.ts).

import { setImmediate } from 'node:timers/promises'
import { log } from '../../core/math.ts'
import { logSingularValues, logStretches } from '../../core/matrix.ts'
import { Random } from '../../core/random.ts'
import { quantile } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Engine, State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { Model } from '../../model/model.ts'
import { stateNames } from '../../model/sites.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { statesAfter, type Place } from '../../recording/states-after.ts'
import type { ExponentRow, JacobianRow } from '../results.ts'
import type { AnalysedMoment } from '../subject.ts'
import { logBand } from './log-band.ts'
import { stepJacobians } from './step-jacobians.ts'
import { gateProducts, keepingSites, logRecurrentNorm } from './theory.ts'

export interface JacobiansOptions {
  /** lags in steps, rising, each at least 1 */
  readonly lags: readonly number[]
  /** the spectrum of states of at most so many units, for it takes their cube at every step; 128 by default … */
  readonly spectrumUnits?: number
  /** … and at so many places, the first ones; 5 by default */
  readonly spectrumPlaces?: number
  readonly initial?: InitialState
  /** of the power iteration; 1 by default */
  readonly randomSeed?: number
  readonly signal?: AbortSignal
}

export interface Jacobians {
  /** one a lag */
  readonly rows: readonly JacobianRow[]
  /** one a direction, over the longest lag; none of a large network */
  readonly spectrum: readonly ExponentRow[]
}

/** What one place shows. */
interface PlaceGrowth {
  /** log10 of the largest singular value, one a lag */
  readonly norms: readonly number[]
  /** log10 of products of gates, one a lag; null where there are no gates */
  readonly gates: readonly ReturnType<typeof gateProducts>[]
  /** nats a step, the largest first; null where they are not wanted */
  readonly exponents: readonly number[] | null
}

/** 32-bit floats have seven digits: what is smaller than this beside the rest of a step is rounding. */
const LOST = 1e-6

const LN10 = log(10)

/** @param places each with as many tokens before it as the longest lag; the last step reads the one right before it */
export async function jacobians(
  engine: Engine,
  subject: AnalysedMoment,
  sequences: readonly Int32Array[],
  places: readonly Place[],
  options: JacobiansOptions,
): Promise<Jacobians> {
  const { lags, spectrumUnits = 128, spectrumPlaces = 5, initial, signal } = options
  const { model } = subject
  const longest = lags[lags.length - 1]
  const starts = places.map(({ sequence, position }) => ({ sequence, position: position - longest - 1 }))
  const states = await statesAfter(engine, model, sequences, starts, { initial, signal })
  const small = stateNames(model.config).length * model.config.units <= spectrumUnits
  const growths: PlaceGrowth[] = []
  for (const [place, { sequence, position }] of places.entries()) {
    signal?.throwIfAborted()
    const tokens = sequences[sequence].subarray(position - longest, position)
    const start = gatherState(states, model.config.units, [place])
    growths.push(growthAt(engine, model, tokens, start, small && place < spectrumPlaces, options))
    await setImmediate()
  }
  const bound = logRecurrentNorm(model)
  return {
    rows: lags.map((lag, index) => rowOf(subject, growths, lag, index, bound)),
    spectrum: exponentRows(subject, growths, longest),
  }
}

/**
 * @param start the state before the first token, one row
 * @param spectrum whether the exponents are wanted
 */
function growthAt(
  engine: Engine,
  model: Model,
  tokens: Int32Array,
  start: State,
  spectrum: boolean,
  { lags, randomSeed = 1 }: JacobiansOptions,
): PlaceGrowth {
  const names = stateNames(model.config)
  const record = [...names, ...keepingSites(model)]
  const { recorded } = engine.run(model, { tokens, rows: 1, steps: tokens.length }, { state: start, record })
  const before = Object.fromEntries(
    names.map((name) => {
      const states = new Float32Array(recorded[name].length)
      states.set(start[name])
      states.set(recorded[name].subarray(0, -model.config.units), model.config.units)
      return [name, states]
    }),
  )
  const steps = stepJacobians(engine, model, tokens, before)
  const random = new Random(randomSeed)
  return {
    norms: logSingularValues(steps, lags, { random }).map((value) => value / LN10),
    gates: lags.map((lag) => gateProducts(model, recorded, lag)),
    exponents: spectrum ? logStretches(steps, LOST).map((stretch) => stretch / steps.length) : null,
  }
}

function rowOf(
  { name, seed, moment }: AnalysedMoment,
  growths: readonly PlaceGrowth[],
  lag: number,
  index: number,
  bound: number | null,
): JacobianRow {
  const band = logBand(growths.map(({ norms }) => norms[index]))
  const gates = growths.flatMap((growth) => growth.gates[index] ?? [])
  return {
    model: name,
    seed,
    moment,
    lag,
    places: growths.length,
    ...band,
    growth: band.log === null ? null : (band.log * LN10) / lag,
    bound: bound === null ? null : bound * lag,
    gates: gates.length === 0 ? null : mean(gates.map((product) => product.mean)),
    bestGate: gates.length === 0 ? null : mean(gates.map((product) => product.best)),
  }
}

function exponentRows(
  { name, seed, moment }: AnalysedMoment,
  growths: readonly PlaceGrowth[],
  steps: number,
): ExponentRow[] {
  const spectra = growths.flatMap(({ exponents }) => (exponents ? [exponents] : []))
  if (spectra.length === 0) return []
  return spectra[0].map((_, rank) => {
    const values = Float64Array.from(spectra, (exponents) => exponents[rank]).sort()
    const whole = values[0] > -Infinity
    return {
      model: name,
      seed,
      moment,
      rank: rank + 1,
      steps,
      places: values.length,
      exponent: whole ? mean(values) : null,
      bandLow: whole ? quantile(values, 0.1) : null,
      bandHigh: whole ? quantile(values, 0.9) : null,
    }
  })
}
