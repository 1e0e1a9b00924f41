// Changes of units: a shift of k symbols in a planted counter makes its block k symbols too long, and words run side by
// side end where each of them ends alone.

import { describe, expect, test } from 'vitest'
import { findCounters } from '../../../src/analysis/counting/find-counters.ts'
import { interventions } from '../../../src/analysis/counting/interventions.ts'
import { shiftedEnds, type Shift } from '../../../src/analysis/counting/shifts.ts'
import { parseLanguage } from '../../../src/data/language/language.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { counterByHand } from '../../../src/model/by-hand/counter.ts'
import { setter } from '../../../src/model/by-hand/setter.ts'
import { viewWeights } from '../../../src/model/weights.ts'
import { CELLS, smallConfig, smallModel, type SmallModel } from '../../engine/models.ts'
import { analysed, leakyGru } from './models.ts'

const native = await loadEngine({ engine: 'native', threads: 1 })
const anbn = { ...parseLanguage('anbn'), longest: 20 }
const anbncn = { ...parseLanguage('anbncn'), longest: 20 }

async function changesOf(model: SmallModel, language: typeof anbn, shifts: readonly number[] = []) {
  const subject = analysed(model, language)
  return interventions(native, subject, language, findCounters(native, subject, language), { shifts })
}

describe.each(['lstm', 'gru'] as const)('in an %s set by hand', (kind) => {
  test.each([anbn, anbncn])('a shift of k makes the model k symbols off, on $name', async (language) => {
    const model = counterByHand(kind, language)
    const changes = await changesOf(model, language, [1, 5, -5])
    const shifted = changes.filter(({ change }) => change === 'shifted')
    expect(shifted.map(({ unit, shift }) => [unit, shift])).toEqual(
      model.counters.flatMap((unit) => [[unit, 1], [unit, 5], [unit, -5]]),
    )
    for (const row of shifted) {
      const lengths = 20 - 2 * Math.abs(row.shift!)
      expect(row).toMatchObject({ meanOff: row.shift, expectedOff: row.shift, share: 1, n: lengths, counter: true })
      const others = model.config.units - model.counters.length
      expect(row).toMatchObject({ comparable: others, comparableLow: 0, comparableHigh: 0 })
    }
  })

  test('the counter is needed', async () => {
    const model = counterByHand(kind, anbn)
    const changes = await changesOf(model, anbn)
    expect(changes).toHaveLength(2 * model.config.units)
    const [counter] = model.counters
    const own = changes.filter(({ unit }) => unit === counter)
    expect(own).toMatchObject([
      { change: 'removed', horizon: 0, intactHorizon: 40, n: 40, counter: true }, // at its mean it always wants more
      { change: 'frozen', horizon: 1, intactHorizon: 40, n: 40, counter: true }, // at zero it is content with one
    ])
  })
})

test('each unit stands beside the others that do not count', async () => {
  const { config, weights } = counterByHand('lstm', anbn)
  const changes = (await changesOf({ config, weights }, anbn)).filter(({ change }) => change === 'frozen')
  const horizons = changes.map(({ horizon }) => horizon!)
  expect(changes.map(({ counter }) => counter)).toEqual([true, false, false])
  expect(changes.map(({ comparable }) => comparable)).toEqual([2, 1, 1])
  const [, a, b] = horizons
  expect(changes.map(({ comparableLow }) => comparableLow)).toEqual([Math.min(a, b), b, a])
  expect(changes.map(({ comparableHigh }) => comparableHigh)).toEqual([Math.max(a, b), b, a])
})

test('nothing is shifted where nothing counts', async () => {
  const model = leakyGru(0.1)
  model.weights['decoderBias'][0] = 5 // always the end: right where n is 1
  const changes = await changesOf(model, anbn, [2])
  expect(changes.map(({ change, counter }) => [change, counter])).toEqual([
    ['removed', false], ['removed', false], ['frozen', false], ['frozen', false],
  ])
})

test('a shift that no length has room for has no row', async () => {
  const changes = await changesOf(counterByHand('lstm', anbn), anbn, [9, 10])
  expect(changes.filter(({ change }) => change === 'shifted').map(({ shift, n }) => [shift, n])).toEqual([[9, 2]])
})

test('a model that is wrong from the first word on is not changed', async () => {
  const { config, weights } = counterByHand('lstm', anbn)
  weights['decoderBias'][1] = 100 // always an a
  expect(await changesOf({ config, weights }, anbn, [5])).toEqual([])
})

test('counters that share a count are shifted together, too', async () => {
  const changes = (await changesOf(twoCounters(), anbn, [4])).filter(({ change }) => change === 'shifted')
  expect(changes).toMatchObject([
    { unit: '0.hidden.0', meanOff: 3, share: 0, expectedOff: 4 },
    { unit: '0.hidden.1', meanOff: 1, share: 0, expectedOff: 4 },
    { unit: '0.hidden.0 and 0.hidden.1', meanOff: 4, share: 1, expectedOff: 4, counter: true, comparable: 1 },
  ])
})

/** A relu network whose count is three parts of unit 0 and one part of unit 1. */
function twoCounters(): SmallModel {
  const config = smallConfig('rnn relu', { layers: 1, units: 3, embedding: 3, vocabulary: 3 })
  const weights = viewWeights(config)
  const place = setter(config, weights)
  for (let token = 0; token < 3; token++) place.embedding(token, token, 1)
  for (const unit of [0, 1]) {
    place.input(0, 'hidden', unit, 100) // far from 0, where a relu would keep a shift from going below
    place.input(1, 'hidden', unit, 1)
    place.input(2, 'hidden', unit, -1)
    place.recurrent(unit, 'hidden', unit, 1)
    place.decoder(2, unit, unit === 0 ? 30 : 10)
  }
  place.input(2, 'hidden', 2, 1) // a b was read
  place.decoder(1, 2, -10_000)
  place.decoderBias(2, -4020) // b where the count is at least ½
  return { config, weights }
}

describe('blocks of many words read side by side', () => {
  test.each(CELLS)('end where those of one word do, %s', (cell) => {
    const shifts: Shift[] = [
      [{ unit: '0.hidden.1', by: 0.7 }],
      [{ unit: '1.hidden.3', by: -2 }, { unit: '0.hidden.3', by: 1 }],
      [{ unit: '1.hidden.0', by: 40 }],
      [],
    ]
    const lengths = [1, 2, 5, 9]
    const ends: number[] = []
    for (const [seed, block] of [[1, 1], [2, 2], [3, 1], [4, 2], [5, 1], [6, 2]]) {
      const model = smallModel(cell, { layers: 2, units: 4, embedding: 3, vocabulary: 4, trained: true }, seed)
      model.weights['decoderBias'].fill(0)[block === 1 ? 3 : 0] = 1.2 // so that some blocks end
      const found = shiftedEnds(native, model, anbncn, { shifts, block, lengths, most: 6 })
      expect(found).toEqual(shifts.map((shift) => lengths.map((n) => endOf(model, shift, block, n, 6))))
      ends.push(...found.flatMap((offs) => offs.map((off, place) => off + lengths[place])))
    }
    expect(new Set(ends).size).toBeGreaterThan(4) // after the first symbol, later, or never
  })
})

/** The same, one word at a time from its beginning. */
function endOf(model: SmallModel, shift: Shift, block: number, n: number, most: number): number {
  const word = [0, ...Array.from({ length: block }, (_, each) => Array<number>(n).fill(each + 1)).flat()]
  const tokens = Int32Array.of(...word, ...Array<number>(n + most).fill(block + 1))
  const targets = new Int32Array(tokens.length).fill(block === 2 ? 0 : block + 2)
  const edits = shift.map(({ unit, by }) => ({ unit, add: by, steps: [word.length - 1] }))
  const { logProbabilities } = native.run(model, { tokens, rows: 1, steps: tokens.length }, { targets, edits })
  for (let letters = 1; letters <= n + most; letters++) {
    if (Math.exp(logProbabilities![word.length - 1 + letters]) > 0.5) return letters - n
  }
  return most
}
