// What only the TensorFlow.js engine has: its manners as a guest in the process, and what it refuses.

import * as tf from '@tensorflow/tfjs'
import { afterEach, expect, test, vi } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { createTfjsEngine } from '../../../src/engine/tfjs/engine.ts'
import { smallBatch, smallModel } from '../models.ts'

const SIZE = { layers: 2, units: 4, embedding: 4, vocabulary: 5, tied: true, trained: true }

afterEach(() => void vi.restoreAllMocks())

test('starts without a word and leaves the settings of TensorFlow.js as they were', async () => {
  const words = (['log', 'warn', 'error', 'info'] as const).map((level) => vi.spyOn(console, level))
  const before = tf.env().getBool('PROD')
  await createTfjsEngine()
  tf.scalar(1).dispose()
  expect(tf.env().getBool('PROD')).toBe(before)
  for (const word of words) expect(word).not.toHaveBeenCalled()
})

test('keeps no tensor after a run, a gradient or an update', async () => {
  const engine = await createTfjsEngine()
  const model = smallModel('lstm', SIZE)
  const ragged = smallBatch(model, 3, 4, { ragged: true })
  const batch = { ...smallBatch(model, 3, 4), carry: true }
  const before = tf.memory().numTensors
  engine.run(model, ragged, { record: ['0.cell'], targets: ragged.targets, edits: [{ unit: '0.cell.1', set: 0 }] })
  engine.gradients(model, batch, 'sum')
  const trainer = engine.trainer(model, { optimizer: { name: 'sgd', momentum: 0 }, clip: 1, loss: 'mean', seed: 1 })
  trainer.update(batch, 0.1)
  trainer.update(batch, 0.1)
  expect(tf.memory().numTensors).toBe(before)
})

test('refuses to train with dropout in a sentence', async () => {
  const engine = await createTfjsEngine()
  const model = smallModel('lstm', { ...SIZE, dropout: 0.2 })
  const options = { optimizer: { name: 'sgd', momentum: 0 }, clip: null, loss: 'mean', seed: 1 } as const
  expect(() => engine.trainer(model, options)).toThrow(UserError)
  expect(() => engine.trainer(model, options)).toThrow('without dropout')
})
