// Edits are checked against the model and the batch, and become numbers.

import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { compileEdits, type Edit, type Reader } from '../../src/model/edits.ts'
import { smallConfig } from '../engine/models.ts'

const CONFIG = smallConfig('lstm', { layers: 2, units: 4, embedding: 3, vocabulary: 5 })
const BATCH = { rows: 2, steps: 3 }

test('an edit becomes a place, an operation and its readers', () => {
  const values = new Float32Array(2)
  const compiled = compileEdits(
    [
      { unit: '1.cell.3', scale: 0.5 },
      { unit: 'embedding.2', round: 'int8', rows: [1] },
      { unit: '0.hidden.0', set: values, rows: [0], steps: [0, 2], readers: ['above'] },
    ],
    CONFIG,
    BATCH,
  )
  const all = { values: null, rows: null, steps: null, recurrent: true, output: true }
  expect(compiled).toEqual([
    { site: { layer: 1, quantity: 'cell' }, index: 3, operation: 'scale', operand: 0.5, ...all },
    { site: { layer: null, quantity: 'embedding' }, index: 2, operation: 'int8', operand: 0, ...all, rows: [1] },
    {
      site: { layer: 0, quantity: 'hidden' }, index: 0, operation: 'set', operand: 0,
      values, rows: [0], steps: [0, 2], recurrent: false, output: true,
    },
  ])
})

describe('readers', () => {
  const readersOf = (unit: string, readers: readonly Reader[]) => {
    const [{ recurrent, output }] = compileEdits([{ unit, set: 0, readers }], CONFIG, BATCH)
    return { recurrent, output }
  }

  test('above the top layer there is only the decoder, and below it only the next layer', () => {
    expect(readersOf('1.hidden.0', ['decoder'])).toEqual({ recurrent: false, output: true })
    expect(readersOf('0.hidden.0', ['recurrent'])).toEqual({ recurrent: true, output: false })
    expect(() => readersOf('1.hidden.0', ['above'])).toThrow('its readers are recurrent and decoder')
    expect(() => readersOf('0.hidden.0', ['decoder'])).toThrow('its readers are recurrent and above')
  })
})

describe('a mistake', () => {
  const mistakes: readonly { readonly edit: Edit; readonly says: string }[] = [
    { edit: { unit: '0.cell.0', set: new Float32Array(5) }, says: 'has 5 values for 6 rows × steps' },
    { edit: { unit: '0.cell.0', set: new Float32Array(6), rows: [1] }, says: 'has 6 values for 3' },
    { edit: { unit: '0.cell.0', set: 0, rows: [0, 2] }, says: 'names row 2; the batch has 2' },
    { edit: { unit: '0.cell.0', set: 0, steps: [0.5] }, says: 'names step 0.5; the batch has 3' },
    { edit: { unit: '0.cell.0', set: 0, readers: ['above'] }, says: 'only a hidden unit' },
    { edit: { unit: '0.update.0', set: 0 }, says: 'an LSTM has no site "update"' },
  ]
  test.each(mistakes)('is told in a sentence: $says', ({ edit, says }) => {
    expect(() => compileEdits([edit], CONFIG, BATCH)).toThrow(UserError)
    expect(() => compileEdits([edit], CONFIG, BATCH)).toThrow(says)
  })
})
