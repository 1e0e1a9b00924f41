// Where the line between one thread and several runs, by shapes whose threads have been measured (test/bench).

import { expect, test } from 'vitest'
import { rowsForThreads, worksAlone } from '../../src/engine/works-alone.ts'
import { smallConfig } from './models.ts'

test('a counter of ten units works alone, a language model of 128 does not', () => {
  expect(worksAlone(smallConfig('lstm', { layers: 1, units: 10, embedding: 3, vocabulary: 4 }), 16)).toBe(true)
  expect(worksAlone(smallConfig('gru after', { layers: 1, units: 128, embedding: 64, vocabulary: 96 }), 32)).toBe(false)
})

test('threads pay from more than 200,000 products of the cells, or 2,000,000 of the decoder, in a step', () => {
  const cells = smallConfig('lstm', { layers: 2, units: 50, embedding: 50, vocabulary: 5 })
  expect(rowsForThreads(cells)).toBe(200_000 / (50 * 50 * 4 * 2) + 1)
  const decoder = smallConfig('rnn tanh', { layers: 1, units: 10, embedding: 3, vocabulary: 40_000 })
  expect(rowsForThreads(decoder)).toBe(6)
  expect([5, 6].map((rows) => worksAlone(decoder, rows))).toEqual([true, false])
})
