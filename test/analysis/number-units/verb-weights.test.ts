import { describe, expect, test } from 'vitest'
import { verbWeights } from '../../../src/analysis/number-units/verb-weights.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { Model } from '../../../src/model/model.ts'
import type { Item } from '../../../src/tasks/items.ts'
import { judgeVerbWeights } from '../../../src/report/verdicts/verb-weights.ts'
import { distributedModel, LAST_NOUN, PLANTED, plantedItems, plantedModel, randomModel, vocabulary } from '../planted.ts'

const UNITS = 24
const engine = await loadEngine()
const items = plantedItems(12)
/** Of one half, for twelve verbs. */
const together = items.map((item) => ({ ...item, half: null }))
const trainingText = items.map(({ prefix }) => ({ tokens: Int32Array.from(prefix, (word) => vocabulary.tokens.indexOf(word)) }))

function weigh(model: Model, units: readonly string[], own: readonly Item[] = together) {
  return verbWeights(engine, { name: 'model', seed: 1, model }, own, { units, trainingText, permutations: 500 })
}

const planted = plantedModel(UNITS)
const inPlanted = await weigh(planted, [`0.cell.${PLANTED}`, `0.hidden.${LAST_NOUN}`])

describe('weights to verbs', () => {
  test('are those of verbs that did not choose the units', async () => {
    const { rows, forms } = await weigh(planted, [`0.cell.${PLANTED}`], items)
    expect(rows.map(({ n }) => n)).toEqual(Array(UNITS).fill(12))
    const used = new Set(items.filter(({ half }) => half === 'confirmation').flatMap(({ right, wrong }) => [right, wrong]))
    expect(new Set(forms.map(({ form }) => form))).toEqual(used)
  })

  test('are those of the decoder', () => {
    expect(inPlanted.rows).toHaveLength(UNITS)
    expect(inPlanted.rows.map(({ n }) => n)).toEqual(Array(UNITS).fill(24))
    expect(inPlanted.forms).toHaveLength(2 * 2 * 24)
    for (const { unit, form, weight } of inPlanted.forms) {
      const index = Number(unit.split('.')[2])
      expect(weight).toBe(planted.weights['decoder'][vocabulary.tokens.indexOf(form) * UNITS + index])
    }
    // every plural form has 2, every singular form −2
    expect(inPlanted.rows[PLANTED]).toMatchObject({ chosen: true, difference: 4, low: 4, high: 4, separation: 1 })
    expect(inPlanted.rows[LAST_NOUN]).toMatchObject({ chosen: true, difference: 0, separation: 0.5, effect: 0 })
    expect(inPlanted.rows.filter(({ chosen }) => chosen)).toHaveLength(2)
  })

  test('find the planted unit: it moves the choice most', () => {
    expect(inPlanted.rows[PLANTED].rank).toBe(1)
    expect(inPlanted.rows.map(({ rank }) => rank).sort((a, b) => a - b)).toEqual(Array.from({ length: UNITS }, (_, rank) => rank + 1))
    const [verdict] = judgeVerbWeights(inPlanted.rows, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain(`a standard deviation of 0.hidden.${PLANTED} moves the choice by`)
    expect(verdict.sentence).toContain('towards the plural form, rank 1 of 24 units')
  })

  test('deny a unit that the decoder does not read, and any unit of a random network', async () => {
    const [unread] = judgeVerbWeights((await weigh(planted, [`0.hidden.${LAST_NOUN}`])).rows, 1)
    expect(unread.judgement).toBe('not found')
    for (let unit = 0; unit < 6; unit++) {
      const { rows } = await weigh(randomModel(UNITS), [`0.hidden.${unit}`])
      expect(judgeVerbWeights(rows, 1)[0].judgement).toBe('not found')
    }
  })

  test('of a code that all units share tell the forms in each of them, so that no chosen unit stands out', async () => {
    const { rows } = await weigh(distributedModel(UNITS), [`0.hidden.${PLANTED}`])
    expect(rows.every(({ separation }) => Math.abs(separation - 0.5) > 0.45)).toBe(true)
    const [verdict] = judgeVerbWeights(rows, 1)
    expect(verdict.judgement, verdict.sentence).toBe('candidate')
    expect(verdict.sentence).toContain('but others more so')
  })

  test('say that the decoder reads no unit below the top layer', () => {
    const [verdict] = judgeVerbWeights(inPlanted.rows.map((row) => ({ ...row, chosen: false })), 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('they are below the top layer')
  })

  test('cannot tell from few verbs', async () => {
    const few = items.filter(({ fields }) => Number(fields.verbLemma.slice('verb'.length)) < 12)
    const [verdict] = judgeVerbWeights((await weigh(planted, [`0.hidden.${PLANTED}`], few)).rows, 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('with 6 verbs one of 24 units separates their forms by chance')
  })
})
