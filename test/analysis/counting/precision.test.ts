// Horizons with fewer bits and larger weights, on networks whose limits are known.

import { beforeAll, expect, test } from 'vitest'
import { precision } from '../../../src/analysis/counting/precision.ts'
import { traceWord } from '../../../src/analysis/counting/traces.ts'
import { languageVocabulary, parseLanguage } from '../../../src/data/language/language.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { counterByHand } from '../../../src/model/by-hand/counter.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const language = { ...parseLanguage('a^n b^n'), longest: 20 }
const lstm = { name: 'lstm', seed: 1, model: { ...counterByHand('lstm', language), vocabulary: languageVocabulary(language) } }

test('an LSTM that counts by whole numbers counts as far as the format of its cell has them', async () => {
  const changes = ['bfloat16', 'float16', 'int8', 'times 2', 'times 100'] as const
  const rows = await precision(engine, lstm, language, { longest: 600, changes })
  // 8 bits of significand have the whole numbers to 256 and miss 257; float16 goes on to 2,048; int8 is clipped at 1
  expect(rows.map(({ change, horizon }) => [change, horizon])).toEqual([
    ['none', 600], ['bfloat16', 256], ['float16', 600], ['int8', 1], ['times 2', 600], ['times 100', 600],
  ])
  expect(rows.every(({ intactHorizon, tested }) => intactHorizon === 600 && tested === 600)).toBe(true)
})

test('a trace is every unit after every symbol; the counter goes up by one and down again', () => {
  const [trace] = traceWord(engine, lstm, language, 3)
  expect(trace).toMatchObject({ model: 'lstm', seed: 1, language: 'a^n b^n', cell: 'lstm', site: '0.cell', n: 3, word: 'a^3 b^3' })
  const counters = trace.units.filter(({ counter }) => counter)
  expect(counters).toHaveLength(1)
  expect(counters[0].values.map(Math.abs)).toEqual([1, 2, 3, 2, 1, 0])
  expect(trace.units.every(({ values }) => values.length === 6)).toBe(true)
})
