// Edits: every operation at every site, in all or some rows and steps, for all or some readers; and the laws that hold
// whatever the numbers are.

import { describe, expect, test } from 'vitest'
import type { Engine } from '../../../src/engine/engine.ts'
import { GATES } from '../../../src/model/config.ts'
import { PRECISIONS, type Change, type Edit } from '../../../src/model/edits.ts'
import { layerName, layersOf, siteName, sitesOf } from '../../../src/model/sites.ts'
import { flattenWeights, viewWeights } from '../../../src/model/weights.ts'
import { expectClose, FORWARD } from '../close.ts'
import { SMALL, smallBatch, smallModel, type Cell, type Size, type SmallModel } from '../models.ts'
import { referenceRun } from '../reference.ts'
import { askEverything, expectSame } from './everything.ts'

export function testEdits(cell: Cell, engine: () => Engine): void {
  describe.each(SIZES)('in a model of $layers layers', ({ ragged, ...size }) => testEditsOf(cell, size, ragged, engine))
}

const SIZES = [
  { ...SMALL, trained: true, ragged: false },
  { ...SMALL, layers: 1, trained: true, bidirectional: true, tags: 4, ragged: true },
  { ...SMALL, trained: true, bidirectional: true, tags: 4, ragged: true },
] as const

function testEditsOf(cell: Cell, size: Size, ragged: boolean, engine: () => Engine): void {
  const model = smallModel(cell, size, 2)
  const batch = smallBatch(model, 3, 4, { ragged, seed: 2 })
  const layers = layersOf(model.config).map((layer) => ({
    name: layerName(layer),
    above: layer.layer === model.config.layers - 1 ? ('decoder' as const) : ('above' as const),
  }))
  const [{ name: first, above: aboveFirst }, { name: second }] = layers
  const everything = askEverything(model, batch)
  const sites = sitesOf(model.config).map(siteName)
  const scopes: readonly Pick<Edit, 'rows' | 'steps'>[] = [
    {}, { steps: [3, 1] }, { rows: [2, 0], steps: [0, 2] }, { rows: [] }, { steps: [] },
  ]

  const expectEdited = (edits: readonly Edit[]): void => {
    const options = { ...everything, edits }
    expectSame(engine().run(model, batch, options), referenceRun(model.config, model.weights, batch, options), batch)
  }

  test.each(sites)('changes %s by every operation, in all or some rows and steps', (site) => {
    for (const scope of scopes) {
      const count = (scope.rows?.length ?? batch.rows) * (scope.steps?.length ?? batch.steps)
      const changes = everyChange(count)
      expectEdited(
        changes.flatMap((own, index) => own.map((change) => ({ unit: `${site}.${index}`, ...change, ...scope }))),
      )
    }
  })

  test('shows an edited hidden unit only to the readers that the edit names', () => {
    for (const { name, above } of layers) {
      for (const readers of [['recurrent'], [above], ['recurrent', above]] as const) {
        expectEdited([
          { unit: `${name}.hidden.1`, set: 0.7, readers },
          { unit: `${name}.hidden.4`, scale: -2, rows: [1, 2], readers },
        ])
      }
    }
  })

  test('records what was computed where only some readers see the edit', () => {
    const record = [`${first}.hidden`]
    const edits: readonly Edit[] = [{ unit: `${first}.hidden.2`, set: 5, steps: [3], readers: [aboveFirst] }]
    const seen = engine().run(model, batch, { record, edits })
    expect(seen.recorded).toEqual(engine().run(model, batch, { record }).recorded)
  })

  test('applies the edits of one unit in their order', () => {
    expectEdited([
      { unit: `${first}.hidden.3`, set: 0.5 },
      { unit: `${first}.hidden.3`, scale: 3 },
      { unit: `${first}.hidden.3`, add: -0.25, readers: ['recurrent'] },
      { unit: `${second}.hidden.0`, add: 1 },
      { unit: `${second}.hidden.0`, scale: 0.5, rows: [1] },
    ])
  })

  test('an edit of one row leaves the other rows as they were, to the bit', () => {
    const plain = engine().run(model, batch, everything)
    const edits = sites.map((site): Edit => ({ unit: `${site}.5`, add: 1, rows: [1] }))
    const edited = engine().run(model, batch, { ...everything, edits })
    for (const row of [0, 2]) {
      const own = (values: Float32Array): Float32Array => {
        const width = values.length / batch.rows
        return values.slice(row * width, (row + 1) * width)
      }
      expect(own(edited.logProbabilities!)).toEqual(own(plain.logProbabilities!))
      for (const site of sites) expect(own(edited.recorded[site]), site).toEqual(own(plain.recorded[site]))
      for (const name of Object.keys(plain.state)) expect(own(edited.state[name]), name).toEqual(own(plain.state[name]))
    }
    expect(edited.logProbabilities).not.toEqual(plain.logProbabilities)
  })

  test('setting a unit to the values that it had changes nothing', () => {
    const plain = engine().run(model, batch, everything)
    for (const site of sites) {
      const values = plain.recorded[site]
      const width = values.length / (batch.rows * batch.steps)
      const set = values.filter((_, index) => index % width === 3)
      const edited = engine().run(model, batch, { ...everything, edits: [{ unit: `${site}.3`, set }] })
      expect(edited.logits, site).toEqual(plain.logits)
      expect(edited.state, site).toEqual(plain.state)
    }
  })
}

/**
 * Changes of every kind, one list for each of seven units, in `count` rows × steps. Before it is rounded a unit is set:
 * a computed value near the middle of two neighbours may round either way.
 */
function everyChange(count: number): readonly (readonly Change[])[] {
  const set = Float32Array.from({ length: count }, (_, index) => Math.sin(index + 1))
  const rounded = PRECISIONS.map((round) => [{ set }, { round }])
  return [[{ set: 0.375 }], [{ set }], [{ scale: -1.5 }], [{ add: 0.2 }], ...rounded]
}

export function testIdentities(engine: () => Engine): void {
  test('in an LSTM, hidden at zero, cell at zero and no outgoing weights are one and the same', () => {
    const size: Size = { layers: 2, units: 7, embedding: 6, vocabulary: 9 }
    const model = smallModel('lstm', size, 4)
    const batch = smallBatch(model, 3, 5)
    const ask = { logitsAt: Int32Array.from(batch.tokens.keys()) }
    for (const layer of [0, 1]) {
      const hidden = engine().run(model, batch, { ...ask, edits: [{ unit: `${layer}.hidden.2`, set: 0 }] })
      const cell = engine().run(model, batch, { ...ask, edits: [{ unit: `${layer}.cell.2`, set: 0 }] })
      const cut = engine().run(withoutOutgoing(model, layer, 2), batch, ask)
      expect(cell.logits).toEqual(hidden.logits)
      expectClose(cut.logits!, hidden.logits!, FORWARD, `layer ${layer}`)
      expect(hidden.logits).not.toEqual(engine().run(model, batch, ask).logits)
    }
  })

  test('a GRU whose update gate is set to zero keeps its state', () => {
    const model = smallModel('gru before', { ...SMALL, layers: 1, trained: true })
    const batch = smallBatch(model, 1, 4)
    const edits = Array.from({ length: SMALL.units }, (_, unit): Edit => ({ unit: `0.update.${unit}`, set: 0 }))
    expect(engine().run(model, batch, { edits }).state['0.hidden']).toEqual(model.weights['0.initialHidden'])
  })
}

/** The model with the weights gone by which `unit` of a layer is read. */
function withoutOutgoing({ config, weights }: SmallModel, layer: number, unit: number): SmallModel {
  const copy = viewWeights(config, flattenWeights(config, weights).slice())
  const columns = GATES[config.cell].length * config.units
  const top = layer === config.layers - 1
  const outgoing = top ? copy.decoder : copy[`${layer + 1}.kernel`]
  copy[`${layer}.recurrentKernel`].fill(0, unit * columns, (unit + 1) * columns)
  if (top) for (let token = 0; token < config.vocabulary; token++) outgoing[token * config.units + unit] = 0
  else outgoing.fill(0, unit * columns, (unit + 1) * columns)
  return { config, weights: copy }
}
