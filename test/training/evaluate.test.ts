import { beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { evaluateLoss, tokenLogProbabilities } from '../../src/training/evaluate.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

/** The text read as one sequence in one run. */
function direct(model: ReturnType<typeof modelWithVocabulary>, tokens: Int32Array): number[] {
  const steps = tokens.length - 1
  const batch = { tokens: tokens.subarray(0, steps), rows: 1, steps }
  return [...(engine.run(model, batch, { targets: tokens.subarray(1) }).logProbabilities ?? [])]
}

test('one stream gives exactly the log probabilities of one long run', async () => {
  const model = modelWithVocabulary('gru after')
  for (const length of [2, 3, 128, 129, 130, 300]) {
    const tokens = randomTokens(length, 9, length)
    const [first, ...others] = await tokenLogProbabilities(engine, model, tokens, { streams: 1 })
    expect(first).toBeNaN()
    expect(others).toEqual(direct(model, tokens))
  }
})

test('every token but the first is predicted once, however many streams there are', async () => {
  const model = modelWithVocabulary('lstm')
  const tokens = randomTokens(1001, 9, 'text')
  const expected = direct(model, tokens)
  for (const streams of [2, 3, 7, 32, 5000]) {
    const found = [...(await tokenLogProbabilities(engine, model, tokens, { streams, overlap: 60 }))].slice(1)
    expect(found).toHaveLength(expected.length)
    // A stream forgets what stood more than 60 tokens before its start.
    for (const [index, value] of found.entries()) expect(Math.abs(value - expected[index])).toBeLessThan(1e-3)
  }
})

test('the loss is the mean of what was not predicted', async () => {
  const model = modelWithVocabulary('rnn tanh')
  const tokens = randomTokens(50, 9, 'short')
  const expected = direct(model, tokens).reduce((sum, value) => sum - value, 0) / 49
  expect(await evaluateLoss(engine, model, tokens, { streams: 1 })).toBeCloseTo(expected, 12)
})
