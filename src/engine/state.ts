// Rows of a state: which sequences go on, which are repeated, which are put side by side.

import type { State } from './engine.ts'

/** The state [rows.length, units] of the given rows, in their order; a row may come more than once. */
export function gatherState(state: State, units: number, rows: ArrayLike<number>): State {
  return mapState(state, (name) => {
    const gathered = new Float32Array(rows.length * units)
    for (let row = 0; row < rows.length; row++) {
      gathered.set(state[name].subarray(rows[row] * units, (rows[row] + 1) * units), row * units)
    }
    return gathered
  })
}

/** States of the same model, their rows one after the other. */
export function concatenateStates(states: readonly State[]): State {
  if (states.length === 1) return states[0]
  return mapState(states[0], (name) => {
    const joined = new Float32Array(states.reduce((sum, state) => sum + state[name].length, 0))
    let offset = 0
    for (const state of states) {
      joined.set(state[name], offset)
      offset += state[name].length
    }
    return joined
  })
}

function mapState(state: State, values: (name: string) => Float32Array): State {
  return Object.fromEntries(Object.keys(state).map((name) => [name, values(name)]))
}
