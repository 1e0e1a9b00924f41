// The finder on networks whose units are known: a latch that holds whatever quotation mark came last.

import { beforeAll, describe, expect, test } from 'vitest'
import { insideQuotes } from '../../../probes/inside-quotes.ts'
import { linePosition } from '../../../probes/line-position.ts'
import { wordPosition } from '../../../probes/word-position.ts'
import { ifBody } from '../../../probes/if-body.ts'
import { emergence } from '../../../src/analysis/finder/emergence.ts'
import { findUnits, type FoundUnits } from '../../../src/analysis/finder/find-units.ts'
import { Random } from '../../../src/core/random.ts'
import { encodePart, type DatasetPart } from '../../../src/data/dataset.ts'
import type { Vocabulary } from '../../../src/data/vocabulary.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { ModelConfig } from '../../../src/model/config.ts'
import { initializeWeights } from '../../../src/model/initialization.ts'
import type { Model } from '../../../src/model/model.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const tokens = ['\n', ' ', 'a', 'b', '“', '”']
const vocabulary: Vocabulary = { kind: 'characters', tokens, rare: 'unknown', lowercase: false, end: '\n' }
const config: ModelConfig = {
  cell: 'rnn', activation: 'tanh', layers: 1, units: 12, embedding: 6, vocabulary: 6, tied: false, dropout: 0,
  initialState: 'zeros', initialization: { embedding: 'uniform', kernel: 2, recurrentKernel: 0.5, decoder: 0 },
}

/** Lines of words, some of them within quotation marks, which may go over line ends. */
function documentOf(number: number): DatasetPart['documents'][number] {
  const random = new Random(`document ${number}`)
  let inside = false
  const words = Array.from({ length: 400 }, () => {
    const word = 'ab'.repeat(1 + random.integer(3))
    if (random.uniform() > 0.15) return word
    inside = !inside
    return inside ? `“${word}` : `${word}”`
  })
  const text = words.join(' ') + (inside ? '”' : '')
  const lines = text.match(/.{1,40}/g) ?? []
  return { name: `d${number}`, category: null, sentences: lines.map((line) => ({ tokens: [...line], paragraph: 0 })) }
}
const part = encodePart(Array.from({ length: 24 }, (_, number) => documentOf(number)), vocabulary)

/** Random weights; unit 2 is then a latch: h ← tanh(3 h + 6 x), x = 1 at an opening mark, −1 at a closing one. */
function latch(): Model {
  const weights = initializeWeights(config, new Random(1).fork('weights'))
  const { units, embedding } = config
  tokens.forEach((token, id) => {
    for (let dimension = 0; dimension < embedding; dimension++) weights['embedding'][id * embedding + dimension] = Number(dimension === id)
    weights['0.kernel'][id * units + 2] = token === '“' ? 6 : token === '”' ? -6 : 0
  })
  for (let from = 0; from < units; from++) weights['0.recurrentKernel'][from * units + 2] = from === 2 ? 3 : 0
  return { config, vocabulary, weights }
}

const options = { sites: ['hidden'], probes: [insideQuotes, linePosition, wordPosition, ifBody], permutations: 60 }
const find = (model: Model) => findUnits(engine, { name: 'm', seed: 1, model }, part, '\n', options)
const rowOf = ({ rows }: FoundUnits, probe: string) => rows.find((row) => row.probe === probe)!

describe('a planted unit', () => {
  let found: FoundUnits
  beforeAll(async () => { found = await find(latch()) })

  test('is found, and confirmed in documents in which it was not chosen', () => {
    const row = rowOf(found, 'inside-quotes')
    expect(row).toMatchObject({ unit: '0.hidden.2', site: '0.hidden', documents: 12 })
    expect(row.heldOut).toBeGreaterThan(0.99)
    expect(row.low).toBeGreaterThan(0.7) // twelve documents of twelve
    expect(row.p).toBe(1 / 61)
    expect(row.information).toBeGreaterThan(0.8 * row.entropy)
  })

  test('beats the untrained network, and rotated axes, which mix it with others', () => {
    const row = rowOf(found, 'inside-quotes')
    expect(Math.abs(row.untrained - 0.5)).toBeLessThan(0.3)
    expect(Math.abs(row.rotated - 0.5)).toBeLessThan(Math.abs(row.heldOut - 0.5) - 0.01)
  })

  test('is not one for something else', () => {
    expect(rowOf(found, 'inside-quotes').selectivity).toBeGreaterThan(0.8)
    expect(rowOf(found, 'line-position').unit).not.toBe('0.hidden.2')
  })

  test('leads the list of its probe; a probe that has no answer here is said to be left out', () => {
    const own = found.scores.filter((row) => row.probe === 'inside-quotes')
    expect(own.map(({ unit }) => unit)[0]).toBe('0.hidden.2')
    expect(own).toHaveLength(10)
    expect(found.audit).toEqual(['if-body: every answer is the same in one half of the documents, or none is decided.'])
  })
})

test('a network without a latch has no unit for quotation marks', async () => {
  const model = { config, vocabulary, weights: initializeWeights(config, new Random(9).fork('weights')) }
  expect(Math.abs(rowOf(await find(model), 'inside-quotes').heldOut - 0.5)).toBeLessThan(0.3)
})

test('a unit that comes in the second half of a training emerges there', async () => {
  const before = { config, vocabulary, weights: initializeWeights(config, new Random(9).fork('weights')) }
  const snapshots = [{ share: 0, model: before }, { share: 0.5, model: before }, { share: 1, model: latch() }]
  const rows = await emergence(engine, { name: 'm', seed: 1 }, snapshots, part, '\n', options)
  const quotes = rows.filter(({ probe }) => probe === 'inside-quotes')
  expect(quotes.map(({ share }) => share)).toEqual([0, 0.5, 1])
  expect(quotes[1].strength).toBeLessThan(0.6)
  expect(quotes[2]).toMatchObject({ unit: '0.hidden.2', chance: 0.5 })
  expect(quotes[2].strength).toBeGreaterThan(0.98)
  const found = rowOf(await find(latch()), 'inside-quotes')
  expect(quotes[2].heldOut).toBe(found.heldOut)
  expect(new Set(rows.map(({ probe }) => probe))).toEqual(new Set(['inside-quotes', 'line-position', 'word-position']))
})

test('the typical unit has as many units that tell more as units that tell less', async () => {
  const { typical, scores } = await find(latch())
  const lists = (unit: string) => scores.filter((row) => row.unit === unit).length
  expect(typical).toMatch(/^0\.hidden\.\d+$/)
  expect(typical).not.toBe('0.hidden.2')
  expect(lists('0.hidden.2')).toBeGreaterThan(0)
  const strongest = (unit: string) => Math.max(...scores.filter((row) => row.unit === unit).map(
    ({ score, chance }) => (chance === 0.5 ? 2 * Math.abs(score - 0.5) : Math.abs(score)),
  ))
  const others = Array.from({ length: 12 }, (_, unit) => strongest(`0.hidden.${unit}`))
  expect(others.filter((other) => other > strongest(typical)).length).toBeGreaterThanOrEqual(4)
  expect(others.filter((other) => other > strongest(typical)).length).toBeLessThanOrEqual(7)
})
