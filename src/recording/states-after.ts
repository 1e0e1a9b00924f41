// The state of a model at chosen places of some sequences: what runs that begin there start from.

import { groupBy } from '../core/rows.ts'
import type { Engine, State } from '../engine/engine.ts'
import { gatherState } from '../engine/state.ts'
import type { Model } from '../model/model.ts'
import { stateNames } from '../model/sites.ts'
import { runSequences } from './run-sequences.ts'
import { contextOf, type InitialState } from './sequences.ts'

/** A token of one of some sequences, both counted from 0. */
export interface Place {
  readonly sequence: number
  readonly position: number
}

export interface StatesOptions {
  /** `end-of-sentence` by default */
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

/** Tokens of one run, all of whose states are recorded. */
const CELLS = 4096

/**
 * The state after the token of each place, [places, units] for each name; at position −1 the one before the first
 * token. Every sequence is read once, up to its last place.
 */
export async function statesAfter(
  engine: Engine,
  model: Model,
  sequences: readonly Int32Array[],
  places: readonly Place[],
  { initial = 'end-of-sentence', signal }: StatesOptions = {},
): Promise<State> {
  const names = stateNames(model.config)
  const { units } = model.config
  const states = ownStates(model, places.length)
  const inputs = [...groupBy(places.keys(), (place) => places[place].sequence)].map(([sequence, own]) => {
    const last = own.reduce((most, place) => Math.max(most, places[place].position), -1)
    return { tokens: sequences[sequence].subarray(0, last + 1), places: own }
  })
  const read = inputs.filter(({ tokens }) => tokens.length + contextOf(initial, model).length > 0)
  const tokens = read.map((input) => input.tokens)
  const ask = () => ({ record: names })
  for await (const { piece, result } of runSequences(engine, model, tokens, { state: initial, signal }, ask, CELLS)) {
    for (let row = 0; row < piece.rows; row++) {
      for (const place of read[piece.indices[row]].places) {
        const step = places[place].position - piece.start
        if (step < 0 || step >= piece.lengths[row]) continue
        const from = (row * piece.steps + step) * units
        for (const name of names) states[name].set(result.recorded[name].subarray(from, from + units), place * units)
      }
    }
  }
  return states
}

/** The state before the first token, [rows, units] for each name: the same in all rows. */
export async function startState(engine: Engine, model: Model, rows: number, options: StatesOptions = {}): Promise<State> {
  const state = await statesAfter(engine, model, [new Int32Array(0)], [{ sequence: 0, position: -1 }], options)
  return gatherState(state, model.config.units, new Int32Array(rows))
}

/** The model's own initial state, [rows, units] for each name. */
function ownStates({ config, weights }: Model, rows: number): Record<string, Float32Array> {
  const trained: Readonly<Record<string, string>> = { hidden: 'initialHidden', cell: 'initialCell' }
  const entries = stateNames(config).map((name) => {
    const [layer, quantity] = name.split('.')
    const values = new Float32Array(rows * config.units)
    const own = config.initialState === 'trained' ? weights[`${layer}.${trained[quantity]}`] : null
    for (let row = 0; own && row < rows; row++) values.set(own, row * config.units)
    return [name, values] as const
  })
  return Object.fromEntries(entries)
}
