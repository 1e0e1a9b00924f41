// Text that a model writes: it comes as often as the model expects it, and under the edits that were asked for.

import { beforeAll, describe, expect, test } from 'vitest'
import { exp } from '../../src/core/math.ts'
import { Random } from '../../src/core/random.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { drawToken, surprisalOf, type DrawOptions } from '../../src/recording/draw-token.ts'
import { generate, type GeneratedToken, type GenerateOptions } from '../../src/recording/generate.ts'
import { record } from '../../src/recording/record.ts'
import { score } from '../../src/recording/score.ts'
import { modelWithVocabulary } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

describe('a token', () => {
  /** Probabilities .5, .3, .15 and .05, not in order. */
  const probabilities = [0.15, 0.5, 0.05, 0.3]
  const logits = Float32Array.from(probabilities, (probability) => Math.log(probability) + 7)

  function shares(options: DrawOptions): number[] {
    const random = new Random('draws')
    const counts = [0, 0, 0, 0]
    for (let draw = 0; draw < 4000; draw++) counts[drawToken(logits, options, random)] += 1 / 4000
    return counts
  }

  function expectShares(found: readonly number[], expected: readonly number[]): void {
    // 4,000 draws: a share has a standard error below 0.008
    found.forEach((share, token) => expect(Math.abs(share - expected[token])).toBeLessThan(0.03))
    expect(found.map((share) => share === 0)).toEqual(expected.map((share) => share === 0))
  }

  test('comes as often as the model expects it', () => expectShares(shares({}), probabilities))

  test('is drawn from p^(1/T) at temperature T', () => {
    const powers = probabilities.map((probability) => probability ** 2)
    const sum = powers.reduce((a, b) => a + b)
    expectShares(shares({ temperature: 0.5 }), powers.map((power) => power / sum))
    expectShares(shares({ temperature: 0 }), [0, 1, 0, 0])
  })

  test('is one of the k most probable, or of the nucleus', () => {
    expectShares(shares({ topK: 2 }), [0, 5 / 8, 0, 3 / 8])
    expectShares(shares({ nucleus: 0.75 }), [0, 5 / 8, 0, 3 / 8])
    expectShares(shares({ nucleus: 0.81 }), [3 / 19, 10 / 19, 0, 6 / 19])
    expectShares(shares({ nucleus: 0.01 }), [0, 1, 0, 0])
  })

  test('is none of those that are left out', () => {
    expectShares(shares({ without: new Set([1]) }), [0.3, 0, 0.1, 0.6])
  })

  test('has the surprisal of the whole distribution', () => {
    probabilities.forEach((probability, token) => expect(exp(-surprisalOf(token, logits))).toBeCloseTo(probability, 6))
  })
})

describe('a text', () => {
  const model = modelWithVocabulary('lstm')
  const prompt = Int32Array.of(3, 4)

  async function write(options: Partial<GenerateOptions> = {}): Promise<GeneratedToken[]> {
    const written: GeneratedToken[] = []
    const all = { engine, length: 12, random: new Random(5), prompt, ...options }
    for await (const token of generate(model, all)) written.push(token)
    return written
  }
  const tokensOf = (written: readonly GeneratedToken[]) => Int32Array.of(...prompt, ...written.map(({ token }) => token))

  test('is the same for the same seed, and another for another', async () => {
    expect(await write()).toEqual(await write())
    expect(tokensOf(await write())).not.toEqual(tokensOf(await write({ random: new Random(6) })))
  })

  test.each([
    ['without edits', []],
    ['under an edit', [{ unit: '1.cell.2', set: 1 }]],
    ['under an edit of some steps', [{ unit: '0.hidden.1', add: 2, steps: [1, 4, 5] }]],
  ])('%s has the surprisals and values that scoring and recording give it', async (_, edits) => {
    const written = await write({ edits, record: '1.cell' })
    const tokens = tokensOf(written)
    const [surprisals] = await score(model, [{ tokens }], { engine, edits })
    const recording = await record(model, [{ tokens }], { engine, edits, sites: ['1.cell'] })
    const { values } = recording.read(prompt.length, written.length)
    written.forEach((token, index) => {
      expect(token.surprisal).toBeCloseTo(surprisals[prompt.length + index], 5)
      token.values!.forEach((value, unit) => expect(value).toBeCloseTo(values['1.cell'][index * 5 + unit], 5))
    })
  })

  test('ends after the token that stops it', async () => {
    const whole = await write()
    const stop = whole[4].token
    const first = whole.findIndex(({ token }) => token === stop)
    expect(await write({ stop })).toEqual(whole.slice(0, first + 1))
  })

  test('needs something to begin with', async () => {
    await expect(write({ prompt: undefined, state: 'zeros' })).rejects.toThrow('There is nothing to begin with')
  })
})
