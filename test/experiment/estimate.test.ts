// Minutes are told from days before a training begins.

import { expect, test } from 'vitest'
import { duration, tokensRead, trainingSeconds } from '../../src/experiment/estimate.ts'
import { DEFAULT_INITIALIZATION, type ModelConfig } from '../../src/model/config.ts'
import { DEFAULT_DRAWN, DEFAULT_TRAINING } from '../../src/training/config.ts'

const model: ModelConfig = {
  cell: 'lstm', layers: 1, units: 256, embedding: 64, vocabulary: 96, tied: false, dropout: 0, initialState: 'zeros',
  initialization: DEFAULT_INITIALIZATION, forgetBias: 1,
}

test('an update that took 11 s in pure JavaScript is estimated within a factor of two', () => {
  const estimate = trainingSeconds('tfjs', model, 32, 32 * 64)
  expect(estimate).toBeGreaterThan(11 / 2)
  expect(estimate).toBeLessThan(11 * 2)
})

test('time grows with the tokens that are read', () => {
  const once = trainingSeconds('native', model, 32, 1000)
  expect(trainingSeconds('native', model, 32, 2000)).toBeCloseTo(2 * once, 12)
})

test('a text is read once in every epoch, a sentence whenever it is drawn', () => {
  const part = { documents: [], tokens: new Int32Array(60), documentStarts: Int32Array.of(0), sentenceStarts: Int32Array.of(0, 20, 40) }
  expect(tokensRead({ ...DEFAULT_TRAINING, epochs: 3 }, part)).toBe(180)
  expect(tokensRead({ ...DEFAULT_DRAWN, updates: 7, batch: 2 }, part)).toBe(7 * 2 * 20)
})

test('durations read as people say them', () => {
  expect([0.2, 40, 100, 750, 12_600, 400_000].map(duration)).toEqual(
    ['1 second', '40 seconds', '2 minutes', '13 minutes', '3.5 hours', '5 days'],
  )
})

test('a bidirectional language model takes as long as its two halves', () => {
  const pair: ModelConfig = { ...model, embedding: 256, layers: 2, bidirectional: true }
  const half: ModelConfig = { ...model, embedding: 256, layers: 2 }
  expect(trainingSeconds('native', pair, 32, 1000)).toBeCloseTo(2 * trainingSeconds('native', half, 32, 1000), 12)
})
