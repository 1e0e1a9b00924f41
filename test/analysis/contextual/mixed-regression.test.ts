// Gradients of a regression on mixed layers beside finite differences of its loss, which is written here once more.

import { describe, expect, test } from 'vitest'
import { MixedRegression } from '../../../src/analysis/contextual/mixed-regression.ts'
import { Random } from '../../../src/core/random.ts'

const [width, classes] = [3, 4]

describe.each([1, 3])('on %i layers', (layers) => {
  const random = new Random('regression')
  const tokens = Array.from({ length: 6 }, () => Float64Array.from({ length: layers * width }, () => random.normal()))
  const labels = tokens.map(() => random.integer(classes))
  const regression = new MixedRegression({ width, layers, classes, batch: 6 })
  const parameters = new Float64Array(regression.size)
  regression.update((own) => {
    for (let index = 0; index < own.length; index++) parameters[index] = own[index] += random.uniform(-1, 1)
  })

  function logits(token: Float64Array): number[] {
    const first = classes * width + classes
    const powers = layers === 1 ? [1] : [...parameters.subarray(first, first + layers)].map(Math.exp)
    const total = powers.reduce((sum, power) => sum + power)
    const scale = layers === 1 ? 1 : parameters[first + layers]
    return Array.from({ length: classes }, (_, k) => {
      let sum = parameters[classes * width + k]
      for (let layer = 0; layer < layers; layer++) {
        for (let i = 0; i < width; i++) {
          sum += parameters[k * width + i] * scale * (powers[layer] / total) * token[layer * width + i]
        }
      }
      return sum
    })
  }

  const loss = () => tokens.reduce((sum, token, item) => {
    const said = logits(token)
    return sum + Math.log(said.map(Math.exp).reduce((one, other) => one + other)) - said[labels[item]]
  }, 0)

  test('every parameter has the gradient of the loss', () => {
    const gradients = new Float64Array(parameters.length)
    for (const batch of [[0, 1, 2, 3, 4], [5]]) { // one is left behind four; the second begins anew
      for (const item of batch) regression.learn(tokens[item], labels[item], gradients)
      regression.finish(gradients)
    }
    const step = 1e-5 // of a loss of some 20 nats differences have 2e-10 of rounding, and 1e-9 of the third derivative
    for (let index = 0; index < parameters.length; index++) {
      const kept = parameters[index]
      parameters[index] = kept + step
      const above = loss()
      parameters[index] = kept - step
      const below = loss()
      parameters[index] = kept
      expect(gradients[index], `parameter ${index}`).toBeCloseTo((above - below) / (2 * step), 7)
    }
  })

  test('the class is that of the largest logit', () => {
    for (const token of tokens) {
      const said = logits(token)
      expect(regression.classify(token)).toBe(said.indexOf(Math.max(...said)))
    }
  })
})
