// How large the gradient of one token's loss is, step by step back: ‖∂L/∂site‖ of every lag (Hochreiter 1991; Bengio,
// Simard & Frasconi 1994). The way back is walked in stretches. Each ends with the gradient with respect to the state
// before it, which, brought to unit size, is what the stretch before it begins with: a gradient that vanishes over
// hundreds of steps, or explodes, leaves the range of 32-bit floats without a loss.

import { setImmediate } from 'node:timers/promises'
import { log10 } from '../../core/math.ts'
import { norm } from '../../core/matrix.ts'
import type { Engine, Scalars, State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { Model } from '../../model/model.ts'
import { statesAfter, type Place, type StatesOptions } from '../../recording/states-after.ts'

export interface LagNormsOptions extends StatesOptions {
  /** names of sites, as in `0.hidden` */
  readonly sites: readonly string[]
  /** lags from 0 to this one */
  readonly longestLag: number
  /** steps of a stretch; 25 by default. Never changes a result but in its last digits. */
  readonly stretch?: number
}

/** By site, log10 ‖∂L/∂site‖ as [places, lags]; −∞ where the gradient is 0. */
export type LagNorms = Readonly<Record<string, Float64Array>>

/** Places of one call to the engine. */
const ROWS = 256

/**
 * @param places tokens whose loss is differentiated, each with more than `longestLag` tokens before it. Lag 0 is the
 *   step that reads the token before the place.
 */
export async function lagNorms(
  engine: Engine,
  model: Model,
  sequences: readonly Int32Array[],
  places: readonly Place[],
  options: LagNormsOptions,
): Promise<LagNorms> {
  const { sites, longestLag, stretch = 25, initial, signal } = options
  const lags = longestLag + 1
  const norms = Object.fromEntries(sites.map((site) => [site, new Float64Array(places.length * lags)]))
  const stretches = Array.from({ length: Math.ceil(lags / stretch) }, (_, index): Stretch => {
    const nearest = index * stretch
    return { nearest, steps: Math.min(stretch, lags - nearest) }
  })
  const starts = stretches.flatMap((one) => places.map((place) => ({ ...place, position: startOf(one, place) - 1 })))
  const states = await statesAfter(engine, model, sequences, starts, { initial, signal })

  for (let first = 0; first < places.length; first += ROWS) {
    const own = places.slice(first, first + ROWS)
    let later: Later | null = null
    for (const [index, one] of stretches.entries()) {
      signal?.throwIfAborted()
      const before = gatherState(states, model.config.units, own.map((_, row) => index * places.length + first + row))
      const tokens = own.flatMap((place) => {
        const start = startOf(one, place)
        return [...sequences[place.sequence].subarray(start, start + one.steps)]
      })
      const batch = { tokens: Int32Array.from(tokens), rows: own.length, steps: one.steps }
      const of = later ? { state: later.gradient } : lossesOf(sequences, own, one.steps)
      const { gradients, state } = engine.sensitivities(model, batch, of, { sites, state: before })
      for (const site of sites) {
        writeNorms(gradients[site], one, later, norms[site].subarray(first * lags), own.length, lags)
      }
      later = toUnitSize(state, own.length, later)
      await setImmediate()
    }
  }
  return norms
}

/** Some steps of the way back: `steps` lags from `nearest` on. */
interface Stretch {
  readonly nearest: number
  readonly steps: number
}

/** Position of the first token of a stretch. */
function startOf({ nearest, steps }: Stretch, { position }: Place): number {
  return position - nearest - steps
}

/** The gradient that comes from later steps, each row divided by 10^(its scale). */
interface Later {
  readonly gradient: State
  readonly scales: Float64Array
}

/** −log p of each place at the last step of its row. */
function lossesOf(sequences: readonly Int32Array[], places: readonly Place[], steps: number): Scalars {
  return {
    logProbabilities: {
      positions: Int32Array.from(places, (_, row) => row * steps + steps - 1),
      tokens: Int32Array.from(places, ({ sequence, position }) => sequences[sequence][position]),
      factors: new Float32Array(places.length).fill(-1),
    },
  }
}

/** @param to [rows, lags] */
function writeNorms(
  gradient: Float32Array,
  { nearest, steps }: Stretch,
  later: Later | null,
  to: Float64Array,
  rows: number,
  lags: number,
): void {
  const width = gradient.length / (rows * steps)
  for (let row = 0; row < rows; row++) {
    for (let step = 0; step < steps; step++) {
      const from = (row * steps + step) * width
      const logNorm = log10(norm(gradient.subarray(from, from + width)))
      to[row * lags + nearest + steps - 1 - step] = logNorm + (later?.scales[row] ?? 0)
    }
  }
}

/** Each row of the state's gradient divided by its largest element. A row of zeros stays as it is. */
function toUnitSize(state: State, rows: number, later: Later | null): Later {
  const scales = new Float64Array(rows)
  const gradient = Object.fromEntries(Object.entries(state).map(([name, values]) => [name, values.slice()]))
  for (let row = 0; row < rows; row++) {
    const own = Object.values(gradient).map((values) => {
      const width = values.length / rows
      return values.subarray(row * width, (row + 1) * width)
    })
    const largest = Math.max(...own.map((values) => values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)))
    scales[row] = later?.scales[row] ?? 0
    if (largest === 0) continue
    scales[row] += log10(largest)
    for (const values of own) for (let unit = 0; unit < values.length; unit++) values[unit] /= largest
  }
  return { gradient, scales }
}
