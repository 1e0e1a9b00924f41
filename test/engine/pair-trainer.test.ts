// A bidirectional language model: two halves that share embedding and decoder, trained on both losses at once.

import { expect, test } from 'vitest'
import { backwardOf, batchOf } from '../../src/engine/drawn-batch.ts'
import type { PlainSentences, TrainerOptions } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { createTrainer } from '../../src/engine/pair-trainer.ts'
import { countParameters } from '../../src/model/weights.ts'
import { halfOf } from '../../src/model/halves.ts'
import { DIRECTIONS } from '../../src/model/sites.ts'
import { expectClose, FORWARD, GRADIENT } from './close.ts'
import { CELLS, smallConfig, smallModel, smallSentences, type Size } from './models.ts'
import { referenceLoss } from './reference.ts'

const engine = await loadEngine({ threads: 1 })
const PAIR: Size = { layers: 2, units: 4, embedding: 4, vocabulary: 6, tied: true, skip: true, bidirectional: true }
const SGD: TrainerOptions = { optimizer: { name: 'sgd', momentum: 0 }, clip: null, loss: 'sum', seed: 1 }

test('a sentence from its other end has its words turned round and its end last', () => {
  const sentences = { tokens: Int32Array.of(1, 2, 3, 0, 4, 0), starts: Int32Array.of(0, 4), context: 5 }
  const batch = batchOf(sentences, Int32Array.of(0, 1))
  expect([[...batch.tokens], [...batch.targets]]).toEqual([[5, 1, 2, 3, 5, 4, 5, 5], [1, 2, 3, 0, 4, 0, -1, -1]])
  const turned = backwardOf(batch)
  expect([[...turned.tokens], [...turned.targets]]).toEqual([[5, 3, 2, 1, 5, 4, 5, 5], [3, 2, 1, 0, 4, 0, -1, -1]])
})

test('halves are models of their own, which share embedding and decoder', () => {
  const pair = smallModel('lstm', { ...PAIR, tied: false })
  const [forward, backward] = DIRECTIONS.map((direction) => halfOf(pair, direction))
  expect(forward.config).toEqual(smallConfig('lstm', { ...PAIR, tied: false, bidirectional: undefined }))
  expect(forward.weights['1.kernel']).toBe(pair.weights['forward.1.kernel'])
  expect(backward.weights['1.kernel']).toBe(pair.weights['backward.1.kernel'])
  for (const name of ['embedding', 'decoder', 'decoderBias']) expect(forward.weights[name]).toBe(backward.weights[name])
  const parameters = DIRECTIONS.map(() => countParameters(forward.config)).reduce((sum, count) => sum + count, 0)
  const shared = ['embedding', 'decoder', 'decoderBias'].reduce((sum, name) => sum + pair.weights[name].length, 0)
  expect(countParameters(pair.config)).toBe(parameters - shared)
})

test.each(CELLS)('an update on %s halves goes down the slope of both losses together', (cell) => {
  const pair = smallModel(cell, PAIR, 3)
  const { sentences, draws } = smallSentences(pair, 3, 1)
  const lossOf = (weights: typeof pair.weights) => DIRECTIONS.map((direction) => {
    const batch = batchOf(sentences as PlainSentences, draws)
    const half = halfOf({ config: pair.config, weights }, direction)
    return referenceLoss(half.config, half.weights, direction === 'forward' ? batch : backwardOf(batch))
  }).reduce((sum, loss) => sum + loss, 0)
  const trainer = createTrainer(engine, pair, SGD)
  const [{ loss, targets }] = trainer.updateOn(sentences, draws, [1])
  expectClose([loss], [lossOf(pair.weights)], FORWARD, 'loss')
  expect(targets).toBe(2 * batchOf(sentences as PlainSentences, draws).targets.filter((target) => target >= 0).length)
  for (const name of ['embedding', 'forward.0.kernel', 'backward.1.recurrentKernel', 'decoderBias']) {
    const given = pair.weights[name]
    const slopes = Array.from({ length: Math.min(12, given.length) }, (_, index) => {
      const at = Math.floor((index * given.length) / 12)
      const lossAt = (step: number) => {
        const moved = Float64Array.from(given)
        moved[at] += step
        return lossOf({ ...pair.weights, [name]: moved as unknown as Float32Array })
      }
      return [given[at] - trainer.weights[name][at], (lossAt(1e-5) - lossAt(-1e-5)) / 2e-5]
    })
    expectClose(slopes.map(([ours]) => ours), slopes.map(([, expected]) => expected), GRADIENT, name)
  }
})

test('a trainer of a pair goes on from a snapshot as the first one did', () => {
  const pair = smallModel('gru after', PAIR)
  const options: TrainerOptions = { ...SGD, optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, clip: 1, loss: 'mean' }
  const { sentences, draws } = smallSentences(pair, 2, 4)
  const whole = createTrainer(engine, pair, options)
  const reports = whole.updateOn(sentences, draws, [0.1, 0.1, 0.1, 0.1])
  const first = createTrainer(engine, pair, options)
  const begun = first.updateOn(sentences, draws.subarray(0, 4), [0.1, 0.1])
  const second = createTrainer(engine, smallModel('gru after', PAIR, 9), options)
  second.restore(first.snapshot())
  expect([...begun, ...second.updateOn(sentences, draws.subarray(4), [0.1, 0.1])]).toEqual(reports)
  expect(second.snapshot()).toEqual(whole.snapshot())
})

test('an engine does not run a pair as one, and halves drop nothing', () => {
  const pair = smallModel('lstm', PAIR)
  expect(() => engine.run(pair, { tokens: Int32Array.of(1), rows: 1, steps: 1 })).toThrow('half by half')
  expect(() => createTrainer(engine, smallModel('lstm', { ...PAIR, dropout: 0.1 }), SGD)).toThrow('Set dropout to 0.')
})
