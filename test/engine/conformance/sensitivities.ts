// Gradients of scalars with respect to sites, beside finite differences of the reference; and the laws that hold
// whatever the numbers are.

import { describe, expect, test } from 'vitest'
import type { Batch, Engine, Scalars, SensitivityOptions, State } from '../../../src/engine/engine.ts'
import { outputsOf } from '../../../src/model/config.ts'
import type { Edit } from '../../../src/model/edits.ts'
import { parseSite, siteName, sitesOf, siteWidth, stateNames } from '../../../src/model/sites.ts'
import { expectClose, FORWARD, GRADIENT } from '../close.ts'
import { BOTH, smallBatch, smallModel, type Cell, type Size, type SmallModel } from '../models.ts'
import { referenceRun } from '../reference.ts'
import { referenceScalars, siteSlopes, stateSlopes } from '../reference-sensitivities.ts'

const SIZES: readonly { readonly size: Size; readonly ragged: boolean }[] = [
  { size: { layers: 1, units: 5, embedding: 5, vocabulary: 7, tied: true }, ragged: false },
  { size: { layers: 2, units: 3, embedding: 4, vocabulary: 6, trained: true }, ragged: true },
  { size: { layers: 3, units: 2, embedding: 3, vocabulary: 5, skip: true }, ragged: false },
  { size: { layers: 1, units: 17, embedding: 2, vocabulary: 33 }, ragged: true },
  { size: { ...BOTH, units: 3, trained: true }, ragged: true },
  { size: { ...BOTH, units: 2, embedding: 2, skip: true }, ragged: false },
]

export function testSensitivities(cell: Cell, engine: () => Engine): void {
  test.each(SIZES)('differentiates every site of $size as finite differences do', ({ size, ragged }) => {
    const model = smallModel(cell, size, 3)
    const batch = smallBatch(model, 3, 4, { ragged, seed: 3 })
    expectSlopes(engine(), model, batch, everyTerm(model, batch), {})
  })

  test('differentiates from a given state', () => {
    const model = smallModel(cell, { layers: 2, units: 3, embedding: 4, vocabulary: 6, trained: true }, 4)
    const batch = smallBatch(model, 3, 4, { ragged: true, seed: 4 })
    expectSlopes(engine(), model, batch, everyTerm(model, batch), { state: stateOf(model, 3, 0.3) })
  })

  describe('differentiates past edits of', () => {
    const model = smallModel(cell, { layers: 2, units: 5, embedding: 4, vocabulary: 6, trained: true }, 5)
    const batch = smallBatch(model, 3, 4, { seed: 5 })
    const of = everyTerm(model, batch)
    const sites = sitesOf(model.config).map(siteName)

    test.each(sites)('%s, by every operation', (site) => {
      const set = Float32Array.from({ length: 6 }, (_, index) => Math.sin(index + 1))
      const edits: readonly Edit[] = [
        { unit: `${site}.0`, set: 0.375, steps: [2] },
        { unit: `${site}.0`, scale: 3, rows: [1, 2] },
        { unit: `${site}.1`, scale: -1.5 },
        { unit: `${site}.1`, add: 0.2 },
        { unit: `${site}.1`, scale: 0.5, rows: [2, 0], steps: [3, 1] },
        { unit: `${site}.2`, set, rows: [2, 0], steps: [0, 2, 3] },
        { unit: `${site}.3`, scale: 0, steps: [1] },
      ]
      expectSlopes(engine(), model, batch, of, { edits })
    })

    test('hidden units that only some readers see', () => {
      const edits = [0, 1].flatMap((layer): readonly Edit[] => {
        const above = layer === 1 ? 'decoder' : 'above'
        return [
          { unit: `${layer}.hidden.0`, set: 0.4, readers: ['recurrent'] },
          { unit: `${layer}.hidden.1`, set: 0.4, readers: [above], rows: [1, 2] },
          { unit: `${layer}.hidden.2`, scale: 2, readers: ['recurrent'], steps: [0, 2] },
          { unit: `${layer}.hidden.2`, scale: -1, readers: [above] },
          { unit: `${layer}.hidden.3`, scale: 1.5 },
        ]
      })
      expectSlopes(engine(), model, batch, of, { edits, state: stateOf(model, 3, 0.2) })
    })

    test('units that are rounded: nothing goes back', () => {
      const edits = sites.flatMap((site): readonly Edit[] => [{ unit: `${site}.1`, round: 'bfloat16', steps: [1] }])
      const setInstead = (values: Readonly<Record<string, Float32Array>>): Edit[] =>
        edits.map(({ unit }) => {
          const site = unit.slice(0, unit.lastIndexOf('.'))
          const width = siteWidth(parseSite(site, model.config), model.config)
          const set = Float32Array.from({ length: 3 }, (_, row) => values[site][(row * 4 + 1) * width + 1])
          return { unit, set, steps: [1] }
        })
      const { recorded } = engine().run(model, batch, { edits, record: sites })
      const rounded = engine().sensitivities(model, batch, of, { sites, edits })
      const fixed = engine().sensitivities(model, batch, of, { sites, edits: setInstead(recorded) })
      for (const site of sites) expectClose(rounded.gradients[site], fixed.gradients[site], FORWARD, site)
    })
  })

  test('gives the state’s Jacobian row by row, and chains: vᵀ J₂ J₁ is vᵀ J over both halves', () => {
    const model = smallModel(cell, { layers: 2, units: 3, embedding: 4, vocabulary: 6 }, 6)
    const whole = smallBatch(model, 2, 6, { seed: 6 })
    const half = (from: number): Batch => ({
      tokens: Int32Array.from([0, 1].flatMap((row) => [...whole.tokens.slice(row * 6 + from, row * 6 + from + 3)])),
      rows: 2,
      steps: 3,
    })
    const start = stateOf(model, 2, 0.3)
    const v = stateOf(model, 2, 1)
    const together = engine().sensitivities(model, whole, { state: v }, { state: start })
    const middle = engine().run(model, half(0), { state: start }).state
    const second = engine().sensitivities(model, half(3), { state: v }, { state: middle })
    const first = engine().sensitivities(model, half(0), { state: second.state }, { state: start })
    expect(Object.keys(together.state)).toEqual(Object.keys(start))
    for (const [name, values] of Object.entries(together.state)) {
      expectClose(first.state[name], values, GRADIENT, name)
    }
    expectClose(together.values, referenceScalars(model, whole, { state: v }, { state: start }), FORWARD, 'values')
  })

  test('adds up over rows and positions to the gradient of the weights', () => {
    const model = smallModel(cell, { layers: 2, units: 5, embedding: 4, vocabulary: 6, trained: true }, 7)
    const batch = smallBatch(model, 3, 5, { seed: 7 })
    const { gradients, loss } = engine().gradients(model, { ...batch, carry: false }, 'sum')
    const positions = Int32Array.from(batch.targets.keys()).filter((position) => batch.targets[position] >= 0)
    const tokens = positions.map((position) => batch.targets[position])
    const of = { logProbabilities: { positions, tokens, factors: new Float32Array(positions.length).fill(-1) } }
    const ours = engine().sensitivities(model, batch, of, { sites: ['embedding'] })
    expectClose([ours.values.reduce((sum, value) => sum + value, 0)], [loss], FORWARD, 'loss')
    const embedding = new Float64Array(gradients.embedding.length)
    ours.gradients['embedding'].forEach((slope, index) => {
      embedding[batch.tokens[Math.floor(index / 4)] * 4 + (index % 4)] += slope
    })
    expectClose(embedding, gradients.embedding, GRADIENT, 'embedding')
    const initial = new Float64Array(5)
    ours.state['0.hidden'].forEach((slope, index) => (initial[index % 5] += slope))
    expectClose(initial, gradients['0.initialHidden'], GRADIENT, 'initial state')
  })
}

/** Laws that need one cell only, and what is refused. */
export function testSensitivityLaws(engine: () => Engine): void {
  const model = smallModel('lstm', { layers: 2, units: 5, embedding: 4, vocabulary: 6 }, 8)
  const batch = smallBatch(model, 3, 5, { ragged: true, seed: 8 })
  const sites = sitesOf(model.config).map(siteName)
  const of = everyTerm(model, batch)

  test('each row has the sensitivities that it has alone', () => {
    const together = engine().sensitivities(model, batch, of, { sites })
    for (let row = 0; row < batch.rows; row++) {
      const part = <T extends Int32Array | Float32Array>(values: T): T => {
        const width = values.length / batch.rows
        return values.slice(row * width, (row + 1) * width) as T
      }
      const own = { tokens: part(batch.tokens), rows: 1, steps: 5, lengths: part(batch.lengths!) }
      const alone = engine().sensitivities(model, own, termsOfRow(of, row, batch.steps, part), { sites })
      expectClose(alone.values, part(together.values), FORWARD, `row ${row}`)
      for (const site of sites) expectClose(alone.gradients[site], part(together.gradients[site]), GRADIENT, site)
    }
  })

  test('is zero after the position that is asked about, beyond the end of a row, and where nothing is asked', () => {
    const [row, step] = [1, 1]
    const asked = { logits: { positions: Int32Array.of(row * batch.steps + step), tokens: Int32Array.of(2) } }
    const { values, gradients, state } = engine().sensitivities(model, batch, asked, { sites })
    expect(values[0]).toBe(0)
    for (const site of sites) {
      const width = gradients[site].length / batch.tokens.length
      gradients[site].forEach((slope, index) => {
        const position = Math.floor(index / width)
        const before = Math.floor(position / batch.steps) === row && position % batch.steps <= step
        if (!before) expect(Math.abs(slope), `${site} ${index}`).toBe(0)
      })
      expect(gradients[site].some((slope) => slope !== 0), site).toBe(true)
    }
    expect(state['0.cell'].subarray(0, 5).every((slope) => slope === 0)).toBe(true)
    expect(state['0.cell'].subarray(5, 10).some((slope) => slope !== 0)).toBe(true)
  })

  test('a log-odds margin has the same slopes in logits as in log probabilities', () => {
    const terms = {
      positions: Int32Array.of(4, 4),
      tokens: Int32Array.of(1, 3),
      factors: Float32Array.of(1, -1),
    }
    const logits = engine().sensitivities(model, batch, { logits: terms }, { sites })
    const logProbabilities = engine().sensitivities(model, batch, { logProbabilities: terms }, { sites })
    expectClose(logits.values, logProbabilities.values, FORWARD, 'values')
    for (const site of sites) expectClose(logits.gradients[site], logProbabilities.gradients[site], GRADIENT, site)
  })

  test('answers for the sites that were asked, and for no others', () => {
    expect(engine().sensitivities(model, batch, of).gradients).toEqual({})
    const all = engine().sensitivities(model, batch, of, { sites })
    for (const site of sites) {
      const { gradients } = engine().sensitivities(model, batch, of, { sites: [site] })
      expect(Object.keys(gradients)).toEqual([site])
      expectClose(gradients[site], all.gradients[site], FORWARD, site)
    }
  })

  const nonsense: readonly { what: string; of?: Scalars; options?: SensitivityOptions }[] = [
    { what: 'a site that the cell does not have', options: { sites: ['0.update'] } },
    {
      what: 'a position outside the batch',
      of: { logits: { positions: Int32Array.of(15), tokens: Int32Array.of(0) } },
    },
    {
      what: 'a position beyond the end of its row',
      of: { logits: { positions: Int32Array.of(9), tokens: Int32Array.of(0) } },
    },
    {
      what: 'a token outside the vocabulary',
      of: { logProbabilities: { positions: Int32Array.of(0), tokens: Int32Array.of(6) } },
    },
    {
      what: 'positions and tokens of different number',
      of: { logits: { positions: Int32Array.of(0, 1), tokens: Int32Array.of(0) } },
    },
    {
      what: 'factors of another number',
      of: { logits: { positions: Int32Array.of(0), tokens: Int32Array.of(0), factors: Float32Array.of(1, 2) } },
    },
    { what: 'factors of a state that is not there', of: { state: { '2.hidden': new Float32Array(15) } } },
    { what: 'factors of a state of other rows', of: { state: { '1.hidden': new Float32Array(5) } } },
  ]
  test.each(nonsense)('refuses $what', ({ of: scalars = {}, options }) => {
    expect(batch.lengths![1]).toBeLessThan(5)
    expect(() => engine().sensitivities(model, batch, scalars, options)).toThrow(Error)
  })
}

/** Every kind of term in each row: two log probabilities at one position, a margin at the last, and the whole state. */
function everyTerm(model: SmallModel, batch: Batch): Scalars {
  const { rows, steps, lengths } = batch
  const last = Array.from({ length: rows }, (_, row) => row * steps + (lengths?.[row] ?? steps) - 1)
  const first = Array.from({ length: rows }, (_, row) => row * steps)
  return {
    logProbabilities: {
      positions: Int32Array.from([...last.toReversed(), ...first, ...first]),
      tokens: Int32Array.from({ length: 3 * rows }, (_, index) => index % outputsOf(model.config)),
      factors: Float32Array.from({ length: 3 * rows }, (_, index) => 0.5 - index),
    },
    logits: {
      positions: Int32Array.from([...last, ...last]),
      tokens: Int32Array.from({ length: 2 * rows }, (_, index) => (index * 3 + 1) % outputsOf(model.config)),
    },
    state: stateOf(model, rows, 2),
  }
}

/** Some state, or some factors of one: [rows, units] for each name, up to `size`. */
function stateOf({ config }: SmallModel, rows: number, size: number): State {
  return Object.fromEntries(
    stateNames(config).map((name, place) => [
      name,
      Float32Array.from({ length: rows * config.units }, (_, index) => size * Math.cos(7 * index + place)),
    ]),
  )
}

/** What of the scalars lies in one row. */
function termsOfRow(of: Scalars, row: number, steps: number, part: (values: Float32Array) => Float32Array): Scalars {
  const own = ({ positions, tokens, factors }: NonNullable<Scalars['logits']>) => {
    const places = [...positions.keys()].filter((place) => Math.floor(positions[place] / steps) === row)
    return {
      positions: Int32Array.from(places, (place) => positions[place] - row * steps),
      tokens: Int32Array.from(places, (place) => tokens[place]),
      factors: Float32Array.from(places, (place) => factors?.[place] ?? 1),
    }
  }
  return {
    logProbabilities: of.logProbabilities && own(of.logProbabilities),
    logits: of.logits && own(of.logits),
    state: of.state && Object.fromEntries(Object.entries(of.state).map(([name, values]) => [name, part(values)])),
  }
}

/** The values, the gradient of every site at every step, and that of the first state, beside finite differences. */
function expectSlopes(
  engine: Engine,
  model: SmallModel,
  batch: Batch,
  of: Scalars,
  options: Pick<SensitivityOptions, 'state' | 'edits'>,
): void {
  const { rows, steps } = batch
  const sites = sitesOf(model.config)
  const ours = engine.sensitivities(model, batch, of, { ...options, sites: sites.map(siteName) })
  expectClose(ours.values, referenceScalars(model, batch, of, options), FORWARD, 'values')
  for (const site of sites) {
    const width = siteWidth(site, model.config)
    const name = siteName(site)
    const slopes = new Float64Array(rows * steps * width)
    for (let step = 0; step < steps; step++) {
      const atStep = siteSlopes(model, batch, of, options, name, width, step)
      for (let row = 0; row < rows; row++) {
        slopes.set(atStep.slice(row * width, (row + 1) * width), (row * steps + step) * width)
      }
    }
    expectClose(ours.gradients[name], slopes, GRADIENT, name)
  }
  const state = options.state ?? initialStateOf(model, batch)
  for (const name of Object.keys(ours.state)) {
    expectClose(ours.state[name], stateSlopes(model, batch, of, { ...options, state }, name), GRADIENT, `state ${name}`)
  }
}

/** The model's own state, [rows, units] for each name. */
function initialStateOf({ config, weights }: SmallModel, { rows }: Batch): Record<string, Float64Array> {
  const names = Object.keys(referenceRun(config, weights, { tokens: new Int32Array(1), rows: 1, steps: 1 }).state)
  return Object.fromEntries(
    names.map((name) => {
      const quantity = name.split('.').at(-1)!
      const initial = quantity === 'cell' ? 'initialCell' : 'initialHidden'
      const trained = weights[name.slice(0, -quantity.length) + initial]
      const { units } = config
      return [name, Float64Array.from({ length: rows * units }, (_, index) => trained?.[index % units] ?? 0)]
    }),
  )
}
