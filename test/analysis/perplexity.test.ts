import { expect, test } from 'vitest'
import { ngramOrders, perplexity } from '../../src/analysis/perplexity.ts'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import { trainNgram, trainUnigram } from '../../src/model/ngram.ts'
import { viewWeights } from '../../src/model/weights.ts'
import { config, randomModel, vocabulary } from './planted.ts'

const engine = await createTfjsEngine()
const size = vocabulary.tokens.length
const tokens = Int32Array.from({ length: 90 }, (_, index) => (index % 6 === 5 ? 0 : 2 + ((index * index) % 40)))
const sentenceStarts = Int32Array.from({ length: 15 }, (_, sentence) => 6 * sentence)
const part = { tokens, documentStarts: Int32Array.of(0, 30, 66), sentenceStarts }
const counting = { vocabulary: size, end: 0, starts: sentenceStarts }
const unigram = trainUnigram(tokens, counting)
const options = { unigram, ngram: trainNgram(tokens, { ...counting, order: 3 }), resamples: 200 }

test('a model that knows nothing has the vocabulary as its perplexity, whichever documents are drawn', async () => {
  const subject = { name: 'uniform', seed: 1, model: { config, vocabulary, weights: viewWeights(config) } }
  const [row] = await perplexity(engine, subject, [{ split: 'test', part }], options)
  expect(row).toMatchObject({ model: 'uniform', split: 'test', documents: 3, tokens: 89, ngramOrder: 3 })
  expect(row.bitsPerCharacter).toBeNull()
  // a float32 log-softmax over 101 zeros
  expect(row.perplexity / size).toBeCloseTo(1, 5)
  expect(row.lossHigh! - row.lossLow!).toBeLessThan(1e-5)
})

test('the loss is that of one pass over the whole text, and the baselines stand on the same tokens', async () => {
  const model = randomModel()
  const characters = { ...vocabulary, kind: 'characters' as const }
  const subject = { name: 'random', seed: 2, model: { ...model, vocabulary: characters } }
  const texts = [{ split: 'validation', part }, { split: 'test', part }] as const
  const [row, other] = await perplexity(engine, subject, texts, options)
  const targets = Int32Array.from(tokens, (_, index) => tokens[index + 1] ?? -1)
  const { logProbabilities } = engine.run(model, { tokens, rows: 1, steps: 90 }, { targets })
  const loss = -logProbabilities!.slice(0, 89).reduce((sum, value) => sum + value, 0) / 89
  // the text is read in streams that warm up on 64 tokens: the state is nearly, not exactly, that of one pass
  expect(row.loss).toBeCloseTo(loss, 2)
  expect(row.lossLow).toBeLessThan(row.loss)
  expect(row.lossHigh).toBeGreaterThan(row.loss)
  expect(row.bitsPerCharacter).toBeCloseTo(row.loss / Math.LN2, 12)
  const scored = unigram.score(tokens).slice(1)
  expect(row.unigramPerplexity).toBeCloseTo(Math.exp(-scored.reduce((sum, value) => sum + value, 0) / 89), 10)
  expect(row.ngramPerplexity).toBeLessThan(row.unigramPerplexity)
  expect(other).toMatchObject({ split: 'test', loss: row.loss })
})

test('a single document gives no interval: nothing can be drawn differently', async () => {
  const subject = { name: 'random', seed: 1, model: randomModel() }
  const whole = { ...part, documentStarts: Int32Array.of(0) }
  const [row] = await perplexity(engine, subject, [{ split: 'test', part: whole }], options)
  expect(row).toMatchObject({ documents: 1, lossLow: null, lossHigh: null })
})

test('every order up to that of the n-gram model is counted on the tokens that the model is measured on', () => {
  const orders = ngramOrders(options.ngram, [{ split: 'test', part }], vocabulary)
  expect(orders.map(({ order }) => order)).toEqual([1, 2, 3])
  const scores = options.ngram.score(tokens, sentenceStarts).slice(1)
  const loss = -scores.reduce((sum, value) => sum + value, 0) / 89
  expect(orders[2]).toMatchObject({ split: 'test', tokens: 89, bitsPerCharacter: null })
  expect(orders[2].loss).toBeCloseTo(loss, 12)
})

test('counting goes on across the line ends of characters, and not across the sentences of words', () => {
  const characters = { ...vocabulary, kind: 'characters' as const, end: '\n' }
  const across = trainNgram(tokens, { ...counting, starts: part.documentStarts, order: 3 })
  const [, , ofWords] = ngramOrders(across, [{ split: 'test', part }], vocabulary)
  const [, , ofCharacters] = ngramOrders(across, [{ split: 'test', part }], characters)
  const scores = across.score(tokens, part.documentStarts).slice(1)
  expect(ofCharacters.loss).toBeCloseTo(-scores.reduce((sum, value) => sum + value, 0) / 89, 12)
  expect(ofCharacters.loss).toBeLessThan(ofWords.loss - 0.01)
  expect(ofCharacters.bitsPerCharacter).toBeCloseTo(ofCharacters.loss / Math.LN2, 12)
})
