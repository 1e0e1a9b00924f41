// The finder names the planted units of networks set by hand and no others, and nothing in a network that does not
// count, however straight it looks within the training range.

import { describe, expect, test } from 'vitest'
import {
  countersAmong,
  findCounters,
  isCounter,
  isSteady,
  lineThrough,
  type BlockLines,
} from '../../../src/analysis/counting/find-counters.ts'
import type { AnalysedModel } from '../../../src/analysis/subject.ts'
import { languageVocabulary, parseLanguage } from '../../../src/data/language/language.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { counterByHand } from '../../../src/model/by-hand/counter.ts'
import { CELLS, smallModel, type SmallModel } from '../../engine/models.ts'
import { analysed, leakyGru } from './models.ts'

const native = await loadEngine({ engine: 'native', threads: 1 })
const anbn = { ...parseLanguage('anbn'), longest: 20 }
const anbncn = { ...parseLanguage('anbncn'), longest: 20 }

describe('a line', () => {
  test('has the slope and R² of least squares', () => {
    expect(lineThrough(Float32Array.of(3, 5, 7))).toEqual({ slope: 2, r2: 1 })
    // by hand: Σdx² = 2, Σdxdy = 3, Σdy² = 14/3
    const { slope, r2 } = lineThrough(Float32Array.of(1, 2, 4))
    expect(slope).toBeCloseTo(1.5, 12)
    expect(r2).toBeCloseTo(9 / (2 * (14 / 3)), 12)
  })

  test('is none where values do not vary, are too few or overflow', () => {
    for (const values of [[2, 2, 2], [5], [1, 2, Infinity], [1, NaN, 3]]) {
      expect(lineThrough(Float32Array.from(values))).toEqual({ slope: 0, r2: 0 })
    }
  })
})

describe('the rule', () => {
  const lines = (slope: number, slopeOutside = slope, r2 = 1, r2Outside = 1): BlockLines => (
    { slope, r2, slopeOutside, r2Outside }
  )
  const flat = lines(0, 0, 0, 0)

  test('names what goes up in a block and comes back in another', () => {
    expect(isCounter([lines(1), lines(-1)])).toBe(true)
    expect(isCounter([lines(-0.003), lines(0.003)])).toBe(true)
    expect(isCounter([lines(1), lines(-0.95)])).toBe(true)
    expect(isCounter([lines(1), lines(-1), flat])).toBe(true)
    expect(isCounter([flat, lines(1), lines(-1)])).toBe(true)
    expect(isCounter([lines(2), lines(-1), lines(-1)])).toBe(true)
  })

  test('names nothing that goes one way, stays, or comes to another place', () => {
    expect(isCounter([lines(1), lines(1)])).toBe(false)
    expect(isCounter([lines(1), flat])).toBe(false)
    expect(isCounter([flat, flat])).toBe(false)
    expect(isCounter([lines(1), lines(-0.8)])).toBe(false)
    expect(isCounter([lines(1), lines(-1), lines(-1)])).toBe(false)
  })

  test('asks for straight lines, and for the same beyond the training range', () => {
    expect(isSteady(lines(1, 0.92))).toBe(true)
    expect(isSteady(lines(1, 0.89))).toBe(false)
    expect(isSteady(lines(-1, 1))).toBe(false)
    expect(isSteady(lines(1, 1, 0.98))).toBe(false)
    expect(isSteady(lines(1, 1, 1, 0.98))).toBe(false)
    expect(isCounter([lines(1, 0.5), lines(-1)])).toBe(false)
  })
})

describe.each(['lstm', 'gru'] as const)('of an %s set by hand', (kind) => {
  test.each([anbn, anbncn])('exactly the planted units are named, on $name', (language) => {
    const { config, weights, counters } = counterByHand(kind, language)
    const subject = analysed({ config, weights }, language)
    const rows = findCounters(native, subject, language, { planted: counters })
    expect(rows).toHaveLength(config.units * language.letters.length)
    expect(countersAmong(rows)).toEqual(counters)
    expect(rows.every(({ counter, planted }) => counter === planted)).toBe(true)
    const step = kind === 'lstm' ? 1 : 2 ** -36
    counters.forEach((unit, pair) => {
      const slopes = rows.filter((row) => row.unit === unit).map((row) => [row.slope / step, row.slopeOutside / step])
      const expected = language.letters.map((_, block) => (block === pair ? 1 : block === pair + 1 ? -1 : 0))
      expect(slopes).toEqual(expected.map((slope) => [expect.closeTo(slope, 12), expect.closeTo(slope, 12)]))
    })
  })
})

test('gates are those of mid-block', () => {
  const { config, weights } = counterByHand('lstm', anbn)
  const [a, b] = findCounters(native, analysed({ config, weights }, anbn), anbn)
  expect(a).toMatchObject({ unit: '0.cell.0', block: 'a', gates: { input: 1, forget: 1, candidate: 1 }, planted: null })
  expect(b).toMatchObject({ unit: '0.cell.0', block: 'b', gates: { input: 1, forget: 1, candidate: -1, output: 1 } })
  expect(a.gates['output']).toBeLessThan(1e-12)
})

test.each(CELLS)('no unit of a random network counts, %s', (cell) => {
  for (let seed = 1; seed <= 20; seed++) {
    const size = { layers: 2, units: 10, embedding: 3, vocabulary: 3 }
    expect(named(smallModel(cell, size, seed))).toEqual([])
  }
})

test('a bounded unit that is straight within the training range is not taken for a counter', () => {
  const model = leakyGru(0.5 / anbn.longest)
  const rows = findCounters(native, analysed(model, anbn), anbn)
  const own = rows.filter(({ unit }) => unit === '0.hidden.0')
  expect(own).toHaveLength(2)
  for (const row of own) {
    expect(row.r2).toBeGreaterThan(0.99)
    expect(Math.abs(row.slope)).toBeGreaterThan(0.01)
    expect(isSteady(row)).toBe(false)
  }
  expect(countersAmong(rows)).toEqual([])
})

function named(model: SmallModel): string[] {
  const subject: AnalysedModel = { name: 'random', seed: 1, model: { ...model, vocabulary: languageVocabulary(anbn) } }
  return countersAmong(findCounters(native, subject, anbn))
}
