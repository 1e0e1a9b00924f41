import { expect, test } from 'vitest'
import { judgedItems } from '../../src/analysis/judged-items.ts'
import { conditionsOf } from '../../src/tasks/trials.ts'
import type { Item } from '../../src/tasks/items.ts'
import { plantedItems } from '../analysis/planted.ts'

const template = plantedItems(2)

/** As a grammar draws them. */
function drawn(condition: string, interveners: number, clausesBetween: number): Item {
  const { fields, ...item } = template[0]
  return { ...item, task: 'grammar', condition, half: null, fields: { ...fields, interveners, clausesBetween, slots: null } }
}

const grammar = [drawn('S', 0, 0), drawn('SP', 1, 0), drawn('SP', 2, 1), drawn('PP', 3, 2), drawn('PS', 1, 1)]

test('items of a grammar count by their nouns, and by what stands between subject and verb', () => {
  const conditions = conditionsOf(grammar).map(({ condition, trials }) => [condition, trials.flat()])
  expect(conditions).toEqual([
    ['S', [0]], ['SP', [1, 2]], ['PP', [3]], ['PS', [4]],
    ['across no noun', [0]], ['across a phrase', [1]], ['across clauses', [2, 3, 4]],
  ])
  expect(conditionsOf(template).map(({ condition }) => condition)).toEqual(['SS', 'SP', 'PS', 'PP', 'SS and PS', 'SP and PP'])
})

test('units are judged on the confirmation half of each task, and on all of a task whose lexicon was not split', () => {
  const judged = judgedItems([...template, ...grammar])
  expect(judged.filter(({ task }) => task === 'grammar')).toHaveLength(grammar.length)
  expect(judged.filter(({ task }) => task === 'nounpp').map(({ half }) => half)).toEqual(Array(8).fill('confirmation'))
})
