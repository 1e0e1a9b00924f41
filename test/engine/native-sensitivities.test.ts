// What only the native engine promises of sensitivities: in 64 bits they agree with finite differences many steps back,
// far beyond what 32 bits could show; bytes depend on no thread or instruction, rows on no block into which they fall.

import { describe, expect, test } from 'vitest'
import type { Batch, Engine, Scalars } from '../../src/engine/engine.ts'
import {
  createNativeEngine,
  nativeCapabilities,
  nativeProblem,
  sensitivitiesInDouble,
} from '../../src/engine/native/engine.ts'
import type { Edit } from '../../src/model/edits.ts'
import { siteName, sitesOf, siteWidth } from '../../src/model/sites.ts'
import { expectClose, FORWARD, GRADIENT } from './close.ts'
import { digests } from './digests.ts'
import { BOTH, CELLS, smallBatch, smallModel, type Size } from './models.ts'
import { siteSlopes, stateSlopes } from './reference-sensitivities.ts'

const problem = nativeProblem()
const instructionSets = problem === null ? nativeCapabilities().instructionSets : []

describe.skipIf(problem !== null)(`native sensitivities${problem === null ? '' : ` are not here: ${problem}`}`, () => {
  describe.each(CELLS)('of %s cells', (cell) => {
    const steps = 33
    const sizes: readonly Size[] = [
      { layers: 1, units: 4, embedding: 4, vocabulary: 6, tied: true },
      { layers: 2, units: 3, embedding: 4, vocabulary: 6, trained: true },
      { ...BOTH, units: 2, embedding: 2, trained: true },
    ]
    test.each(sizes)('in 64 bits agree with finite differences up to 32 steps back, $layers layers of $units units', (size) => {
      const model = smallModel(cell, size, 11)
      const batch = smallBatch(model, 2, steps, { seed: 11 })
      const ends = Int32Array.of(steps - 1, 2 * steps - 1)
      const of: Scalars = {
        logProbabilities: { positions: ends, tokens: Int32Array.of(1, 3) },
        logits: { positions: ends, tokens: Int32Array.of(2, 0), factors: Float32Array.of(-1, 0.5) },
      }
      const sites = sitesOf(model.config)
      const flat = Float64Array.from(Object.values(model.weights).flatMap((values) => [...values]))
      const ours = sensitivitiesInDouble(model.config, flat, batch, of, { sites: sites.map(siteName) })
      for (const lag of [0, 1, 4, 16, 32]) {
        const step = steps - 1 - lag
        for (const site of sites) {
          const [name, width] = [siteName(site), siteWidth(site, model.config)]
          const slopes = siteSlopes(model, batch, of, {}, name, width, step)
          const atStep = slopes.map((_, index) => {
            const row = Math.floor(index / width)
            return ours.gradients[name][(row * steps + step) * width + (index % width)]
          })
          expectCloseAtLag(atStep, slopes, `${name} at lag ${lag}`)
        }
      }
    })

    test('in 64 bits give the Jacobian of the state over twenty steps', () => {
      const model = smallModel(cell, { layers: 2, units: 3, embedding: 4, vocabulary: 6 }, 12)
      const { units } = model.config
      const names = cell === 'lstm' ? ['0.hidden', '0.cell', '1.hidden', '1.cell'] : ['0.hidden', '1.hidden']
      const width = names.length * units
      const tokens = smallBatch(model, 1, 20, { seed: 12 }).tokens
      const batch: Batch = {
        tokens: Int32Array.from({ length: width * 20 }, (_, index) => tokens[index % 20]),
        rows: width,
        steps: 20,
      }
      // row r has the r-th unit vector of the state
      const unitVectors = names.map((_, part) =>
        Float32Array.from({ length: width * units }, (_, index) =>
          Math.floor(index / units) === part * units + (index % units) ? 1 : 0,
        ),
      )
      const of = { state: Object.fromEntries(names.map((name, part) => [name, unitVectors[part]])) }
      const values = Float64Array.from({ length: width * units }, (_, index) => 0.4 * Math.sin(index % units))
      const state = Object.fromEntries(names.map((name) => [name, values]))
      const flat = Float64Array.from(Object.values(model.weights).flatMap((weights) => [...weights]))
      const ours = sensitivitiesInDouble(model.config, flat, batch, of, { state })
      for (const name of names) {
        expectCloseAtLag(ours.state[name], stateSlopes(model, batch, of, { state }, name), name)
      }
    })

    test('have the same bytes with one thread and two, and with every set of instructions', () => {
      const size: Size = { layers: 2, units: 53, embedding: 53, vocabulary: 533, tied: true, trained: true }
      const model = smallModel(cell, size)
      const batch = smallBatch(model, 67, 4, { ragged: true })
      const sites = sitesOf(model.config).map(siteName)
      const edits: readonly Edit[] = [
        { unit: '0.hidden.3', scale: 2 },
        { unit: '1.hidden.36', add: 1, readers: ['recurrent'] },
      ]
      const ask = (engine: Engine) => {
        const { values, gradients, state } = engine.sensitivities(model, batch, endsOf(batch), { sites, edits })
        return { ...digests({ values, ...gradients }), state: digests(state) }
      }
      const engines = instructionSets.flatMap((instructionSet) =>
        [1, 2].map((threads) => createNativeEngine({ instructionSet, threads })),
      )
      const [first, ...others] = engines.map(ask)
      for (const other of others) expect(other).toEqual(first)
    })
  })

  const shapes = [{ rows: 2100, steps: 4 }, { rows: 18, steps: 1030 }]
  test.each(shapes)('give each of $rows rows of $steps steps what it has alone', ({ rows, steps }) => {
    const model = smallModel('lstm', { layers: 2, units: 3, embedding: 3, vocabulary: 5, trained: true }, 13)
    const batch = smallBatch(model, rows, steps, { ragged: true, seed: 13 })
    const sites = sitesOf(model.config).map(siteName)
    const set = Float32Array.from({ length: rows * steps }, (_, index) => Math.sin(index))
    const editsOf = (values: Float32Array) => [
      { unit: '0.hidden.1', set: values, steps: Array.from({ length: steps }, (_, step) => step) },
      { unit: '1.forget.0', scale: 0.5 },
    ]
    const engine = createNativeEngine()
    const together = engine.sensitivities(model, batch, endsOf(batch), { sites, edits: editsOf(set) })
    for (const row of [0, 7, 8, Math.min(rows, 2048) - 1, Math.min(rows - 1, 2048), rows - 1]) {
      const part = <T extends Int32Array | Float32Array>(values: T): T => {
        const width = values.length / rows
        return values.slice(row * width, (row + 1) * width) as T
      }
      const own = { tokens: part(batch.tokens), rows: 1, steps, lengths: part(batch.lengths!) }
      const alone = engine.sensitivities(model, own, endsOf(own, row), { sites, edits: editsOf(part(set)) })
      expectClose(alone.values, part(together.values), FORWARD, `row ${row}`)
      for (const site of sites) {
        expectClose(alone.gradients[site], part(together.gradients[site]), GRADIENT, `${site} of row ${row}`)
      }
      expectClose(alone.state['0.cell'], part(together.state['0.cell']), GRADIENT, `state of row ${row}`)
    }
  })
})

/** Six digits of the largest slope, down to where finite differences end: 1e-16 of a scalar near 1, divided by 1e-5. */
function expectCloseAtLag(actual: ArrayLike<number>, slopes: readonly number[], what: string): void {
  const largest = slopes.reduce((most, slope) => Math.max(most, Math.abs(slope)), 0)
  for (let index = 0; index < slopes.length; index++) {
    const difference = Math.abs(actual[index] - slopes[index])
    expect(difference, `${what}, ${index}: ${actual[index]} for ${slopes[index]}`).toBeLessThan(1e-6 * largest + 1e-10)
  }
}

/** Terms of both kinds at the end of every row; the number of the row, from `first`, chooses their tokens. */
function endsOf({ rows, steps, lengths }: Batch, first = 0): Scalars {
  const places = Array.from({ length: 2 * rows }, (_, index) => Math.floor(index / 2))
  const positions = Int32Array.from(places, (row) => row * steps + (lengths?.[row] ?? steps) - 1)
  const tokens = Int32Array.from(places, (row, index) => ((first + row) * 3 + (index % 2)) % 5)
  return {
    logProbabilities: { positions, tokens, factors: Float32Array.from(places, (_, index) => 1 - (index % 2) * 3) },
    logits: { positions, tokens },
  }
}
