import { describe, expect, test } from 'vitest'
import { agreement } from '../../src/analysis/agreement.ts'
import { GROUPS, groupOf } from '../../src/analysis/agreement-groups.ts'
import { scoreBaselines } from '../../src/analysis/agreement-baselines.ts'
import { tokenId } from '../../src/data/vocabulary.ts'
import { createTfjsEngine } from '../../src/engine/tfjs/engine.ts'
import { trainNgram, trainUnigram } from '../../src/model/ngram.ts'
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
      expect(row.lemmas).toBe(24 + 12)
      expect(row.low).toBeCloseTo(0.7575, 3) // Wilson for 12 of 12, the verbs
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
