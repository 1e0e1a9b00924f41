// ∂state(t) / ∂state(t − 1) for every step of a text: one batch of single steps, whose rows start from the states of
// the text and differ in their unit vector. The state is the whole of it: hidden values, and cells, of all layers.

import type { Matrix } from '../../core/matrix.ts'
import type { Engine, State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { Model } from '../../model/model.ts'
import { stateNames } from '../../model/sites.ts'

/** Rows of one call to the engine. */
const ROWS = 8192

/**
 * @param tokens of consecutive steps
 * @param states before each of these, [steps, units] for each name
 * @returns for each step the matrix whose row i is ∂(unit i of the state after) / ∂(state before); units in the order
 *   of `stateNames`
 */
export function stepJacobians(engine: Engine, model: Model, tokens: Int32Array, states: State): Matrix[] {
  const names = stateNames(model.config)
  const { units } = model.config
  const size = names.length * units
  const atOnce = Math.max(1, Math.floor(ROWS / size))
  const jacobians: Matrix[] = []
  for (let first = 0; first < tokens.length; first += atOnce) {
    const steps = Math.min(atOnce, tokens.length - first)
    const stepOf = (row: number): number => first + Math.floor(row / size)
    const rows = Array.from({ length: steps * size }, (_, row) => row)
    const batch = { tokens: Int32Array.from(rows, (row) => tokens[stepOf(row)]), rows: rows.length, steps: 1 }
    const of = { state: unitVectors(names, units, steps) }
    const { state } = engine.sensitivities(model, batch, of, { state: gatherState(states, units, rows.map(stepOf)) })
    for (let step = 0; step < steps; step++) {
      const values = new Float32Array(size * size)
      names.forEach((name, part) => {
        for (let row = 0; row < size; row++) {
          const from = (step * size + row) * units
          values.set(state[name].subarray(from, from + units), row * size + part * units)
        }
      })
      jacobians.push({ size, values })
    }
  }
  return jacobians
}

/** Row i of every step has the i-th unit vector of the state. */
function unitVectors(names: readonly string[], units: number, steps: number): State {
  const size = names.length * units
  const entries = names.map((name, part) => {
    const values = new Float32Array(steps * size * units)
    for (let step = 0; step < steps; step++) {
      for (let unit = 0; unit < units; unit++) values[(step * size + part * units + unit) * units + unit] = 1
    }
    return [name, values] as const
  })
  return Object.fromEntries(entries)
}
