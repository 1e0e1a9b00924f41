// The controls: one unit that keeps number and that the decoder alone reads; a code that all units share; none.

import { describe, expect, test } from 'vitest'
import { ablationKinds } from '../../../src/analysis/number-units/ablation-kinds.ts'
import { poolSeeds } from '../../../src/analysis/number-units/over-seeds.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { ablate } from '../../../src/intervention/edits.ts'
import { unitMeans } from '../../../src/intervention/means.ts'
import type { Edit } from '../../../src/model/edits.ts'
import type { Model } from '../../../src/model/model.ts'
import { judgeGroups, judgeSensitivity, judgeWays } from '../../../src/report/verdicts/ablation-kinds.ts'
import { record } from '../../../src/recording/record.ts'
import { meanSurprisal, score } from '../../../src/recording/score.ts'
import { distributedModel, LAST_NOUN, PLANTED, plantedItems, plantedModel, randomModel, vocabulary } from '../planted.ts'

const UNITS = 24
const engine = await loadEngine()
const items = plantedItems(80)
const trainingText = plantedItems(6).map(({ prefix }) => ({ tokens: Int32Array.from(prefix, (word) => vocabulary.tokens.indexOf(word)) }))
const heldOutText = trainingText.slice(0, 20)

function change(model: Model, units: readonly number[]) {
  const options = { units: units.map((unit) => `0.hidden.${unit}`), doses: [0.5, -1], groups: 40, trainingText, heldOutText, resamples: 100 }
  return ablationKinds(engine, { name: 'model', seed: 1, model }, items, options)
}

const planted = await change(plantedModel(UNITS), [PLANTED, LAST_NOUN])
const own = planted.rows.filter(({ unit, condition }) => unit === `0.hidden.${PLANTED}` && condition === 'SP and PP')
const row = (set: string, readers = 'all', factor: number | null = null) =>
  own.find((one) => one.set === set && one.readers === readers && one.factor === factor)!

describe('ways of removing a unit', () => {
  test('each has its rows on items that did not choose it', () => {
    expect(own.map(({ set, readers, factor }) => [set, readers, factor])).toEqual([
      ['mean', 'all', null], ['zero', 'all', null], ['resample', 'all', null],
      ['mean', 'recurrent', null], ['mean', 'decoder', null], ['scale', 'all', 0.5], ['scale', 'all', -1],
    ])
    expect(new Set(planted.rows.map(({ half }) => half))).toEqual(new Set(['confirmation']))
    expect(own.map(({ comparable }) => comparable)).toEqual(Array(7).fill(20))
  })

  test('tell who reads it: nobody but the decoder, in whose logits it is linear', () => {
    expect(row('mean', 'recurrent').marginDrop).toBe(0)
    expect(row('mean', 'decoder').marginDrop).toBeCloseTo(row('mean').marginDrop, 4)
    expect(row('scale', 'all', 0.5).marginDrop).toBeCloseTo(row('zero').marginDrop / 2, 3)
    expect(row('scale', 'all', -1).marginDrop).toBeCloseTo(2 * row('zero').marginDrop, 3)
  })

  test('lend values of other items: half of them have the other number', () => {
    // own number: nothing is lost; the other one: the margin is turned round
    const { marginDrop } = row('resample')
    expect(marginDrop / row('scale', 'all', -1).marginDrop).toBeGreaterThan(0.25)
    expect(marginDrop / row('scale', 'all', -1).marginDrop).toBeLessThan(0.75)
  })

  test('find the planted unit in every way, and not the one that nobody reads', async () => {
    const [verdict] = judgeWays(planted.rows, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain(`removing 0.hidden.${PLANTED} costs more than removing any unit like it, however`)
    const unread = await change(plantedModel(UNITS), [LAST_NOUN])
    expect(judgeWays(unread.rows, 1)[0].judgement).toBe('not found')
  })

  test('deny one unit of a code that all share, and of a random network', async () => {
    for (const model of [distributedModel(UNITS), randomModel(UNITS)]) {
      expect(judgeWays((await change(model, [PLANTED])).rows, 1)[0].judgement).not.toBe('found')
    }
  })

  test('cannot tell from few items, or beside few units', () => {
    expect(judgeWays(planted.rows.map((one) => ({ ...one, n: 12 })), 1)[0].judgement).toBe('cannot tell')
    expect(judgeWays(planted.rows.map((one) => ({ ...one, comparable: 11 })), 1)[0].judgement).toBe('cannot tell')
  })
})

test('what a unit costs on ordinary text stands beside what units like it cost', async () => {
  const { losses } = planted
  expect(losses.map(({ unit, n, comparable }) => [unit, n, comparable])).toEqual(
    [PLANTED, LAST_NOUN].map((unit) => [`0.hidden.${unit}`, 100, 20]),
  )
  expect(losses[1].change).toBe(0) // nobody reads it
  const model = plantedModel(UNITS)
  const lossOf = async (edits: readonly Edit[]) => meanSurprisal(await score(model, heldOutText, { engine, edits }))
  const recording = await record(model, trainingText, { sites: ['0.hidden'], engine })
  const means = await unitMeans(recording, 'training text')
  const removed = await lossOf(ablate([`0.hidden.${PLANTED}`], means))
  expect(losses[0].change).toBeCloseTo(removed - (await lossOf([])), 12)
})

describe('the unit on top under other choices', () => {
  test('is removed after three beginnings, in both halves, in two ways; one of these is the headline', () => {
    const pairs = planted.sensitivity.filter(({ condition }) => condition === 'SP and PP')
    expect(pairs.map(({ before, half, set }) => `${before}, ${half}, ${set}`)).toEqual(
      ['confirmation', 'discovery'].flatMap((half) => ['nothing', 'end of sentence', 'five sentences'].flatMap((before) =>
        ['mean', 'zero'].map((set) => `${before}, ${half}, ${set}`))),
    )
    const headline = pairs.find(({ before, half, set }) => before === 'end of sentence' && half === 'confirmation' && set === 'mean')!
    for (const key of ['marginDrop', 'marginDropLow', 'drop', 'marginBandHigh'] as const) expect(headline[key]).toBe(row('mean')[key])
    const after = (before: string) => pairs.find((one) => one.before === before && one.half === 'confirmation' && one.set === 'zero')!
    expect(after('five sentences').marginDrop).not.toBe(after('nothing').marginDrop)
  })

  test('stands out in all of them where it alone keeps number, in none where nobody reads it', async () => {
    const [found] = judgeSensitivity(planted.sensitivity, 1)
    expect(found.judgement).toBe('found')
    expect(found.sentence).toContain('(12 combinations, n = ')
    const unread = await change(plantedModel(UNITS), [LAST_NOUN])
    expect(judgeSensitivity(unread.sensitivity, 1)[0].judgement).toBe('not found')
    const few = planted.sensitivity.map((one) => ({ ...one, n: 10 }))
    expect(judgeSensitivity(few, 1)[0].judgement).toBe('cannot tell')
  })
})

test('over seeds the cost is the mean of what each network loses, and of one seed nothing is said', async () => {
  const other = await change(plantedModel(UNITS), [PLANTED])
  expect(poolSeeds(planted.trials)).toEqual([])
  const rows = poolSeeds([...planted.trials, ...other.trials])
  expect(new Set(rows.map(({ model, seeds }) => `${model} ${seeds}`))).toEqual(new Set(['model 2']))
  const pooled = rows.find(({ what, condition }) => what === 'unit on top' && condition === 'SP and PP')!
  expect(pooled.marginDrop).toBeCloseTo(row('mean').marginDrop, 5)
  expect(pooled.marginDropLow).toBeLessThan(pooled.marginDrop)
  expect(pooled.marginDropHigh).toBeGreaterThan(pooled.marginDrop)
})

describe('the chosen units together', () => {
  const group = (what: string, condition: string) => planted.groups.find((one) => one.what === what && one.condition === condition)!

  test('cost all when removed, and suffice when the others are', () => {
    expect(group('removed', 'SP and PP')).toMatchObject({ size: 2, intact: 1, random: 40 })
    expect(group('removed', 'SP and PP').accuracy).toBeLessThan(0.7)
    expect(group('removed', 'SP and PP').marginP).toBeCloseTo(1 / 41, 10)
    expect(group('kept', 'SP and PP')).toMatchObject({ accuracy: 1, random: 40 })
    expect(group('kept', 'SP and PP').randomMedian).toBeGreaterThan(0.3)
    const [verdict] = judgeGroups(planted.groups, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain(`0.hidden.${PLANTED}, 0.hidden.${LAST_NOUN} together cost more than groups like them`)
  })

  test('cost no more than groups like them where all units share the code', async () => {
    const { groups } = await change(distributedModel(UNITS), [PLANTED, LAST_NOUN])
    expect(judgeGroups(groups, 1)[0].judgement).toBe('not found')
  })
})
