import { describe, expect, test } from 'vitest'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import { endId, tokenId } from '../../src/data/vocabulary.ts'
import type { Edit } from '../../src/model/edits.ts'
import type { Choice } from '../../src/tasks/items.ts'
import { buildPrefixTree } from '../../src/tasks/prefix-tree.ts'
import { scoreItems } from '../../src/tasks/score-items.ts'
import { sweepUnits } from '../../src/tasks/sweep.ts'
import { config, plantedItems, randomModel, vocabulary } from '../analysis/planted.ts'

const engine = await createTfjsEngine()
const model = randomModel()
// prefixes of different lengths, one inside another, one twice
const items: Choice[] = [
  ...plantedItems(3),
  { prefix: ['the', 'subject0S'], right: 'verb0S', wrong: 'verb0P' },
  { prefix: ['near'], right: 'verb1S', wrong: 'verb1P' },
  { prefix: ['the', 'subject0S'], right: 'verb2S', wrong: 'verb2P' },
]

/** One item at a time, all logits: the definition. */
function marginOf({ prefix, right, wrong }: Choice, first: readonly number[], edits: readonly Edit[]): number {
  const tokens = Int32Array.from([...first, ...prefix.map((word) => tokenId(vocabulary, word)!)])
  const batch = { tokens, rows: 1, steps: tokens.length }
  const { logits } = engine.run(model, batch, { edits, logitsAt: Int32Array.of(tokens.length - 1) })
  return logits![tokenId(vocabulary, right)!] - logits![tokenId(vocabulary, wrong)!]
}

function expectClose(actual: ArrayLike<number>, expected: readonly number[]) {
  // the same float32 sums in batches of another size: a few units in the last place of logits of about 3
  expect(actual.length).toBe(expected.length)
  expected.forEach((value, index) => expect(Math.abs(actual[index] - value)).toBeLessThan(5e-6))
}

describe('buildPrefixTree', () => {
  test('every distinct prefix is one node', () => {
    const prefixes = [[1, 2, 3], [1, 2, 4], [1, 2], [5, 2, 3], [1, 2, 3]]
    const levels = buildPrefixTree(prefixes.map((ids) => Int32Array.from(ids)))
    expect(levels.map(({ tokens }) => [...tokens])).toEqual([[1, 5], [2, 2], [3, 4, 3]])
    expect(levels.map(({ parents }) => [...parents])).toEqual([[0, 0], [0, 1], [0, 0, 1]])
    expect([...levels[1].members]).toEqual([2])
    expect([...levels[2].members]).toEqual([0, 1, 3, 4])
    expect([...levels[2].memberNodes]).toEqual([0, 1, 2, 0])
  })
})

describe('scoreItems', () => {
  test('shared prefixes give the margins of one item at a time', async () => {
    expectClose(await scoreItems(engine, model, items), items.map((item) => marginOf(item, [endId(vocabulary)], [])))
  })

  test('the initial state is a choice', async () => {
    const zeros = await scoreItems(engine, model, items, { initial: 'zeros' })
    expectClose(zeros, items.map((item) => marginOf(item, [], [])))
    const context = Int32Array.of(4, 3, 2)
    const read = await scoreItems(engine, model, items, { initial: { context } })
    expectClose(read, items.map((item) => marginOf(item, [4, 3, 2], [])))
  })

  test('edits act at every step, the initial state included', async () => {
    const edits: Edit[] = [{ unit: '0.cell.2', set: 0.7 }, { unit: '0.forget.4', scale: 0.5 }]
    const expected = items.map((item) => marginOf(item, [endId(vocabulary)], edits))
    expectClose(await scoreItems(engine, model, items, { edits }), expected)
  })

  test('an edit of some steps acts there alone, counted from the first word of the prefix', async () => {
    const edits: Edit[] = [{ unit: '0.cell.2', set: 0.7, steps: [0, 3] }, { unit: '0.forget.4', scale: 0.5, steps: [1] }]
    const behindContext = edits.map((edit) => ({ ...edit, steps: edit.steps!.map((step) => step + 1) }))
    const expected = items.map((item) => {
      const length = item.prefix.length
      const own = behindContext.map((edit) => ({ ...edit, steps: edit.steps.filter((step) => step <= length) }))
      return marginOf(item, [endId(vocabulary)], own)
    })
    expectClose(await scoreItems(engine, model, items, { edits }), expected)
  })

  test('a form that the model does not know is an error', async () => {
    await expect(scoreItems(engine, model, [{ prefix: ['the'], right: 'sleeps', wrong: 'verb0P' }])).rejects.toThrow(
      'The model does not know "sleeps"',
    )
  })
})

describe('sweepUnits', () => {
  test('each unit is removed as if alone, whatever the size of a run', async () => {
    const means = Float32Array.from({ length: config.units }, (_, unit) => unit / 10 - 0.5)
    for (const [site, set] of [['0.hidden', 'zero'], ['0.cell', means]] as const) {
      const expected: number[] = []
      for (let unit = 0; unit < config.units; unit++) {
        const edits = [{ unit: `${site}.${unit}`, set: set === 'zero' ? 0 : set[unit] }]
        expected.push(...(await scoreItems(engine, model, items, { edits })))
      }
      for (const rowsPerRun of [7, 60, 4096]) {
        expectClose(await sweepUnits(engine, model, items, { site, set, rowsPerRun }), expected)
      }
    }
  })

  test('some units only, in the order that was asked for, with progress', async () => {
    const seen: number[] = []
    const log = { info() {}, warn() {}, progress: ({ done }: { done: number }) => void seen.push(done) }
    const all = await sweepUnits(engine, model, items, { site: '0.hidden', set: 'zero' })
    const options = { site: '0.hidden', set: 'zero', units: [5, 1], rowsPerRun: 20, log } as const
    const two = await sweepUnits(engine, model, items, options)
    const row = (unit: number) => [...all.slice(unit * items.length, (unit + 1) * items.length)]
    expectClose(two, [...row(5), ...row(1)])
    expect(seen).toEqual([1, 2])
  })
})
