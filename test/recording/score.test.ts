import { beforeAll, expect, test } from 'vitest'
import { log, logSumExp } from '../../src/core/math.ts'
import { Random } from '../../src/core/random.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { generate } from '../../src/recording/generate.ts'
import { score } from '../../src/recording/score.ts'
import { scoreItems } from '../../src/tasks/score-items.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const model = modelWithVocabulary('lstm')
const sequences = [4, 1, 9, 0, 6].map((length, index) => ({ tokens: randomTokens(length, 9, index) }))

/** log p of every word after a context, from all logits: a second way to the same numbers. */
function logProbabilitiesAfter(tokens: readonly number[]): number[] {
  const batch = { tokens: Int32Array.from(tokens), rows: 1, steps: tokens.length }
  const { logits = new Float32Array(0) } = engine.run(model, batch, { logitsAt: Int32Array.of(tokens.length - 1) })
  const total = logSumExp(logits)
  return Array.from(logits, (logit) => logit - total)
}

test.each([1, 2, 256])('surprisals are those of the full softmax, in batches of %i', async (batchRows) => {
  const found = await score(model, sequences, { engine, batchRows })
  expect(found.map(({ length }) => length)).toEqual([4, 1, 9, 0, 6])
  sequences.forEach(({ tokens }, sequence) => {
    tokens.forEach((token, position) => {
      const expected = -logProbabilitiesAfter([0, ...tokens.subarray(0, position)])[token]
      expect(found[sequence][position]).toBeCloseTo(expected, 5) // float32 against double
    })
  })
})

test('with nothing read before, the first token has no surprisal', async () => {
  const [first, ...others] = (await score(model, sequences.slice(2, 3), { engine, state: 'zeros' }))[0]
  expect(first).toBeNaN()
  const tokens = sequences[2].tokens
  others.forEach((surprisal, index) => {
    expect(surprisal).toBeCloseTo(-logProbabilitiesAfter([...tokens.subarray(0, index + 1)])[tokens[index + 1]], 5)
  })
})

test('probabilities of all words at one place sum to one', async () => {
  const all = Array.from({ length: 9 }, (_, token) => ({ tokens: Int32Array.of(3, 5, token) }))
  const surprisals = (await score(model, all, { engine })).map((own) => -own[2])
  expect(logSumExp(surprisals)).toBeCloseTo(log(1), 5)
})

test('what says tags has no surprisal, writes nothing and prefers no word', async () => {
  const tagger = modelWithVocabulary('lstm', { tags: 4 })
  const says = 'This model says a tag of each token, not the next token'
  await expect(score(tagger, sequences, { engine })).rejects.toThrow(`${says}: it has no surprisal.`)
  await expect(generate(tagger, { engine, length: 3, random: new Random(1) }).next()).rejects.toThrow(`${says}: it writes nothing.`)
  const pair = { prefix: ['word2'], right: 'word3', wrong: 'word4' }
  await expect(scoreItems(engine, tagger, [pair])).rejects.toThrow(`${says}: it prefers no word.`)
})
