import { beforeAll, expect, test } from 'vitest'
import { marginTrace } from '../../../src/analysis/gradients/margin-trace.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { Model } from '../../../src/model/model.ts'
import type { Item } from '../../../src/tasks/items.ts'
import { scoreItems } from '../../../src/tasks/score-items.ts'
import { config, PLANTED, plantedItems, plantedModel, randomModel } from '../planted.ts'
import { trainedSubject } from './planted.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const items = plantedItems(12)

/** The planted unit with a candidate and an input gate that do not saturate: the margin follows the number. */
function smoothModel(): Model {
  const model = plantedModel()
  const columns = 4 * config.units
  model.weights['0.kernel'][0 * columns + 2 * config.units + PLANTED] = 0.4
  model.weights['0.kernel'][1 * columns + PLANTED] = 12
  return model
}

test('the margin of a network that keeps the subject’s number leads back to the subject', async () => {
  const { rows } = await marginTrace(engine, trainedSubject(smoothModel()), items, { sites: ['embedding'] })
  expect(rows).toHaveLength(4 * 5) // conditions × words
  for (const condition of ['SS', 'SP', 'PS', 'PP']) {
    const own = rows.filter((row) => row.condition === condition)
    expect(own.map(({ word }) => word)).toEqual(['the', 'subject', 'preposition', 'the', 'noun'])
    expect(own.map(({ role }) => role)).toEqual(['other', 'subject', 'other', 'other', 'last noun'])
    expect(own.map(({ distance }) => distance)).toEqual([4, 3, 2, 1, 0])
    expect(own.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 10)
    const [, subject, ...rest] = own
    expect(subject.low!).toBeGreaterThan(subject.evenShare)
    for (const other of rest) expect(subject.low!, other.word).toBeGreaterThan(other.high!)
    expect(subject.n).toBe(24)
  }
})

test('the margin of a random network leads back to the last word rather than to the subject', async () => {
  const { rows } = await marginTrace(engine, trainedSubject(randomModel()), items, { sites: ['embedding'] })
  for (const condition of ['SP', 'PS']) {
    const own = rows.filter((row) => row.condition === condition)
    expect(own[4].share).toBeGreaterThan(own[1].share)
  }
})

test('norms are the slopes of the margin, whatever lengths stand side by side', async () => {
  const model = randomModel()
  const fields = { ...items[0].fields, distance: 0, slots: ['the', 'subject'] }
  const short: Item = { ...items[0], prefix: ['the', 'subject0S'], fields }
  const options = { sites: ['hidden', 'embedding'] }
  const { rows } = await marginTrace(engine, trainedSubject(model), [items[0], short], options)
  for (const item of [items[0], short]) {
    const length = item.prefix.length
    const own = rows.filter((row) => row.site === 'embedding' && row.position + row.distance + 1 === length)
    expect(own).toHaveLength(length)
    for (const { position, log } of own) {
      // the embedding of this word alone is moved: by edits, one direction after the other
      const steps = [position]
      const slopes = Array.from({ length: config.embedding }, async (_, place) => {
        const [above, below] = await Promise.all(
          [0.01, -0.01].map((add) =>
            scoreItems(engine, model, [item], { edits: [{ unit: `embedding.${place}`, add, steps }] }),
          ),
        )
        return (above[0] - below[0]) / 0.02
      })
      const norm = Math.hypot(...(await Promise.all(slopes)))
      expect(Math.abs(log! - Math.log10(norm)), `${item.prefix[position]} ${position}`).toBeLessThan(0.01)
    }
  }
})

test('by distance the subject stands beside the other words that are as far from the verb', async () => {
  const natural = items.map((item, index): Item => {
    const near = index % 2 === 0 // the words between are left out of every second one
    const prefix = near ? item.prefix.slice(0, 2) : item.prefix
    return { ...item, prefix, task: 'brown', fields: { ...item.fields, slots: null, distance: near ? 0 : 3 } }
  })
  const longer = natural.map((item): Item => ({ ...item, prefix: ['the', 'the', 'near', ...item.prefix] }))
  const { rows, distances } = await marginTrace(engine, trainedSubject(smoothModel()), longer, { sites: ['embedding'] })
  expect(rows).toEqual([]) // no template
  expect(distances.map(({ distance, subjects, others }) => [distance, subjects, others])).toEqual([
    [0, 48, 48],
    [3, 48, 48],
  ])
  for (const { subjectLow, otherHigh, task } of distances) {
    expect(task).toBe('brown')
    expect(subjectLow!).toBeGreaterThan(otherHigh!)
  }
  const templates = await marginTrace(engine, trainedSubject(smoothModel()), items, { sites: ['embedding'] })
  expect(templates.distances).toHaveLength(1)
  expect(templates.distances[0]).toMatchObject({ task: 'templates', distance: 3, others: 0, other: null })
})
