import { beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { DEFAULT_TRAINING } from '../../src/training/config.ts'
import { withUnigramBias } from '../../src/training/decoder-bias.ts'
import { evaluateLoss } from '../../src/training/evaluate.ts'
import { train } from '../../src/training/train.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const start = modelWithVocabulary('lstm', { dropout: 0 })
const silenced = { ...start, weights: { ...start.weights, decoder: new Float32Array(start.weights['decoder'].length) } }
const even = randomTokens(400, 9, 'training')
const tokens = even.map((token, index) => (index % 3 === 0 ? token : 2)) // one of nine tokens is frequent

test('a model whose units say nothing begins with the loss of the unigram model', async () => {
  const model = withUnigramBias(silenced, tokens)
  const counts = Array.from({ length: 9 }, (_, id) => tokens.filter((token) => token === id).length)
  const expected = [...tokens.subarray(1)].reduce((sum, id) => sum - Math.log((counts[id] + 1) / (400 + 9)), 0) / 399
  expect(await evaluateLoss(engine, model, tokens)).toBeCloseTo(expected, 5)
  expect(model.weights['decoder']).toBe(silenced.weights['decoder'])
})

test('a training begins there where its config says so, and else where its model does', async () => {
  const begin = async (decoderBias?: 'unigram') => {
    const config = { ...DEFAULT_TRAINING, batch: 2, steps: 10, learningRate: 1e-9, decoderBias }
    const { model } = await train({ engine, model: start, data: { training: tokens, validation: tokens }, config, seed: 1 })
    return [...model.weights['decoderBias']]
  }
  const expected = withUnigramBias(start, tokens).weights['decoderBias']
  ;(await begin('unigram')).forEach((bias, id) => expect(bias).toBeCloseTo(expected[id], 5))
  const own = start.weights['decoderBias']
  ;(await begin()).forEach((bias, id) => expect(bias).toBeCloseTo(own[id], 5))
  expect(own[2]).not.toBeCloseTo(expected[2], 1)
})
