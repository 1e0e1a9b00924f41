import { describe, expect, test } from 'vitest'
import { agreement } from '../../src/analysis/agreement.ts'
import { GROUPS, groupOf } from '../../src/analysis/agreement-groups.ts'
import { scoreBaselines } from '../../src/analysis/agreement-baselines.ts'
import { pairRows } from '../../src/analysis/agreement-pairs.ts'
import { distanceTrends } from '../../src/analysis/agreement-trend.ts'
import { Random } from '../../src/core/random.ts'
import { tokenId } from '../../src/data/vocabulary.ts'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import { trainNgram, trainUnigram } from '../../src/model/ngram.ts'
import type { Item } from '../../src/tasks/items.ts'
import { plantedItems, plantedModel, randomModel, vocabulary } from './planted.ts'

const engine = await createTfjsEngine()
const items = plantedItems(12)

// a text in which plural verbs are commoner, and a verb always agrees with the word before it
const sentences = items.flatMap((item) => {
  const last = item.fields.lastNounNumber === 'singular' ? 'S' : 'P'
  const sentence = [...item.prefix, item.fields.verbLemma + last]
  return last === 'P' ? [sentence, sentence] : [sentence]
})
const words = sentences.flatMap((sentence) => [...sentence, '<eos>'])
const tokens = Int32Array.from(words, (word) => tokenId(vocabulary, word)!)
const starts = Int32Array.from(sentences, (_, index) => index * (sentences[0].length + 1))
const counting = { vocabulary: vocabulary.tokens.length, end: 0, starts }
const models = { unigram: trainUnigram(tokens, counting), ngram: trainNgram(tokens, { ...counting, order: 3 }) }

describe('scoreBaselines', () => {
  test('each baseline follows its one rule', () => {
    const scores = scoreBaselines(items, vocabulary, models)
    items.forEach(({ condition }, index) => {
      expect(scores.majority[index]).toBe(0.5) // as many singular as plural items
      expect(scores.unigram[index]).toBe(condition[0] === 'P' ? 1 : 0)
      expect(scores.lastNoun[index]).toBe(condition[0] === condition[1] ? 1 : 0)
      expect(scores.ngram[index]).toBe(scores.lastNoun[index])
    })
  })

  test('the majority is counted within a task', () => {
    const some = [...items.filter(({ condition }) => condition !== 'SS'), { ...items[0], task: 'other' }]
    const { majority } = scoreBaselines(some, vocabulary, models)
    some.forEach(({ task, condition }, index) => {
      expect(majority[index]).toBe(task === 'other' || condition[0] === 'P' ? 1 : 0)
    })
  })
})

describe('agreement', () => {
  test('a model with a number unit is right everywhere, as surely as its lemmas allow', async () => {
    const subject = { name: 'planted', seed: 1, model: plantedModel() }
    const { rows } = await agreement(engine, subject, items, { ...models, resamples: 100 })
    expect(rows.map(({ condition }) => condition)).toEqual(['SS', 'SP', 'PS', 'PP'])
    for (const row of rows) {
      expect(row).toMatchObject({ model: 'planted', seed: 1, task: 'nounpp', n: 24, accuracy: 1, high: 1 })
      expect(row.lemmas).toBe(24 + 24)
      expect(row.low).toBeCloseTo(0.862, 3) // Wilson for 24 of 24, the lemmas
      expect(row.margin).toBeGreaterThan(1)
      expect(row.marginLow).toBeLessThan(row.margin)
      expect(row.marginHigh).toBeGreaterThan(row.margin)
    }
    expect(rows.map((row) => row.lastNoun)).toEqual([1, 0, 0, 1])
  })

  test('a random model is right as often on singular as wrong on plural subjects', async () => {
    const subject = { name: 'random', seed: 1, model: randomModel() }
    const { rows } = await agreement(engine, subject, items, { ...models, resamples: 100 })
    const mean = rows.reduce((sum, row) => sum + row.accuracy, 0) / rows.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(0.15)
    for (const row of rows) {
      expect(row.low).toBeLessThan(row.accuracy)
      expect(row.high).toBeGreaterThan(row.accuracy)
    }
  })
})

describe('groups', () => {
  const subject = { name: 'planted', seed: 1, model: plantedModel() }
  const options = { ...models, resamples: 100, by: ['attractors', 'distance'] } as const

  test('by attractors tell items with a noun of the other number from those with one of the same', async () => {
    const { groups } = await agreement(engine, subject, items, options)
    expect(groups.map(({ by, group, n, lastNoun }) => ({ by, group, n, lastNoun }))).toEqual([
      { by: 'attractors', group: 'nouns alike', n: 48, lastNoun: 1 },
      { by: 'attractors', group: '1 attractor', n: 48, lastNoun: 0 },
    ])
  })

  test('hold other interveners fixed', () => {
    const item = (attractors: number, interveners: number, distance = 9) => (
      { ...items[0], fields: { ...items[0].fields, attractors, interveners, distance } }
    )
    const [none, alike, one, more] = GROUPS.attractors
    const byAttractors = [item(0, 0), item(0, 2), item(1, 1), item(1, 2), item(2, 2), item(3, 3)]
    expect(byAttractors.map((each) => groupOf(each, 'attractors'))).toEqual([none, alike, one, null, more, more])
    const byDistance = [item(0, 0, 0), item(0, 0, 2), item(0, 1, 3), item(0, 1, 30), item(1, 1, 3)]
    expect(byDistance.map((each) => groupOf(each, 'distance'))).toEqual([...GROUPS.distance, null])
  })
})

describe('pairs', () => {
  /** Margins of a model that prefers one form of a verb by `bias`, and the right number by `number`. */
  const marginsOf = (given: readonly Item[], bias: number, number: number) =>
    given.map(({ fields }) => number + (fields.number === 'plural' ? bias : -bias))
  const sample = (given: readonly Item[], margins: readonly number[]) => ({
    subject: { name: 'any', seed: 1, model: randomModel() },
    items: given,
    margins,
    ngramMargins: marginsOf(given, 2, 0),
    resamples: 100,
    random: new Random(1),
  })
  const asked = (item: Item) => `${item.prefix.join(' ')} ${item.fields.verbLemma}`
  const frames = items.filter((item, index) => items.findIndex((other) => asked(other) === asked(item)) === index)

  test('a preference for one form, however strong, cancels; the number of the subject stays', () => {
    const rows = pairRows(sample(frames, marginsOf(frames, 3, 0.1)))
    expect(rows.map(({ conditions, together, ngram }) => ({ conditions, together, ngram }))).toEqual([
      { conditions: 'SS and PS', together: 1, ngram: 0.5 },
      { conditions: 'SP and PP', together: 1, ngram: 0.5 },
    ])
    expect(rows[0].n).toBe(frames.length / 4)
    expect(rows[0].low).toBeLessThan(1)
    expect(pairRows(sample(frames, marginsOf(frames, 3, -0.1))).map(({ together }) => together)).toEqual([0, 0])
  })

  test('a model that follows the last noun is at chance', () => {
    const margins = frames.map(({ fields }) => (fields.lastNounNumber === fields.number ? 1 : -1))
    expect(pairRows(sample(frames, margins)).map(({ together }) => together)).toEqual([0.5, 0.5])
  })

  test('items of no template have none', () => {
    const natural = frames.map((item) => ({ ...item, fields: { ...item.fields, slots: null } }))
    expect(pairRows(sample(natural, marginsOf(natural, 1, 1)))).toEqual([])
  })
})

describe('the trend with distance', () => {
  const natural = Array.from({ length: 60 }, (_, index): Item => {
    const fields = { ...items[0].fields, subjectLemma: `noun ${index}`, slots: null, distance: index % 6, attractors: 0 }
    return { ...items[0], task: 'brown', fields }
  })
  const sample = (given: readonly Item[], right: readonly number[]) => ({
    subject: { name: 'any', seed: 1, model: randomModel() },
    items: given,
    right,
    baselines: scoreBaselines(given, vocabulary, models),
    resamples: 100,
    random: new Random(1),
  })

  test('is the slope over every item, with the baselines’ beside it', () => {
    const [row] = distanceTrends(sample(natural, natural.map(({ fields }) => 1 - fields.distance / 10)))
    expect(row).toMatchObject({ task: 'brown', n: 60, apart: 50, lemmas: 60, farthest: 5, lastNoun: 0 })
    expect(row.slope).toBeCloseTo(-0.1, 12)
    expect(row.low).toBeCloseTo(-0.1, 12) // every resample lies on the line
  })

  test('leaves out attractors, templates, and tasks of one distance', () => {
    const attracted = natural.map((item) => ({ ...item, fields: { ...item.fields, attractors: 1 } }))
    const drawn = natural.map((item) => ({ ...item, fields: { ...item.fields, slots: ['noun'] } }))
    const near = natural.map((item) => ({ ...item, task: 'near', fields: { ...item.fields, distance: 2 } }))
    const all = [...attracted, ...drawn, ...near]
    expect(distanceTrends(sample(all, all.map(() => 1)))).toEqual([])
  })
})

test('a condition with one item has no interval of its margin', async () => {
  const subject = { name: 'planted', seed: 1, model: plantedModel() }
  const one = { ...items[0], fields: { ...items[0].fields, slots: null } }
  const { rows: [row] } = await agreement(engine, subject, [one], { ...models, resamples: 100 })
  expect(row).toMatchObject({ n: 1, accuracy: 1, marginLow: null, marginHigh: null })
  expect(row.low).toBeLessThan(0.3) // Wilson for 1 of 1
})

describe('examples', () => {
  const natural = items.map((item) => ({ ...item, task: 'brown', fields: { ...item.fields, slots: null } }))
  const draw = async (model: typeof plantedModel) => {
    const subject = { name: 'any', seed: 1, model: model() }
    const { examples, rows } = await agreement(engine, subject, natural, { ...models, resamples: 100 })
    return { examples, rows }
  }

  test('are the same for every model, with its own margins', async () => {
    const [planted, random] = await Promise.all([draw(plantedModel), draw(randomModel)])
    expect(planted.examples).toHaveLength(20)
    expect(planted.examples.every(({ margin }) => margin > 0)).toBe(true)
    const asked = (examples: typeof planted.examples) => examples.map(({ sentence, right }) => `${sentence} ${right}`)
    expect(asked(random.examples)).toEqual(asked(planted.examples))
    expect(random.examples.map(({ margin }) => margin)).not.toEqual(planted.examples.map(({ margin }) => margin))
  })

  test('of real text have subjects as their only clusters', async () => {
    const { rows } = await draw(plantedModel)
    expect(rows.map(({ lemmas }) => lemmas)).toEqual([24, 24, 24, 24])
  })
})
