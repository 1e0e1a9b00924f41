import { beforeAll, expect, test } from 'vitest'
import { gateSaturation } from '../../src/analysis/saturation.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const sequences = [40, 25].map((length, index) => ({ tokens: randomTokens(length, 9, index) }))

/** Large weights, so that gates do reach their ends. */
function loud(cell: 'lstm' | 'gru after' | 'rnn tanh') {
  const model = modelWithVocabulary(cell, { trained: true })
  const weights = Object.fromEntries(
    Object.entries(model.weights).map(([name, values]) => [name, values.map((value) => 60 * value)]),
  )
  return { name: 'loud', seed: 1, moment: 'trained', model: { ...model, weights } } as const
}

test.each([
  ['lstm', ['input', 'forget', 'output', 'cell']],
  ['gru after', ['update', 'reset']],
] as const)('gates of a %s are counted where they are, unit by unit', async (cell, gates) => {
  const subject = loud(cell)
  const rows = await gateSaturation(engine, subject, sequences, { initial: 'zeros' })
  const { layers, units } = subject.model.config
  expect(new Set(rows.map(({ gate }) => gate))).toEqual(new Set(gates))
  expect(rows).toHaveLength(layers * units * gates.length)
  const runs = sequences.map(({ tokens }) => (
    engine.run(subject.model, { tokens, rows: 1, steps: tokens.length }, { record: gates.map((gate) => `1.${gate}`) }).recorded
  ))
  for (const { unit, gate, low, high, n } of rows.filter(({ layer }) => layer === 1)) {
    const [from, to] = gate === 'cell' ? [-3, 3] : [0.1, 0.9]
    const index = Number(unit.split('.')[2])
    const values = runs.flatMap((run) => [...run[`1.${gate}`]].filter((_, cell) => cell % units === index))
    expect(n).toBe(65)
    expect(values).toHaveLength(65)
    expect([unit, low, high]).toEqual(
      [unit, values.filter((value) => value < from).length / 65, values.filter((value) => value > to).length / 65],
    )
  }
  expect(rows.some(({ high }) => high > 0.9)).toBe(true)
  expect(rows.some(({ low }) => low > 0.5)).toBe(true)
})

test('a vanilla RNN has no gates', async () => {
  expect(await gateSaturation(engine, loud('rnn tanh'), sequences)).toEqual([])
})
