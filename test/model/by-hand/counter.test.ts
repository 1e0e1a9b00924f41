// Networks set by hand: each step of a counter is exact, every word is right as far as it is tried, and a word whose
// last block is off is not.

import { beforeAll, describe, expect, test } from 'vitest'
import { parseLanguage, wordOf, type CountingLanguage } from '../../../src/data/language/language.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { counterByHand, type CounterByHand } from '../../../src/model/by-hand/counter.ts'
import { countParameters } from '../../../src/model/weights.ts'

const KINDS = ['lstm', 'gru'] as const
const LANGUAGES = ['a^n b^n', 'a^n b^n c^n', 'a^n b^n c^n d^n e^n f^n'].map(parseLanguage)
const STEP = { lstm: 1, gru: 2 ** -36 }

let native: Engine
let tfjs: Engine
beforeAll(async () => {
  native = await loadEngine({ engine: 'native', threads: 1 })
  tfjs = await loadEngine({ engine: 'tfjs' })
})

/** p of each symbol of a word x^n y^n …, whose last block has `off` symbols more, and of its end. */
function probabilities(engine: Engine, model: CounterByHand, language: CountingLanguage, n: number, off = 0): number[] {
  const { letters } = language
  const word = letters.flatMap((_, block) => Array<number>(block < letters.length - 1 ? n : n + off).fill(block + 1))
  const steps = word.length + 1
  const batch = { tokens: Int32Array.of(0, ...word), rows: 1, steps }
  const { logProbabilities } = engine.run(model, batch, { targets: Int32Array.of(...word, 0) })
  return Array.from(logProbabilities!, Math.exp)
}

describe.each(KINDS)('a counting %s', (kind) => {
  test.each(LANGUAGES)('takes exact steps on $name', (language) => {
    const model = counterByHand(kind, language)
    const n = 300
    const word = wordOf(language, n).map((letter) => language.letters.indexOf(letter) + 1)
    const site = kind === 'lstm' ? '0.cell' : '0.hidden'
    const batch = { tokens: Int32Array.from(word), rows: 1, steps: word.length }
    const { recorded } = native.run(model, batch, { record: [site] })
    expect(model.counters).toHaveLength(language.letters.length - 1)
    model.counters.forEach((name, pair) => {
      const unit = Number(name.slice(site.length + 1))
      expect(name).toBe(`${site}.${unit}`)
      const values = word.map((_, step) => recorded[site][step * model.config.units + unit])
      const count = (step: number) => Math.max(0, n - Math.abs(n * (pair + 1) - (step + 1))) // a tent over two blocks
      expect(values).toEqual(word.map((_, step) => count(step) * STEP[kind]))
    })
  })

  test.each(LANGUAGES)('is sure wherever $name determines the next symbol, with either engine', (language) => {
    const model = counterByHand(kind, language)
    for (const [engine, longest] of [[native, 60], [tfjs, 5]] as const) {
      for (let n = 1; n <= longest; n++) {
        const all = probabilities(engine, model, language, n)
        expect(Math.min(...all.slice(n + 1))).toBeGreaterThan(0.999)
        expect(Math.min(...all)).toBeGreaterThan(0.4) // in the first block two symbols are possible
      }
    }
  })

  test.each(LANGUAGES)('counts to 10,000 on $name', (language) => {
    const model = counterByHand(kind, language)
    for (const n of [1000, 4095, 4097, 8191, 9999, 10_000]) {
      expect(Math.min(...probabilities(native, model, language, n).slice(n + 1))).toBeGreaterThan(0.999)
    }
  })

  test.each(LANGUAGES)('rejects words of $name whose last block is off', (language) => {
    const model = counterByHand(kind, language)
    for (const n of [6, 100, 10_000]) {
      for (const off of [-5, -3, -2, -1, 1, 2, 3, 5]) {
        expect(Math.min(...probabilities(native, model, language, n, off)), `${n} ${off}`).toBeLessThan(0.001)
      }
    }
  })

  test('has weights for every parameter of its config', () => {
    const { config, weights } = counterByHand(kind, LANGUAGES[1])
    expect(Object.values(weights).reduce((sum, values) => sum + values.length, 0)).toBe(countParameters(config))
  })
})

describe('a counting network whose weights are doubled', () => {
  const right = (kind: 'lstm' | 'gru') => {
    const model = counterByHand(kind, LANGUAGES[0])
    for (const values of Object.values(model.weights)) values.forEach((value, index) => (values[index] = 2 * value))
    return Math.min(...probabilities(native, model, LANGUAGES[0], 50).slice(51)) > 0.5
  }
  test('counts on where it is an LSTM, whose gates are saturated', () => expect(right('lstm')).toBe(true))
  test('does not where it is a GRU, whose counter needs a weight of exactly 1', () => expect(right('gru')).toBe(false))
})
