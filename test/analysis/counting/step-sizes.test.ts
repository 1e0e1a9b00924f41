// How much a state moves: by 1 for ever where a cell counts, by less and less where the state is bounded.

import { expect, test } from 'vitest'
import { stepSizes, thinned } from '../../../src/analysis/counting/step-sizes.ts'
import { parseLanguage } from '../../../src/data/language/language.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { counterByHand } from '../../../src/model/by-hand/counter.ts'
import { viewWeights } from '../../../src/model/weights.ts'
import { smallConfig } from '../../engine/models.ts'
import { analysed, leakyGru } from './models.ts'

const native = await loadEngine({ engine: 'native', threads: 1 })
const anbn = { ...parseLanguage('anbn'), longest: 20 }

test('a counter takes steps of one for ever', () => {
  const rows = stepSizes(native, analysed(counterByHand('lstm', anbn), anbn), anbn, 3000)
  expect(rows[0].size).toBeCloseTo(Math.SQRT2, 6) // with the first a, the unit that says so goes to 1, too
  expect(rows[rows.length - 1].step).toBe(3000)
  for (const { size } of rows.slice(1)) expect(size).toBeCloseTo(1, 6)
  expect(rows[0]).toMatchObject({ model: 'model', language: 'a^n b^n', cell: 'lstm', trainedTo: 20, step: 1 })
})

test('a bounded state comes to rest', () => {
  const rate = 0.2
  for (const { step, size } of stepSizes(native, analysed(leakyGru(rate), anbn), anbn, 40)) {
    expect(size).toBeCloseTo(rate * (1 - rate) ** (step - 1), 6)
  }
})

test('there are no steps beyond an overflow', () => {
  const config = smallConfig('rnn relu', { layers: 1, units: 1, embedding: 3, vocabulary: 3 })
  const weights = viewWeights(config)
  weights['0.bias'][0] = 1
  weights['0.recurrentKernel'][0] = 10
  const rows = stepSizes(native, analysed({ config, weights }, anbn), anbn, 100)
  expect(rows.every(({ size }) => Number.isFinite(size))).toBe(true)
  expect(rows.length).toBeGreaterThan(10)
  expect(rows[rows.length - 1].step).toBeLessThan(40) // 10^39 is no 32-bit float
})

test('steps are thinned, and the last is among them', () => {
  expect(thinned(1)).toEqual([1])
  expect(thinned(11)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
  expect(thinned(30)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 16, 19, 22, 26, 30])
  expect(thinned(1000).length).toBeLessThan(50)
})
