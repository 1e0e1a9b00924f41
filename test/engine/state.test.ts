import { expect, test } from 'vitest'
import { concatenateStates, gatherState } from '../../src/engine/state.ts'

const state = { '0.hidden': Float32Array.of(1, 2, 3, 4, 5, 6), '0.cell': Float32Array.of(7, 8, 9, 10, 11, 12) }

test('gathering takes rows in the order asked for, some twice and some never', () => {
  expect(gatherState(state, 2, [2, 0, 2])).toEqual({
    '0.hidden': Float32Array.of(5, 6, 1, 2, 5, 6),
    '0.cell': Float32Array.of(11, 12, 7, 8, 11, 12),
  })
})

test('states that were gathered in parts and put together are the whole again', () => {
  const parts = [[0], [1, 2]].map((rows) => gatherState(state, 2, rows))
  expect(concatenateStates(parts)).toEqual(state)
})
