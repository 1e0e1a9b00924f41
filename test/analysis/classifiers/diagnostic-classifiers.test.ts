// The controls: the network in which one unit keeps the subject's number, and one with random weights.

import { describe, expect, test } from 'vitest'
import { diagnosticClassifiers } from '../../../src/analysis/classifiers/diagnostic-classifiers.ts'
import { onlineBits } from '../../../src/analysis/classifiers/online-code.ts'
import { Random } from '../../../src/core/random.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { Model } from '../../../src/model/model.ts'
import { describeSparse, judgeClassifiers } from '../../../src/report/verdicts/classifiers.ts'
import { distributedModel, LAST_NOUN, PLANTED, plantedItems, plantedModel, randomModel } from '../planted.ts'

const engine = await loadEngine()
const items = plantedItems(40)
const ask = (model: Model) =>
  diagnosticClassifiers(engine, { name: 'model', seed: 1, model }, items, { sites: ['cell'], units: [`0.hidden.${PLANTED}`], resamples: 100 })
const planted = await ask(plantedModel())

describe('diagnostic classifiers', () => {
  test('read the number that one unit keeps, at every word from the subject on, of words that they were not fitted to', () => {
    expect(planted.rows.map(({ position }) => position)).toEqual([1, 2, 3, 4])
    for (const row of planted.rows) expect(row).toMatchObject({ site: '0.cell', units: 12, n: 80, accuracy: 1, uniformBits: 160 })
    const last = planted.rows[3]
    expect(last.within).toBe(1)
    expect(last.selectivity).toBeCloseTo(1 - last.control, 12)
    expect(last.untrained).toBeLessThan(0.8)
    expect(last.bits).toBeLessThan(last.uniformBits / 3)
    expect(last.bits).toBeLessThan(last.controlBits)
    const [verdict] = judgeClassifiers(planted.rows, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('In this model the subject’s number can be read off 0.cell before the verb')
  })

  test('need no more than that unit, and pick it in every half', () => {
    const stable = planted.units.filter(({ stability }) => stability >= 0.8)
    expect(stable.map(({ unit, chosen }) => [unit, chosen])).toEqual([[`0.cell.${PLANTED}`, true]])
    const chosen = planted.path.find((row) => row.chosen)!
    expect(chosen).toMatchObject({ kept: 1, accuracy: 1, units: 12 })
    const [few] = describeSparse(planted, 1)
    expect(few.sentence).toContain('1 unit of 12 of 0.cell is enough for 100.0 %')
    expect(few.sentence).toContain('and 1 of these the sweep chose, too')
  })

  test('read nothing in a random network, nor where all that is known is the last noun', async () => {
    expect(judgeClassifiers((await ask(randomModel())).rows, 1)[0].judgement).toBe('not found')
    const forgetful = plantedModel()
    const { weights } = forgetful
    // the unit that keeps the subject's number forgets all; the one of the last noun is left
    for (let gate = 0; gate < 4; gate++) weights['0.bias'][gate * 12 + PLANTED] = -30
    const { rows } = await ask(forgetful)
    expect(rows[3].accuracy).toBeLessThan(0.8)
    expect(judgeClassifiers(rows, 1)[0].judgement).toBe('not found')
    expect(LAST_NOUN).not.toBe(PLANTED)
  })

  test('read a number that all units keep, each with errors of its own, off several of them, none of which is picked stably', async () => {
    const { rows, path, units } = await ask(distributedModel(10, 3))
    const [verdict] = judgeClassifiers(rows, 1)
    expect(verdict.judgement, verdict.sentence).toBe('found')
    expect(rows[3].accuracy).toBeGreaterThan(0.9)
    const chosen = path.find((row) => row.chosen)!
    expect(chosen.kept).toBeGreaterThan(2)
    expect(units.filter(({ stability }) => stability > 0).length).toBeGreaterThan(5)
    expect(units.filter(({ stability }) => stability >= 0.8)).toEqual([])
  })

  test('cannot tell from few items', () => {
    expect(judgeClassifiers(planted.rows.map((row) => ({ ...row, n: 20 })), 1)[0].judgement).toBe('cannot tell')
  })
})

describe('the online code', () => {
  const random = new Random('bits')
  const n = 400
  const labels = Uint8Array.from({ length: n }, () => random.integer(2))
  const noise = () => Float64Array.from({ length: n }, () => random.normal())

  test('takes few bits where a column is the label, and about one a label where none says anything', () => {
    const known = [Float64Array.from(labels), noise()]
    expect(onlineBits(known, labels, 0.01, new Random(1))).toBeLessThan(n / 4)
    const unknown = onlineBits([noise(), noise()], labels, 0.01, new Random(1))
    expect(unknown).toBeGreaterThan(0.95 * n)
    expect(unknown).toBeLessThan(1.25 * n)
  })

  test('counts bits, not nats: the first block costs one a label, and labels of even odds the same', () => {
    const nothing = [new Float64Array(n)]
    const even = Uint8Array.from({ length: n }, (_, item) => item % 2)
    expect(onlineBits(nothing, even, 0.01, new Random(1)) / n).toBeCloseTo(1, 1)
  })
})
