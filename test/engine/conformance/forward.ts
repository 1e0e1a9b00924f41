// Values of a forward pass, and the state that goes from one run to the next.

import { expect, test } from 'vitest'
import type { Batch, Engine } from '../../../src/engine/engine.ts'
import { expectClose, FORWARD } from '../close.ts'
import { SMALL, smallBatch, smallModel, type Cell, type Size } from '../models.ts'
import { referenceRun } from '../reference.ts'
import { askEverything, expectSame } from './everything.ts'

/** Sizes around the widths of vectors (1, 4, 8, 16) and one more; tied and not; zero and trained initial states. */
const SIZES: readonly { readonly size: Size; readonly rows: number; readonly steps: number }[] = [
  { size: { layers: 1, units: 1, embedding: 2, vocabulary: 5 }, rows: 1, steps: 4 },
  { size: { layers: 2, units: 7, embedding: 7, vocabulary: 5, tied: true, trained: true }, rows: 3, steps: 5 },
  { size: { layers: 1, units: 16, embedding: 5, vocabulary: 33 }, rows: 17, steps: 3 },
  { size: { layers: 3, units: 17, embedding: 17, vocabulary: 33, tied: true }, rows: 3, steps: 4 },
  { size: { layers: 2, units: 37, embedding: 9, vocabulary: 33, trained: true }, rows: 3, steps: 3 },
  { size: { layers: 4, units: 9, embedding: 3, vocabulary: 7 }, rows: 40, steps: 2 },
  { size: { layers: 1, units: 70, embedding: 33, vocabulary: 300 }, rows: 5, steps: 2 },
  { size: { layers: 3, units: 3, embedding: 4, vocabulary: 9, tags: 5, skip: true }, rows: 2, steps: 3 },
  { size: { layers: 1, units: 1, embedding: 2, vocabulary: 5, tags: 3, bidirectional: true }, rows: 1, steps: 4 },
  { size: { layers: 3, units: 17, embedding: 34, vocabulary: 33, tags: 9, bidirectional: true, skip: true }, rows: 3, steps: 4 },
  { size: { layers: 4, units: 9, embedding: 3, vocabulary: 7, tags: 33, trained: true, bidirectional: true }, rows: 7, steps: 5 },
]

export function testForward(cell: Cell, engine: () => Engine): void {
  test.each(SIZES)('computes every value of $size for $rows rows', ({ size, rows, steps }) => {
    const model = smallModel(cell, size)
    const batch = smallBatch(model, rows, steps, { ragged: true })
    const options = askEverything(model, batch)
    expectSame(engine().run(model, batch, options), referenceRun(model.config, model.weights, batch, options), batch)
  })

  test('recording a site changes no other number', () => {
    const model = smallModel(cell, SMALL)
    const batch = smallBatch(model, 3, 5)
    const everything = askEverything(model, batch)
    const recorded = engine().run(model, batch, everything)
    const plain = engine().run(model, batch, { ...everything, record: [] })
    expect(plain.recorded).toEqual({})
    expect(recorded.logits).toEqual(plain.logits)
    expect(recorded.logProbabilities).toEqual(plain.logProbabilities)
    expect(recorded.candidateLogits).toEqual(plain.candidateLogits)
    expect(recorded.state).toEqual(plain.state)
  })

  test('records into the start of the arrays that it is given, and no further', () => {
    const model = smallModel(cell, SMALL)
    const batch = smallBatch(model, 3, 5)
    const { recorded } = engine().run(model, batch, { record: ['0.hidden'] })
    const kept = new Float32Array(recorded['0.hidden'].length + 2).fill(7)
    const again = engine().run(model, batch, { record: ['0.hidden'], into: { '0.hidden': kept } })
    expect(again.recorded['0.hidden'].buffer).toBe(kept.buffer)
    expect([...kept]).toEqual([...recorded['0.hidden'], 7, 7])
    expect(() => engine().run(model, batch, { record: ['0.hidden'], into: { '0.hidden': new Float32Array(2) } })).toThrow(
      'does not fit',
    )
  })

  test('answers nothing that was not asked', () => {
    const model = smallModel(cell, SMALL)
    const { recorded, logProbabilities, candidateLogits, logits } = engine().run(model, smallBatch(model, 1, 2))
    expect({ recorded, logProbabilities, candidateLogits, logits }).toEqual({ recorded: {} })
  })

  test('gives each row the numbers that it gets alone', () => {
    const model = smallModel(cell, SMALL)
    const batch = smallBatch(model, 3, 4)
    const together = engine().run(model, batch, { targets: batch.targets })
    for (let row = 0; row < batch.rows; row++) {
      const own = (matrix: Int32Array) => matrix.slice(row * batch.steps, (row + 1) * batch.steps)
      const targets = own(batch.targets)
      const alone = engine().run(model, { tokens: own(batch.tokens), rows: 1, steps: batch.steps }, { targets })
      const expected = together.logProbabilities!.subarray(row * batch.steps, (row + 1) * batch.steps)
      expectClose(alone.logProbabilities!, expected, FORWARD, `row ${row}`)
    }
  })
}

export function testState(cell: Cell, engine: () => Engine): void {
  test('two halves with the state carried over are the whole', () => {
    const model = smallModel(cell, { ...SMALL, trained: true })
    const whole = smallBatch(model, 3, 6)
    const record = [`${model.config.layers - 1}.hidden`]
    const expected = engine().run(model, whole, { record })
    const half = (from: number): Batch => {
      const rows = [0, 1, 2].flatMap((row) => [...whole.tokens.slice(row * 6 + from, row * 6 + from + 3)])
      return { tokens: Int32Array.from(rows), rows: 3, steps: 3 }
    }
    const first = engine().run(model, half(0), { record })
    const second = engine().run(model, half(3), { record, state: first.state })
    for (const [name, values] of Object.entries(expected.state)) expectClose(second.state[name], values, FORWARD, name)
    const width = 3 * model.config.units // values of a row in half the steps
    const joined = [0, 1, 2].flatMap((row) =>
      [first, second].flatMap(({ recorded }) => [...recorded[record[0]].slice(row * width, (row + 1) * width)]),
    )
    expectClose(joined, expected.recorded[record[0]], FORWARD, 'recording')
  })
}
