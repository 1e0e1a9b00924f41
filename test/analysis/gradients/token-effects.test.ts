import { beforeAll, expect, test } from 'vitest'
import { tokenEffects } from '../../../src/analysis/gradients/token-effects.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'
import { keepingModel, TOKENS, trainedSubject } from './planted.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const texts = [randomTokens(30, TOKENS, 1), randomTokens(30, TOKENS, 2)]
const places = [{ sequence: 0, position: 25 }, { sequence: 0, position: 20 }, { sequence: 1, position: 29 }]

test('a network without memory feels the last token alone', async () => {
  const subject = trainedSubject(keepingModel('rnn relu', [0, 0, 0]))
  const [last, before] = await tokenEffects(engine, subject, texts, places, { lags: [0, 1] })
  expect(last).toMatchObject({ lag: 0, places: 3, moment: 'trained' })
  expect(last.change).toBeGreaterThan(0.001)
  expect(last.low).not.toBeNull()
  expect(before).toMatchObject({ lag: 1, change: 0, low: 0, high: 0 })
})

test('with two tokens there is one other, whose effect is that of a run in which it stands there', async () => {
  const model = modelWithVocabulary('gru after', { vocabulary: 2 }, 6)
  const text = randomTokens(30, 2, 5)
  const [{ change, low }] = await tokenEffects(engine, trainedSubject(model), [text], [{ sequence: 0, position: 12 }], {
    lags: [4],
  })
  const lossOf = (tokens: Int32Array): number => {
    const read = Int32Array.of(0, ...tokens.subarray(0, 12)) // after the end of a sentence
    const targets = new Int32Array(13).fill(-1)
    targets[12] = text[12]
    return -engine.run(model, { tokens: read, rows: 1, steps: 13 }, { targets }).logProbabilities![12]
  }
  const other = text.slice()
  other[12 - 1 - 4] = 1 - other[12 - 1 - 4]
  expect(change).toBeCloseTo(Math.abs(lossOf(other) - lossOf(text)), 5)
  expect(change).toBeGreaterThan(0.001)
  expect(low).toBeNull() // one text is no sample of texts
})

test('a text of one token is refused', async () => {
  const subject = trainedSubject(keepingModel('rnn relu', [0.5, 0.5, 0.5]))
  const same = [new Int32Array(20).fill(3)]
  await expect(tokenEffects(engine, subject, same, [{ sequence: 0, position: 10 }], { lags: [1] })).rejects.toThrow(
    'one token only',
  )
})
