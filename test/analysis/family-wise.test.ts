import { expect, test } from 'vitest'
import { resampleConditions } from '../../src/analysis/drop-rows.ts'
import { familyWisePValues } from '../../src/analysis/family-wise.ts'
import { Random } from '../../src/core/random.ts'
import type { Item } from '../../src/tasks/items.ts'
import { plantedItems } from './planted.ts'

const items = plantedItems(60).filter(({ half, condition }) => half === 'discovery' && ['SP', 'PS'].includes(condition))
const UNITS = 10

/** What each item's margin is without each unit: by default one in twenty choices turns, whichever unit. */
function sampleOf(own: readonly Item[], turns: (unit: number, item: Item) => boolean) {
  const random = new Random('choices')
  const margins = Float32Array.from({ length: UNITS * own.length }, (_, place) => {
    const [unit, item] = [Math.floor(place / own.length), own[place % own.length]]
    return turns(unit, item) || random.uniform() < 0.05 ? -1 : 1
  })
  const intact = Float32Array.from(own, () => (random.uniform() < 0.05 ? -1 : 1))
  return { items: own, conditions: resampleConditions(own, 10), intact, removed: [...Array(UNITS).keys()], margins }
}
const units = [...Array(UNITS).keys()]

test('one unit that costs half of all choices is told from nine that do not, in the condition in which it does', () => {
  const sample = sampleOf(items, (unit, { condition, prefix }) => unit === 4 && condition === 'SP' && Number(prefix[1].replace(/\D/g, '')) % 4 < 2)
  const [p] = familyWisePValues([{ sample, units }])
  expect(sample.conditions.map(({ condition }) => condition)).toEqual(['SP', 'PS'])
  expect(p).toHaveLength(2 * UNITS)
  expect(p[4]).toBeLessThan(0.05)
  expect(p.filter((value) => value! < 0.05)).toHaveLength(1)
})

test('conditions of few items, in which one item is a large drop, are no part of the family', () => {
  const rare = items.slice(0, 2).map((item) => ({ ...item, task: 'rare' }))
  const all = [...items, ...rare]
  const sample = sampleOf(all, (unit, { task, condition }) => task === 'rare' || (unit === 4 && condition === 'SP'))
  const [p] = familyWisePValues([{ sample, units }])
  const at = (task: string, condition: string) => sample.conditions.findIndex((one) => one.task === task && one.condition === condition) * UNITS
  expect(p.slice(at('rare', 'SP'), at('rare', 'SP') + UNITS)).toEqual(Array(UNITS).fill(null))
  expect(p[at('nounpp', 'SP') + 4]).toBeLessThan(0.01)
})

test('with five verbs nothing can be shown, and nothing is said', () => {
  const few = items.map((item) => ({ ...item, fields: { ...item.fields, verbLemma: `verb${Number(item.fields.verbLemma.slice(4)) % 5}` } }))
  expect(new Set(few.map(({ fields }) => fields.verbLemma)).size).toBe(5)
  const [p] = familyWisePValues([{ sample: sampleOf(few, (unit) => unit === 4), units }])
  expect(new Set(p)).toEqual(new Set([null]))
})

test('units of several sites are one family: the p of each is that among all', () => {
  const [first, second] = [sampleOf(items, (unit) => unit === 4), sampleOf(items, () => false)]
  const together = familyWisePValues([{ sample: first, units }, { sample: second, units }])
  expect(together.map((own) => own.length)).toEqual([2 * UNITS, 2 * UNITS])
  expect(together[0][4]).toBeLessThan(0.01)
  expect(Math.min(...together[1].map((value) => value!))).toBeGreaterThan(0.05)
})
