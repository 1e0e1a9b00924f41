import { beforeAll, describe, expect, test } from 'vitest'
import { jacobians } from '../../../src/analysis/gradients/jacobians.ts'
import { stepJacobians } from '../../../src/analysis/gradients/step-jacobians.ts'
import { logSingularValues } from '../../../src/core/matrix.ts'
import { Random } from '../../../src/core/random.ts'
import type { Engine, State } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { stateNames } from '../../../src/model/sites.ts'
import { expectClose, GRADIENT } from '../../engine/close.ts'
import { CELLS } from '../../engine/models.ts'
import { referenceRun } from '../../engine/reference.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'
import { keepingModel, TOKENS, trainedSubject } from './planted.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const texts = [randomTokens(60, TOKENS, 1), randomTokens(40, TOKENS, 2)]
const places = [{ sequence: 0, position: 50 }, { sequence: 1, position: 30 }, { sequence: 1, position: 39 }]
const lags = [1, 2, 10, 30]

describe.each(CELLS)('with %s cells', (cell) => {
  const model = modelWithVocabulary(cell, { layers: 2, units: 3, vocabulary: TOKENS }, 3)
  const names = stateNames(model.config)
  const stateAt = (step: number): State => {
    const part = (first: number) => Float32Array.from([0, 1, 2], (unit) => Math.sin(step + first + unit))
    return Object.fromEntries(names.map((name, index) => [name, part(3 * index)]))
  }

  test('each step has the Jacobian of finite differences', () => {
    const tokens = Int32Array.of(2, 5, 1)
    const steps = [0, 1, 2].map(stateAt)
    const all = (name: string) => Float32Array.from(steps.flatMap((one) => [...one[name]]))
    const states = Object.fromEntries(names.map((name) => [name, all(name)]))
    const found = stepJacobians(engine, model, tokens, states)
    const width = names.length * 3
    found.forEach(({ size, values }, step) => {
      expect(size).toBe(width)
      const expected = new Float64Array(width * width)
      for (let column = 0; column < width; column++) {
        const after = [1e-5, -1e-5].map((move) => {
          const state = Object.fromEntries(names.map((name) => [name, Float64Array.from(steps[step][name])]))
          state[names[Math.floor(column / 3)]][column % 3] += move
          const batch = { tokens: tokens.subarray(step, step + 1), rows: 1, steps: 1 }
          const result = referenceRun(model.config, model.weights, batch, { state })
          return names.flatMap((name) => [...result.state[name]])
        })
        for (let row = 0; row < width; row++) expected[row * width + column] = (after[0][row] - after[1][row]) / 2e-5
      }
      expectClose(Array.from(values), expected, GRADIENT, `step ${step}`)
    })
  })

  test('the product of many steps has the singular value of the Jacobian of all of them at once', async () => {
    const options = { lags: [30], initial: 'zeros' } as const
    const { rows } = await jacobians(engine, trainedSubject(model), texts, places.slice(0, 1), options)
    const size = names.length * 3
    const [all, last] = [texts[0].subarray(0, 20), texts[0].subarray(20, 50)]
    const { state } = engine.run(model, { tokens: all, rows: 1, steps: 20 })
    const repeat = (name: string) => Float32Array.from({ length: size * 3 }, (_, at) => state[name][at % 3])
    const repeated = Object.fromEntries(names.map((name) => [name, repeat(name)]))
    const unitVectors = Object.fromEntries(
      names.map((name, part) => [
        name,
        Float32Array.from({ length: size * 3 }, (_, at) => (Math.floor(at / 3) === part * 3 + (at % 3) ? 1 : 0)),
      ]),
    )
    const batch = { tokens: Int32Array.from({ length: size * 30 }, (_, at) => last[at % 30]), rows: size, steps: 30 }
    const whole = engine.sensitivities(model, batch, { state: unitVectors }, { state: repeated })
    const values = new Float64Array(size * size)
    names.forEach((name, part) => {
      whole.state[name].forEach((slope, at) => (values[Math.floor(at / 3) * size + part * 3 + (at % 3)] = slope))
    })
    const [logNorm] = logSingularValues([{ size, values }], [1], { random: new Random('whole') })
    const expected = logNorm / Math.LN10
    if (expected === -Infinity) expect(rows[0]).toMatchObject({ log: null, zeros: 1, growth: null })
    else expect(rows[0].log).toBeCloseTo(expected, 4)
  })
})

test('a simple network of units on their own has its weights as growth rates, and reaches its bound', async () => {
  const subject = trainedSubject(keepingModel('rnn relu', [0.5, 0.9, 0.7]))
  const { rows, spectrum } = await jacobians(engine, subject, texts, places, { lags })
  rows.forEach(({ lag, log, bandLow, bandHigh, growth, bound, gates, bestGate }, index) => {
    expect(lag).toBe(lags[index])
    for (const value of [log, bandLow, bandHigh, bound]) expect(value).toBeCloseTo(lag * Math.log10(0.9), 5)
    expect(growth).toBeCloseTo(Math.log(0.9), 5)
    expect([gates, bestGate]).toEqual([null, null])
  })
  expect(spectrum.map(({ rank }) => rank)).toEqual([1, 2, 3])
  for (const row of spectrum) expect(row).toMatchObject({ steps: 30, places: 3 })
  expectClose(spectrum.map(({ exponent }) => exponent!), [0.9, 0.7, 0.5].map(Math.log), 1e-5, 'exponents')
})

test('gates stand beside the products of networks that have them', async () => {
  const shares = [0.5, 0.9, 0.7]
  const meanLog = shares.reduce((sum, share) => sum + Math.log10(share), 0) / 3
  for (const cell of ['lstm', 'gru after'] as const) {
    const { rows } = await jacobians(engine, trainedSubject(keepingModel(cell, shares)), texts, places, { lags })
    for (const { lag, gates, bestGate, bound } of rows) {
      expect(gates).toBeCloseTo(lag * meanLog, 4)
      expect(bestGate).toBeCloseTo(lag * Math.log10(0.9), 4)
      expect(bound).toBeNull()
    }
    // an LSTM without recurrent weights has nothing else: ∂c′/∂c is the gate, and h′ adds a factor below √2
    const excess = rows.map(({ log, bestGate }) => log! - bestGate!)
    for (const more of excess) {
      expect(more).toBeGreaterThan(-1e-4)
      expect(more).toBeLessThan(Math.log10(Math.SQRT2))
    }
  }
})

test('no product of a simple network exceeds its bound; of several layers none is known', async () => {
  for (const cell of ['rnn tanh', 'rnn relu'] as const) {
    const one = modelWithVocabulary(cell, { layers: 1, units: 6, vocabulary: TOKENS }, 5)
    const { rows } = await jacobians(engine, trainedSubject(one), texts, places, { lags })
    for (const { log, bandHigh, bound } of rows) {
      expect(bound).not.toBeNull()
      if (log !== null) expect(Math.max(log, bandHigh!)).toBeLessThan(bound! + 1e-6)
    }
    const two = modelWithVocabulary(cell, { layers: 2, vocabulary: TOKENS }, 5)
    const deep = await jacobians(engine, trainedSubject(two), texts, places, { lags })
    expect(deep.rows.every(({ bound }) => bound === null)).toBe(true)
  }
})

test('a lost direction has no exponent, and a large network no spectrum', async () => {
  const subject = trainedSubject(keepingModel('rnn relu', [0.5, 0, 0.7]))
  const { spectrum } = await jacobians(engine, subject, texts, places, { lags })
  expect(spectrum.map(({ exponent }) => exponent === null)).toEqual([false, false, true])
  const limited = await jacobians(engine, subject, texts, places, { lags, spectrumUnits: 2 })
  expect(limited.spectrum).toEqual([])
  expect(limited.rows).toHaveLength(4)
  const { spectrum: first } = await jacobians(engine, subject, texts, places, { lags, spectrumPlaces: 1 })
  expect(first[0]).toMatchObject({ places: 1, rank: 1 })
})
