import { describe, expect, test } from 'vitest'
import { dropRows, resampleConditions, withShrinkage } from '../../src/analysis/drop-rows.ts'
import { strongestRows } from '../../src/analysis/choose-units.ts'
import { comparableUnits, outgoingNorms } from '../../src/analysis/comparable-units.ts'
import type { AblationRow } from '../../src/analysis/results.ts'
import { plantedItems, randomModel } from './planted.ts'

const subject = { name: 'model', seed: 1, model: randomModel() }
const items = plantedItems(6).filter(({ half, condition }) => half === 'discovery' && ['SS', 'SP'].includes(condition))
const intact = new Float32Array(items.length).fill(2)

/** Unit 0 changes nothing, unit 1 turns every SP item over, unit 2 costs half a nat on each item. */
const margins = Float32Array.from([
  ...intact,
  ...items.map(({ condition }) => (condition === 'SP' ? -1 : 2)),
  ...intact.map((margin) => margin - 0.5),
])

describe('dropRows', () => {
  const neighbours = [[1, 2], [0, 2], [0, 1]]
  const rows = dropRows(subject, { items, conditions: resampleConditions(items, 50), intact, removed: [0, 1, 2], margins }, {
    reported: [0, 1, 2], neighbours, name: (unit) => `0.hidden.${unit}`
  })
  const row = (unit: number, condition: string) =>
    rows.find((one) => one.unit === `0.hidden.${unit}` && one.condition === condition)!

  test('drops are intact minus ablated, by condition', () => {
    expect(rows).toHaveLength(6)
    expect(row(0, 'SP')).toMatchObject({ n: 6, intact: 1, accuracy: 1, drop: 0, marginDrop: 0, half: 'discovery' })
    expect(row(1, 'SP')).toMatchObject({ intact: 1, accuracy: 0, drop: 1, marginDrop: 3 })
    expect(row(1, 'SS')).toMatchObject({ drop: 0, marginDrop: 0 })
    expect(row(2, 'SS')).toMatchObject({ drop: 0, marginDrop: 0.5 })
    expect(row(2, 'SS').marginDropLow).toBeCloseTo(0.5, 14)
    expect(row(2, 'SS').marginDropHigh).toBeCloseTo(0.5, 14)
  })

  test('the band spans the units that a unit is compared with, itself not among them', () => {
    expect(row(1, 'SP')).toMatchObject({ bandLow: 0, bandHigh: 0, marginBandLow: 0, marginBandHigh: 0.5 })
    expect(row(0, 'SP')).toMatchObject({ bandLow: 0, bandHigh: 1, marginBandLow: 0.5, marginBandHigh: 3 })
    expect(row(0, 'SP').comparable).toBe(2)
  })
})

test('pairs lose what tells the subject’s number, and nothing where every choice moves to one number', () => {
  const frames = plantedItems(6).filter(({ half }) => half === 'discovery')
  const right = Float32Array.from(frames, () => 1)
  const plural = (item: (typeof frames)[number]) => item.fields.number === 'plural'
  const shifted = frames.map((item) => (plural(item) ? 4 : -2)) // three nats towards the plural: singular items are wrong
  const turned = frames.map(() => -0.5)
  const rows = dropRows(subject, {
    items: frames, conditions: resampleConditions(frames, 50), intact: right, removed: [0, 1], margins: Float32Array.from([...shifted, ...turned]),
  }, { reported: [0, 1], neighbours: [[1], [0]], name: String })
  const drops = (unit: string) =>
    Object.fromEntries(rows.filter((row) => row.unit === unit).map(({ condition, drop }) => [condition, drop]))
  expect(drops('0')).toEqual({ SS: 1, SP: 1, PS: 0, PP: 0, 'SS and PS': 0, 'SP and PP': 0 })
  expect(drops('1')).toEqual({ SS: 1, SP: 1, PS: 1, PP: 1, 'SS and PS': 1, 'SP and PP': 1 })
  expect(rows.find(({ condition }) => condition === 'SS and PS')).toMatchObject({ n: 6, half: 'discovery', intact: 1 })
})

test('shrinkage is what the unit cost where it was chosen less what it costs on other items', () => {
  const row = (drop: number, more: Partial<AblationRow> = {}) =>
    ({ unit: 'a', task: 'nounpp', condition: 'SP', drop, dropLow: drop - 0.03, dropHigh: drop + 0.03,
      shrinkage: null, shrinkageLow: null, shrinkageHigh: null, ...more }) as AblationRow
  const chosen = [row(0.5, { condition: 'PS' }), row(0.3), row(0.2, { set: 'zero' })]
  const [confirmed, without] = withShrinkage([row(0.1), row(0.1, { unit: 'b' })], chosen)
  expect(confirmed.shrinkage).toBeCloseTo(0.2, 12)
  expect(confirmed.shrinkageHigh).toBeCloseTo(0.2 + Math.hypot(0.03, 0.03), 12)
  expect(without.shrinkage).toBeNull()
})

describe('the strongest rows', () => {
  const chooseUnits = (rows: readonly AblationRow[], count: number) => strongestRows(rows).slice(0, count).map(({ unit }) => unit)
  const row = (unit: string, condition: string, drop: number, more: Partial<AblationRow> = {}) =>
    ({ unit, condition, drop, dropLow: -1, bandHigh: 0, marginDrop: 0, n: 300, intact: 0.9, ...more }) as AblationRow

  test('takes the unit that costs most in one incongruent condition, whatever it costs in the others', () => {
    const rows = [
      row('a', 'SS', 0.9), row('a', 'SP', 0.1), row('a', 'PS', 0.1),
      row('b', 'SS', 0.0), row('b', 'SP', 0.5), row('b', 'PS', -0.4),
      row('c', 'SS', 0.0), row('c', 'SP', 0.0), row('c', 'PS', 0.3),
    ]
    expect(chooseUnits(rows, 2)).toEqual(['b', 'c'])
    expect(strongestRows(rows).map(({ condition }) => condition)).toEqual(['SP', 'PS', 'SP'])
  })

  test('takes pairs before conditions in which a mere shift costs as much', () => {
    const rows = [row('a', 'SP', 0.9), row('a', 'SP and PP', 0.1), row('b', 'SP', 0), row('b', 'SP and PP', 0.2)]
    expect(chooseUnits(rows, 1)).toEqual(['b'])
    const atChance = rows.map((each) => (each.condition === 'SP' ? each : { ...each, intact: 0.5 }))
    expect(chooseUnits(atChance, 1)).toEqual(['a'])
  })

  test('prefers a drop beyond every comparable unit to a larger one among many like it', () => {
    const rows = [row('a', 'SP', 0.5, { dropLow: 0.4, bandHigh: 0.6 }), row('b', 'SP', 0.2, { dropLow: 0.1 })]
    expect(chooseUnits(rows, 1)).toEqual(['b'])
  })

  test('does not choose by conditions that are at chance or have few items', () => {
    const rows = [
      row('a', 'SP', 0.2, { intact: 0.3 }), row('a', 'PS', 0), row('a', 'SPS', 0.3, { n: 9 }),
      row('b', 'SP', 0, { intact: 0.3 }), row('b', 'PS', 0.1), row('b', 'SPS', 0, { n: 9 }),
    ]
    expect(chooseUnits(rows, 1)).toEqual(['b'])
  })

  test('equal drops go by the margin, then by order; congruent conditions serve where there are no others', () => {
    expect(chooseUnits([row('a', 'SP', 0.1), row('b', 'SP', 0.1), row('c', 'SP', 0.1)], 2)).toEqual(['a', 'b'])
    expect(chooseUnits([row('a', 'SP', 0.1), row('b', 'SP', 0.1, { marginDrop: 1 })], 1)).toEqual(['b'])
    expect(chooseUnits([row('a', 'S', 0.1), row('b', 'S', 0.2)], 1)).toEqual(['b'])
  })
})

describe('comparable units', () => {
  test('outgoing norms count the next step and the decoder', () => {
    const { weights, config } = subject.model
    const norms = outgoingNorms(subject.model, { layer: 0, quantity: 'cell' })
    let squares = 0
    for (let column = 0; column < 48; column++) squares += weights['0.recurrentKernel'][3 * 48 + column] ** 2
    for (let token = 0; token < config.vocabulary; token++) squares += weights['decoder'][token * 12 + 3] ** 2
    expect(norms[3]).toBeCloseTo(Math.sqrt(squares), 10)
  })

  test('are the nearest in activity, spread and norm', () => {
    const of = (...values: number[]) => Float64Array.from(values)
    const activity = { mean: of(0, 0, 0, 0, 0), size: of(1, 1.1, 5, 5.2, 1.3), spread: of(1, 1, 4, 4, 1) }
    expect(comparableUnits(activity, of(1, 1, 1, 1, 1), 2)).toEqual([[1, 4], [0, 4], [3, 4], [2, 4], [1, 0]])
  })
})
