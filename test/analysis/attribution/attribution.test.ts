// Networks of which it is known which word their verbs follow, and which number they take without any.

import { describe, expect, test } from 'vitest'
import { attribution, checkAttribution } from '../../../src/analysis/attribution/attribution.ts'
import type { AttributionMethod } from '../../../src/analysis/results.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import type { Model } from '../../../src/model/model.ts'
import { judgeDefault, judgeParts } from '../../../src/report/verdicts/attribution.ts'
import { scoreItems } from '../../../src/tasks/score-items.ts'
import { misledModel, plantedItems, plantedModel, randomModel, vocabulary } from '../planted.ts'

const engine = await loadEngine()
const items = plantedItems(26)
const attribute = (model: Model) => attribution(engine, { name: 'model', seed: 1, model }, items, { resamples: 200 })

/** The decoder's bias of every plural verb is higher by so much. */
function leaning(model: Model, by: number): Model {
  vocabulary.tokens.forEach((token, id) => {
    if (/^verb.*P$/.test(token)) model.weights['decoderBias'][id] += by
  })
  return model
}

describe('of a network whose verbs follow the subject', async () => {
  const found = await attribute(plantedModel())

  test('what removes words to their means puts the margin down to the subject', () => {
    const own = found.rows.filter(({ method, reference }) => method === 'Shapley values' && reference === 'mean')
    for (const condition of ['SS', 'SP', 'PS', 'PP']) {
      const rows = own.filter((row) => row.condition === condition)
      expect(rows.map(({ part }) => part)).toEqual(
        ['the', 'subject', 'preposition', 'the', 'noun', 'state before', 'biases', 'decoder biases', 'left over'],
      )
      const [subject, ...others] = rows.sort((a, b) => b.contribution - a.contribution)
      expect(subject.role).toBe('subject')
      expect(subject.contribution).toBeGreaterThan(1)
      expect(Math.max(...others.filter(({ position }) => position !== null).map(({ contribution }) => contribution))).toBeLessThan(0.2)
    }
  })

  test('one with the other subject differs by what is put down to the subject', () => {
    const [row] = found.checks.filter(({ method, reference }) => method === 'Shapley values' && reference === 'mean')
    expect(row.pairs).toBeGreaterThan(90)
    expect(row.swap).toBeCloseTo(1, 1)
    // what removes one word of the rest is right about a swap, whatever the network
    expect(found.checks.filter(({ method }) => method === 'occlusion').map(({ swap }) => swap)).toEqual([null, null])
  })

  test('the subject alone is as right as all words, and they without it are not', () => {
    const own = found.kept.filter(({ method, reference }) => method === 'Shapley values' && reference === 'mean')
    const right = (which: string) => own.filter(({ kept }) => kept === which).map(({ accuracy }) => accuracy)
    expect(right('subject and default')).toEqual([1, 1, 1, 1])
    expect(own.map(({ intact }) => intact)).toEqual(Array(16).fill(1))
    const without = right('all but the subject')
    expect((without[0] + without[2]) / 2).toBeLessThan(0.7) // SS and PS
  })

  test('is told by what puts means in the place of words, not by the gradient that its saturated unit hides', () => {
    const [verdict] = judgeParts(found.rows, 1)
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain('by all 3 methods that put means in the place of words: of SP the subject adds')
    expect(Number(/with zeros (\d) of 6 methods say so/.exec(verdict.sentence)![1])).toBeLessThan(6)
  })

  test('few items tell nothing', async () => {
    const few = await attribution(engine, { name: 'model', seed: 1, model: plantedModel() }, items.slice(0, 8), { resamples: 50 })
    expect(judgeParts(few.rows, 1)[0].judgement).toBe('cannot tell')
    expect(judgeDefault(few.defaults, 1)[0].judgement).toBe('cannot tell')
  })
})

test('of one whose verbs follow the last noun the subject is not named, though methods with zeros would', async () => {
  const { rows } = await attribute(misledModel(12))
  const [verdict] = judgeParts(rows, 1)
  expect(verdict.judgement).toBe('not found')
  expect(verdict.sentence).toContain('with zeros 3 of 6 methods say so')
})

test('parts of the methods that add up miss the margin by 1e-5 at most, and others say what they leave over', async () => {
  const model = randomModel()
  const { rows, checks } = await attribute(model)
  const complete: readonly AttributionMethod[] = ['integrated gradients', 'Shapley values', 'whole gates']
  const margins = await scoreItems(engine, model, items)
  for (const row of checks) {
    if (complete.includes(row.method)) expect(row.largestGap).toBeLessThan(1e-5)
    else expect(row.gap).toBeGreaterThan(0.01)
    if (row.method === 'contextual decomposition') expect(row.identity).toBeLessThan(1e-5)
    const parts = rows.filter(({ method, reference, condition }) => method === row.method && reference === row.reference && condition === 'SP')
    const own = items.flatMap(({ condition }, item) => (condition === 'SP' ? [margins[item]] : []))
    const sum = parts.reduce((whole, { contribution }) => whole + contribution, 0)
    expect(sum).toBeCloseTo(own.reduce((whole, margin) => whole + margin, 0) / own.length, 5)
  }
})

describe('the number without words', async () => {
  const [toPlural, toSingular] = [await attribute(leaning(plantedModel(), 3)), await attribute(leaning(plantedModel(), -3))]

  test('is that of the decoder’s biases where nothing else leans', () => {
    for (const [{ defaults }, by, number] of [[toPlural, 3, 'plural'], [toSingular, -3, 'singular']] as const) {
      const [verdict] = judgeDefault(defaults, 1)
      expect(verdict.judgement).toBe('found')
      expect(verdict.sentence).toContain(`the ${number} is the number that the network takes after the mean of all sentences`)
      for (const row of defaults) expect(row.decoderBiases).toBeCloseTo(by + meanBias(), 4)
    }
  })

  test('is counted over seeds by its direction', () => {
    const rows = [...toPlural.defaults, ...toSingular.defaults.map((row) => ({ ...row, seed: 2 }))]
    expect(judgeDefault(rows, 1)[0].sentence).toContain('It is the singular in 1 seed and the plural in 1.')
  })
})

test('items without a template, or of several lengths, have no places to average over', () => {
  const natural = items.map((item) => ({ ...item, fields: { ...item.fields, slots: null } }))
  expect(() => checkAttribution('nounpp', items)).not.toThrow()
  expect(() => checkAttribution('brown', natural)).toThrow('The words of the items of brown do not line up')
  const long = items.map((item, index) => (index === 3 ? { ...item, prefix: ['the', ...item.prefix] } : item))
  expect(() => checkAttribution('nested', long)).toThrow('Use templates of one length, such as simple or nounpp.')
})

/** Of the random decoder that the planted one has, plural less singular, over the verbs of the items. */
function meanBias(): number {
  const { decoderBias } = plantedModel().weights
  const biasOf = (token: string) => decoderBias[vocabulary.tokens.indexOf(token)]
  const differences = items.map(({ right, wrong, fields }) => (fields.number === 'plural' ? 1 : -1) * (biasOf(right) - biasOf(wrong)))
  return differences.reduce((sum, value) => sum + value, 0) / differences.length
}
