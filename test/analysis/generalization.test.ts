// The controls: a network in which one unit keeps the number of the subject and one follows the last noun; another
// with random weights; and the wrong units called number units.

import { describe, expect, test } from 'vitest'
import { checkGeneralization, generalization } from '../../src/analysis/generalization.ts'
import type { AnalysedModel } from '../../src/analysis/subject.ts'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import type { Item } from '../../src/tasks/items.ts'
import { judgeDecoders, judgeRanges } from '../../src/report/verdicts/generalization.ts'
import { config, distributedModel, LAST_NOUN, PLANTED, plantedItems, plantedModel, randomModel } from './planted.ts'

const engine = await createTfjsEngine()
const items = plantedItems(36)
const planted = { name: 'planted', seed: 1, model: plantedModel() }
const random = { name: 'random', seed: 1, model: randomModel() }
const [SUBJECT, ATTRACTOR] = [1, 4]

async function decode(subject: AnalysedModel, own: readonly Item[] = items, unit = PLANTED) {
  const found = await generalization(engine, subject, own, { sites: ['cell'], units: [`0.hidden.${unit}`] })
  return { analysis: 'generalization', task: 'nounpp', subject: SUBJECT, lastNoun: ATTRACTOR, ...found } as const
}

const inPlanted = await decode(planted)

describe('generalization across time', () => {
  test('finds the planted unit long-range, the unit of the last noun short-range, and no other', () => {
    expect(inPlanted.units).toHaveLength(config.units)
    for (const row of inPlanted.units) {
      const index = Number(row.unit.split('.')[2])
      expect(row.range).toBe(index === PLANTED ? 'long' : index === LAST_NOUN ? 'short' : 'neither')
      expect(row.n).toBe(72)
    }
    expect(inPlanted.units[PLANTED]).toMatchObject({ kept: 1, atSubject: 1, atLastNoun: 1, atVerb: 1, turned: 0 })
    expect(inPlanted.units[LAST_NOUN]).toMatchObject({ kept: 0, atSubject: 1, atLastNoun: 0, turned: 1 })
    const [verdict] = judgeRanges(inPlanted, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('In this model 1 of 12 units of cell is long-range')
    expect(verdict.sentence).toContain(`The best, 0.cell.${PLANTED}, has AUC 1.00`)
    expect(verdict.sentence).toContain('1 unit is short-range and turns')
  })

  test('carries a decoder of the number unit to every later word, and one of the others to the wrong number', () => {
    const at = (decoder: string, trained: number, tested: number) =>
      inPlanted.rows.find((row) => row.decoder === decoder && row.trained === trained && row.tested === tested)!
    expect(inPlanted.rows).toHaveLength(3 * 5 * 5)
    for (let trained = SUBJECT; trained <= ATTRACTOR; trained++) {
      for (let tested = SUBJECT; tested <= ATTRACTOR; tested++) {
        expect(at('number units', trained, tested)).toMatchObject({ auc: 1, units: 1, n: 72 })
      }
    }
    expect(at('number units', SUBJECT, 0).auc).toBe(0.5) // nothing is known before the subject
    expect(at('other units', SUBJECT, ATTRACTOR).high).toBeLessThan(0.5)
    const others = { units: 11, trainedWord: 'subject', testedWord: 'noun' }
    expect(at('other units', SUBJECT, ATTRACTOR)).toMatchObject(others)
    const [verdict] = judgeDecoders(inPlanted, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('a decoder of the 1 number unit of cell, trained at the subject, has AUC 1.00')
  })

  test('finds a code that all units share in each of them, and nothing that a number unit keeps and the others do not', async () => {
    const shared = await decode({ name: 'distributed', seed: 1, model: distributedModel(24) })
    expect(new Set(shared.units.map(({ range }) => range))).toEqual(new Set(['long']))
    expect(judgeDecoders(shared, 1)[0].judgement).toBe('cannot tell')
    expect(judgeDecoders(shared, 1)[0].sentence).toContain('both may keep it equally well')
  })

  test('denies units that do not keep number, though they were called number units', async () => {
    const [verdict] = judgeDecoders(await decode(planted, items, LAST_NOUN), 1)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('the number units do not keep the subject’s number')
  })

  test('finds nothing in a random network', async () => {
    const result = await decode(random)
    expect(result.units.map(({ range }) => range)).toEqual(Array(config.units).fill('neither'))
    const [verdict] = judgeRanges(result, 1)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('In this model no unit of cell keeps the subject’s number')
    expect(judgeDecoders(result, 1)[0].judgement).not.toBe('found')
  })

  test('cannot tell from few items', async () => {
    const result = await decode(planted, plantedItems(6))
    for (const [verdict] of [judgeRanges(result, 1), judgeDecoders(result, 1)]) {
      expect(verdict.judgement).toBe('cannot tell')
      expect(verdict.sentence).toContain('12 items, and fewer than 50 decide nothing')
    }
  })
})

describe('items that no decoder can be trained on', () => {
  test('are refused in a sentence', () => {
    const message = (own: readonly Item[]) => {
      try {
        checkGeneralization('generalization', 'mine', own)
      } catch (error) {
        return (error as Error).message
      }
      return null
    }
    expect(message(items)).toBeNull()
    expect(message([])).toContain('mine has no items for generalization')
    expect(message(items.filter(({ condition }) => condition !== 'SP'))).toContain('singular and plural subjects')
    expect(message(items.filter(({ half }) => half === 'discovery'))).toContain('trained on one half of the lexicon')
    const longer = { ...items[1], prefix: ['today', ...items[1].prefix] }
    expect(message([...items, longer])).toContain('The items of mine differ in where their nouns stand or in length')
  })
})
