// The controls: one unit that keeps number; a code that all units share; none. And a network that follows the last noun,
// whose errors can be mended.

import { describe, expect, test } from 'vitest'
import { checkPatching, patching } from '../../../src/analysis/number-units/patching.ts'
import { poolPatches } from '../../../src/analysis/number-units/patches-over-seeds.ts'
import { repairs } from '../../../src/analysis/number-units/repairs.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { patch } from '../../../src/intervention/patch.ts'
import type { Model } from '../../../src/model/model.ts'
import { judgePatching, judgeRepairs, judgeWriting } from '../../../src/report/verdicts/patching.ts'
import type { PatchRow } from '../../../src/analysis/results.ts'
import type { Item } from '../../../src/tasks/items.ts'
import { patchedMargins } from '../../../src/tasks/patched-margins.ts'
import { recordItems } from '../../../src/tasks/record-items.ts'
import { encodeChoices, scoreItems } from '../../../src/tasks/score-items.ts'
import { distributedModel, LAST_NOUN, misledModel, PLANTED, plantedForms, plantedItems, plantedModel, randomModel, vocabulary } from '../planted.ts'

const UNITS = 24
const engine = await loadEngine()
const items = plantedItems(80)
const trainingText = plantedItems(6).map(({ prefix }) => ({ tokens: Int32Array.from(prefix, (word) => vocabulary.tokens.indexOf(word)) }))
const options = { trainingText, forms: plantedForms, groups: 30, resamples: 100 }
const subjectOf = (model: Model) => ({ name: 'model', seed: 1, model })
const patchAll = (model: Model, units: readonly number[]) =>
  patching(engine, subjectOf(model), items, { ...options, units: units.map((unit) => `0.hidden.${unit}`) })
const patchUnits = async (model: Model, units: readonly number[]) => (await patchAll(model, units)).rows
const judge = (rows: readonly PatchRow[]) => judgePatching({ pairs: [{ model: 'model', seed: 1, task: 'nounpp', pairs: 146, right: 146 }], rows }, 1)
const holdUnits = (model: Model, units: readonly number[]) =>
  repairs(engine, subjectOf(model), items, { ...options, units: units.map((unit) => `0.hidden.${unit}`) })

test('margins of patches are those of runs in which each item takes its own value', async () => {
  const model = randomModel(UNITS)
  const own = items.slice(0, 8)
  const step = 2
  const recording = await recordItems(engine, model, own, { sites: ['0.cell'] })
  const from = own.map((_, item) => (item + 3) % own.length)
  const { set } = patch('0.cell.7', recording, { steps: [step], from }) as { set: Float32Array }
  const choices = encodeChoices(own, vocabulary)
  const margins = await patchedMargins(engine, model, choices, step, [new Map(), new Map([['0.cell.7', set]])])
  const intact = await scoreItems(engine, model, own)
  for (const [item, choice] of own.entries()) {
    const edits = [{ unit: '0.cell.7', set: set[item], steps: [step] }]
    const [alone] = await scoreItems(engine, model, [choice], { edits })
    expect(margins[item]).toBeCloseTo(intact[item], 5)
    expect(margins[own.length + item]).toBeCloseTo(alone, 5)
    expect(Math.abs(alone - intact[item])).toBeGreaterThan(1e-4)
  }
})

describe('values copied from the sentence with the other subject', () => {
  test('turn every choice where one unit keeps number, at every word from the subject on', async () => {
    const rows = await patchUnits(plantedModel(UNITS), [PLANTED, LAST_NOUN])
    expect(new Set(rows.map(({ position }) => position))).toEqual(new Set([1, 2, 3, 4]))
    for (const row of rows) {
      const carries = [`0.cell.${PLANTED}`, 'chosen units', 'all units'].includes(row.patched)
      expect(row.flips).toBe(carries ? 1 : 0)
      if (row.comparable > 0) expect(row).toMatchObject({ bandLow: 0, bandHigh: 0 })
      // the other units see a word that differs in more than its number, and move the margin by thousandths
      if (row.patched === 'chosen units') expect(row.moved).toBeCloseTo(1, 2)
    }
    expect(rows.filter(({ patched }) => patched === 'chosen units').map(({ comparable }) => comparable)).toEqual(Array(16).fill(30))
    const [verdict] = judge(rows)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('the values of the 2 chosen units carry number from sentence to sentence, both ways')
    expect(verdict.sentence).toContain(`the best one alone, 0.cell.${PLANTED} 100.0 % of PS and 0.cell.${PLANTED} 100.0 % of SP`)
  })

  test('of one unit turn none where all share the code, though those of all units do', async () => {
    const rows = await patchUnits(distributedModel(UNITS), [PLANTED])
    expect(rows.filter(({ patched }) => patched === 'all units').every(({ flips }) => flips === 1)).toBe(true)
    const [verdict] = judge(rows)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain(`the values of 0.cell.${PLANTED} do not carry number`)
  })

  test('are not claimed to carry anything in a random network, nor by a unit that nobody reads', async () => {
    expect(judge(await patchUnits(plantedModel(UNITS), [LAST_NOUN]))[0].judgement).toBe('not found')
    expect(judgePatching(await patchAll(randomModel(UNITS), [PLANTED]), 1)[0].judgement).not.toBe('found')
  })

  test('cannot be judged on few items, or where copying everything turns nothing', async () => {
    const rows = await patchUnits(plantedModel(UNITS), [PLANTED])
    expect(judge(rows.map((row) => ({ ...row, n: 20 })))[0].judgement).toBe('cannot tell')
    const stubborn = rows.map((row) => (row.patched === 'all units' ? { ...row, flips: 0.1 } : row))
    const [verdict] = judge(stubborn)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('copying all units at')
  })
})

test('the planted network writes verbs of the other number when the planted unit is patched, not when units like it are', async () => {
  const { texts } = await patchAll(plantedModel(UNITS), [PLANTED])
  expect(texts).toHaveLength(4 * 2 * 3)
  expect(new Set(texts.map(({ patched }) => patched))).toEqual(new Set(['nothing', 'chosen units', 'units like them']))
  // verbs before another subject is written
  const verbsOf = (patched: string) => texts.filter((text) => text.patched === patched).flatMap(({ condition, written }) =>
    written.split('subject')[0].split(' ').filter((word) => word.startsWith('verb')).map((word) => `${condition[0]} ${word.at(-1)}`),
  )
  // other units move verbs a little, so that a rare one is drawn against the planted unit
  const shareTurned = (verbs: readonly string[]) => verbs.filter((verb) => verb[0] !== verb[2]).length / verbs.length
  for (const patched of ['nothing', 'units like them']) expect(shareTurned(verbsOf(patched))).toBeLessThan(0.1)
  expect(shareTurned(verbsOf('chosen units'))).toBeGreaterThan(0.9)
})

describe('whose number the first written verb has', () => {
  test('is that of the sentence that lends, where the planted unit is patched, both ways', async () => {
    const { pairs, writing } = await patchAll(plantedModel(UNITS), [PLANTED])
    expect(writing.map(({ condition, patched }) => `${condition} ${patched}`).sort()).toEqual(
      ['PS', 'SP'].flatMap((condition) => ['chosen units', 'nothing', 'units like them'].map((patched) => `${condition} ${patched}`)),
    )
    for (const { patched, turned, texts, n } of writing) {
      expect(texts).toBeGreaterThan(70)
      expect(n).toBeGreaterThan(50)
      if (patched === 'chosen units') expect(turned).toBeGreaterThan(0.9)
      else expect(turned).toBeLessThan(0.1)
    }
    const [verdict] = judgeWriting({ pairs, writing }, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('what is written takes the number that is copied, both ways')
  })

  test('is not, where all units share the code and one is patched, nor where nobody reads the unit', async () => {
    for (const [model, unit] of [[distributedModel(UNITS), PLANTED], [plantedModel(UNITS), LAST_NOUN]] as const) {
      const [verdict] = judgeWriting(await patchAll(model, [unit]), 1)
      expect(verdict.judgement, verdict.sentence).toBe('not found')
    }
  })

  test('cannot be told of few texts, nor of a network that is right on no pair, and is a candidate one way alone', async () => {
    const { pairs, writing } = await patchAll(plantedModel(UNITS), [PLANTED])
    const [few] = judgeWriting({ pairs, writing: writing.map((row) => ({ ...row, n: row.patched === 'nothing' ? 12 : 60 })) }, 1)
    expect(few).toMatchObject({ judgement: 'cannot tell' })
    expect(few.sentence).toContain('at most 12 sentences a condition, right without a patch, have a verb written after them')
    expect(judgeWriting({ pairs, writing: [] }, 1)[0]).toMatchObject({ judgement: 'cannot tell' })
    const oneWay = writing.map((row) => (row.condition === 'SP' ? { ...row, turned: 0, low: 0, high: 0.1 } : row))
    for (const own of [oneWay, writing.filter(({ condition }) => condition === 'PS')]) {
      const [verdict] = judgeWriting({ pairs, writing: own }, 1)
      expect(verdict).toMatchObject({ judgement: 'candidate' })
      expect(verdict.sentence).toContain('takes the number that is copied after PS')
    }
    const [counted] = judgeWriting({ pairs: [...pairs, { ...pairs[0], seed: 2, right: 0 }], writing }, 1)
    expect(counted.sentence).toContain('Of 2 seeds of model, in what they write: found in 1 (50 %')
  })
})

describe('units held at what they are in other sentences', () => {
  test('mend the errors of a network that follows the last noun, and break them at the other number', async () => {
    const rows = await holdUnits(misledModel(UNITS), [LAST_NOUN])
    for (const { condition, heldAt, ...row } of rows) {
      const isWrong = condition === 'SP' || condition === 'PS'
      expect(row).toMatchObject({ errors: isWrong ? 80 : 0, rights: isWrong ? 0 : 80, random: 20 })
      if (isWrong) expect(row.repaired).toBe(heldAt === 'own number' ? 1 : 0)
      else expect(row.broken).toBe(heldAt === 'own number' ? 0 : 1)
    }
    const [verdict] = judgeRepairs(rows, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('mends errors: 100.0 %')
  })

  test('mend nothing where the chosen unit is not read', async () => {
    const [verdict] = judgeRepairs(await holdUnits(misledModel(UNITS), [PLANTED]), 1)
    expect(verdict.judgement).toBe('not found')
  })

  test('break every choice of the planted network at the other number, and none at their own', async () => {
    const rows = await holdUnits(plantedModel(UNITS), [PLANTED])
    for (const row of rows) {
      expect(row).toMatchObject({ errors: 0, repaired: null, rights: 80, broken: row.heldAt === 'other number' ? 1 : 0 })
      expect(row.brokenByOthers).toBe(0)
    }
    const [verdict] = judgeRepairs(rows, 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('held at the other number they break 100.0 %')
  })
})

test('items without pairs, or of several lengths, are refused in a sentence', () => {
  const check = (own: readonly Item[]) => () => checkPatching('mine', own)
  expect(check(items)).not.toThrow()
  expect(check(items.filter(({ fields }) => fields.number === 'plural'))).toThrow('mine has no pairs for patching')
  expect(check([...items, { ...items[0], prefix: ['today', ...items[0].prefix] }])).toThrow('The items of mine differ in')
})

test('over seeds the share of turned choices is the mean of the networks, each on the pairs that it gets right', async () => {
  const planted = await patchAll(plantedModel(UNITS), [PLANTED])
  const distributed = await patchAll(distributedModel(UNITS), [PLANTED])
  expect(poolPatches(planted.turns)).toEqual([])
  const rows = poolPatches([...planted.turns, ...distributed.turns])
  expect(new Set(rows.map(({ model, seeds, patched }) => `${model} ${seeds} ${patched}`))).toEqual(
    new Set(['model 2 chosen units', 'model 2 all other units', 'model 2 all units']),
  )
  for (const row of rows) {
    if (row.patched === 'all units') expect(row).toMatchObject({ flips: 1, low: 1, high: 1 })
    if (row.patched === 'chosen units') expect(row).toMatchObject({ flips: 0.5, low: 0, high: 1 })
  }
  const counted = planted.turns.find(({ patched, items: [{ condition }] }) => patched === 'all units' && condition === 'SP')!
  expect(counted.items.every(({ half, condition }) => half === 'confirmation' && condition === 'SP')).toBe(true)
  const right = planted.rows.find(({ patched, condition }) => patched === 'all units' && condition === 'SP')!.n
  // an item stands for all that have its words
  expect(counted.turned.filter((value) => !Number.isNaN(value)).length).toBeLessThanOrEqual(right)
})
