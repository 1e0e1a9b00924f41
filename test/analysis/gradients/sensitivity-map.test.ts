import { beforeAll, expect, test } from 'vitest'
import { sensitivityMap } from '../../../src/analysis/gradients/sensitivity-map.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'
import { referenceRun } from '../../engine/reference.ts'
import { keepingModel, TOKENS, trainedSubject } from './planted.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const text = randomTokens(6, TOKENS, 1)

test('units on their own know of the first input what they keep', async () => {
  const shares = [0.5, 0.9, 0]
  const model = keepingModel('rnn relu', shares)
  const { words, texts, steps, units } = await sensitivityMap(engine, trainedSubject(model), [text])
  expect(texts).toBe(1)
  expect(words).toEqual(Array.from(text, (token) => model.vocabulary.tokens[token]))
  const kernel = model.weights['0.kernel'] // [2, 3]
  const columns = [0, 1, 2].map((unit) => Math.hypot(kernel[unit], kernel[3 + unit]))
  expect(units.map(({ unit }) => unit)).toEqual(['0.hidden.0', '0.hidden.1', '0.hidden.2'])
  units.forEach(({ values }, unit) => {
    values.forEach((value, step) => {
      const expected = columns[unit] * shares[unit] ** step
      if (expected === 0) expect(value).toBeNull()
      else expect(value).toBeCloseTo(Math.log10(expected), 5)
    })
  })
  steps.forEach((inputs, output) => {
    expect(inputs).toHaveLength(output + 1)
    inputs.forEach((value, input) => {
      const parts = columns.map((column, unit) => column * shares[unit] ** (output - input))
      expect(value).toBeCloseTo(Math.log10(Math.hypot(...parts)), 5)
    })
  })
})

test('is the Jacobian of finite differences, and the mean over texts', async () => {
  const model = modelWithVocabulary('lstm', { layers: 2, units: 3, vocabulary: TOKENS }, 4)
  const subject = trainedSubject(model)
  const { steps } = await sensitivityMap(engine, subject, [text], { initial: 'zeros' })
  const [output, input] = [4, 1]
  let squares = 0
  for (let place = 0; place < 4; place++) {
    const [above, below] = [1e-5, -1e-5].map((add) => {
      const edits = [{ unit: `embedding.${place}`, add, steps: [input] }]
      const { recorded } = referenceRun(model.config, model.weights, { tokens: text, rows: 1, steps: 6 }, { edits })
      return recorded['1.hidden'].subarray(output * 3, output * 3 + 3)
    })
    for (let unit = 0; unit < 3; unit++) squares += ((above[unit] - below[unit]) / 2e-5) ** 2
  }
  expect(steps[output][input]).toBeCloseTo(Math.log10(squares) / 2, 4)

  const other = randomTokens(6, TOKENS, 2)
  const alone = await sensitivityMap(engine, subject, [other], { initial: 'zeros' })
  const both = await sensitivityMap(engine, subject, [text, other], { initial: 'zeros' })
  expect(both).toMatchObject({ texts: 2, words: null })
  expect(both.steps[5][0]).toBeCloseTo((steps[5][0]! + alone.steps[5][0]!) / 2, 10)
})
