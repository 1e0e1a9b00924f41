// Horizons with fewer bits and larger weights, on networks whose limits are known.

import { beforeAll, expect, test } from 'vitest'
import { precision } from '../../../src/analysis/counting/precision.ts'
import { traceWord } from '../../../src/analysis/counting/traces.ts'
import { languageVocabulary, parseLanguage } from '../../../src/data/language/language.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { counterByHand } from '../../../src/model/by-hand/counter.ts'
import { PRECISIONS } from '../../../src/model/edits.ts'
import { roundTo } from '../../../src/model/precision.ts'
import { siteName, sitesOf } from '../../../src/model/sites.ts'
import { CELLS, smallBatch, smallModel } from '../../engine/models.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const language = { ...parseLanguage('a^n b^n'), longest: 20 }
const lstm = { name: 'lstm', seed: 1, model: { ...counterByHand('lstm', language), vocabulary: languageVocabulary(language) } }

test('an LSTM that counts by whole numbers counts as far as the format of its cell has them', async () => {
  const changes = ['bfloat16', 'float16', 'int8', 'times 2', 'times 100'] as const
  const rows = await precision(engine, lstm, language, { longest: 600, changes })
  // 8 bits of significand have the whole numbers to 256 and miss 257; float16 goes on to 2,048; of the 127 steps of int8
  // to the largest count of training, 20, a symbol takes 6.35, rounded to 6: there is room for 21 symbols
  expect(rows.map(({ change, horizon }) => [change, horizon])).toEqual([
    ['none', 600], ['bfloat16', 256], ['float16', 600], ['int8', 21], ['times 2', 600], ['times 100', 600],
  ])
  expect(rows.every(({ intactHorizon, tested }) => intactHorizon === 600 && tested === 600)).toBe(true)
})

test('a GRU that counts by tiny steps loses them in float16, and its weight of 1 when weights grow', async () => {
  const gru = { ...lstm, name: 'gru', model: { ...lstm.model, ...counterByHand('gru', language) } }
  const rows = await precision(engine, gru, language, { longest: 300, changes: ['bfloat16', 'float16', 'times 2'] })
  expect(rows.map(({ horizon }) => horizon)).toEqual([300, 256, 0, 0])
})

test.each(PRECISIONS)('a state that was rounded to %s is handed on as it is, from run to run', (round) => {
  for (const cell of CELLS) {
    const model = smallModel(cell, { layers: 2, units: 5, embedding: 3, vocabulary: 3, trained: true })
    const whole = smallBatch(model, 1, 12)
    const states = sitesOf(model.config).filter(({ quantity }) => quantity === 'hidden' || quantity === 'cell')
    const edits = states.flatMap((site) => [0, 1, 2, 3, 4].map((unit) => ({ unit: `${siteName(site)}.${unit}`, round })))
    const half = (start: number) => ({ tokens: whole.tokens.subarray(start, start + 6), rows: 1, steps: 6 })
    const { state } = engine.run(model, half(0), { edits })
    for (const values of Object.values(state)) expect(values).toEqual(values.map((value) => roundTo(round, value)))
    expect(engine.run(model, half(6), { edits, state }).state).toEqual(engine.run(model, whole, { edits }).state)
  }
})

test('a trace is every unit after every symbol; the counter goes up by one and down again', () => {
  const [trace] = traceWord(engine, lstm, language, 3)
  expect(trace).toMatchObject({ model: 'lstm', seed: 1, language: 'a^n b^n', cell: 'lstm', site: '0.cell', n: 3, word: 'a^3 b^3' })
  const counters = trace.units.filter(({ counter }) => counter)
  expect(counters).toHaveLength(1)
  expect(counters[0].values.map(Math.abs)).toEqual([1, 2, 3, 2, 1, 0])
  expect(trace.units.every(({ values }) => values.length === 6)).toBe(true)
})
