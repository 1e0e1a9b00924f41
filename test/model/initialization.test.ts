// How weights start: their ranges, orthonormality, and that each weight has a stream of its own.

import { describe, expect, test } from 'vitest'
import { Random } from '../../src/core/random.ts'
import type { ModelConfig } from '../../src/model/config.ts'
import { initializeWeights } from '../../src/model/initialization.ts'
import { smallConfig, type Cell, type Size } from '../engine/models.ts'

const SIZE: Size = { layers: 2, units: 16, embedding: 9, vocabulary: 40, trained: true }

function start(cell: Cell, initialization: Partial<ModelConfig['initialization']> = {}, size = SIZE) {
  const config = smallConfig(cell, size)
  const chosen = { ...config, initialization: { ...config.initialization, ...initialization } }
  return initializeWeights(chosen, new Random(5))
}

/** Largest size, which for n uniform draws within ±r lies just below r. */
function largest(values: Float32Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
}

function expectWithin(values: Float32Array, bound: number): void {
  expect(largest(values)).toBeLessThanOrEqual(Math.fround(bound))
  expect(largest(values)).toBeGreaterThan(0.95 * bound)
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  expect(Math.abs(mean)).toBeLessThan((4 * bound) / Math.sqrt(3 * values.length)) // four standard errors
}

describe('uniform', () => {
  test('is within 1/√d for the embedding and 1/√units for the other matrices', () => {
    const weights = start('lstm')
    expectWithin(weights.embedding, 1 / 3)
    for (const name of ['0.kernel', '1.kernel', '0.recurrentKernel', 'decoder']) expectWithin(weights[name], 1 / 4)
  })

  test('has the range that the config gives', () => {
    const weights = start('gru after', { embedding: 0.1, decoder: 'zeros' })
    expectWithin(weights.embedding, 0.1)
    expect(largest(weights.decoder)).toBe(0)
  })
})

test('biases and trained initial states start at zero, but for the forget gate', () => {
  const weights = start('lstm')
  const expected = Float32Array.from({ length: 64 }, (_, index) => (index >= 16 && index < 32 ? 1 : 0))
  expect(weights['1.bias']).toEqual(expected)
  for (const name of ['decoderBias', '0.initialHidden', '1.initialCell']) expect(largest(weights[name])).toBe(0)
  expect(largest(start('gru after')['0.recurrentBias'])).toBe(0)
})

describe('orthogonal', () => {
  test.each(['lstm', 'gru before', 'rnn tanh'] as const)('gives each gate of a %s orthonormal rows', (cell) => {
    const gates = { lstm: 4, 'gru before': 3, 'rnn tanh': 1 }[cell]
    const weights = start(cell, { recurrentKernel: 'orthogonal', kernel: 'orthogonal' })
    for (const { name, rows } of [{ name: '1.recurrentKernel', rows: 16 }, { name: '0.kernel', rows: 9 }]) {
      for (let gate = 0; gate < gates; gate++) {
        const row = (index: number) => weights[name].slice((index * gates + gate) * 16, (index * gates + gate + 1) * 16)
        for (let i = 0; i < rows; i++) {
          for (let j = 0; j <= i; j++) {
            const product = row(i).reduce((sum, value, index) => sum + value * row(j)[index], 0)
            expect(product).toBeCloseTo(i === j ? 1 : 0, 6)
          }
        }
      }
    }
  })

  test('gives a tall matrix orthonormal columns', () => {
    const { decoder } = start('lstm', { decoder: 'orthogonal' })
    const column = (index: number) => decoder.filter((_, place) => place % 16 === index)
    expect(column(3).reduce((sum, value) => sum + value * value, 0)).toBeCloseTo(1, 6)
    expect(column(3).reduce((sum, value, index) => sum + value * column(11)[index], 0)).toBeCloseTo(0, 6)
  })

  test('differs from gate to gate', () => {
    const kernel = start('lstm', { recurrentKernel: 'orthogonal' })['0.recurrentKernel']
    expect(kernel.slice(0, 16)).not.toEqual(kernel.slice(16, 32))
  })
})

describe('randomness', () => {
  test('the same seed gives the same weights, another seed others', () => {
    const seeded = (seed: number) => initializeWeights(smallConfig('lstm', SIZE), new Random(seed))
    expect(seeded(1)).toEqual(seeded(1))
    expect(seeded(1).decoder).not.toEqual(seeded(2).decoder)
  })

  test('another initialisation of one weight leaves the others as they were', () => {
    const before = start('lstm')
    const after = start('lstm', { embedding: 'zeros', recurrentKernel: 'orthogonal' })
    for (const name of ['0.kernel', '1.kernel', 'decoder']) expect(after[name]).toEqual(before[name])
    expect(after['0.recurrentKernel']).not.toEqual(before['0.recurrentKernel'])
  })
})
