// Shapes and storage of the weights. The numbers of parameters are those of the formulas in the comments.

import { describe, expect, test } from 'vitest'
import { countParameters, decoderMatrix, flattenWeights, viewWeights, weightShapes } from '../../src/model/weights.ts'
import { smallConfig } from '../engine/models.ts'

const SIZE = { layers: 2, units: 4, embedding: 3, vocabulary: 5 }

describe('the number of parameters', () => {
  test.each([
    // vd + 4n(d + n + 1) + 4n(2n + 1) + vn + v
    { cell: 'lstm' as const, size: SIZE, count: 15 + 16 * 8 + 16 * 9 + 20 + 5 },
    // the same with 2 · 2n for the initial states
    { cell: 'lstm' as const, size: { ...SIZE, trained: true }, count: 15 + 16 * 8 + 16 * 9 + 16 + 20 + 5 },
    { cell: 'gru before' as const, size: SIZE, count: 15 + 12 * 8 + 12 * 9 + 20 + 5 },
    // n more in each layer: the bias inside the reset
    { cell: 'gru after' as const, size: SIZE, count: 15 + 12 * 8 + 12 * 9 + 2 * 4 + 20 + 5 },
    { cell: 'rnn tanh' as const, size: SIZE, count: 15 + 4 * 8 + 4 * 9 + 20 + 5 },
    // tied: no decoder, d = n
    { cell: 'rnn relu' as const, size: { ...SIZE, embedding: 4, tied: true }, count: 20 + 4 * 9 + 4 * 9 + 5 },
  ])('of $cell with $size is $count', ({ cell, size, count }) => {
    expect(countParameters(smallConfig(cell, size))).toBe(count)
  })
})

describe('storage', () => {
  const config = smallConfig('gru after', { ...SIZE, trained: true })

  test('views share one buffer, in the order of the shapes', () => {
    const flat = Float32Array.from({ length: countParameters(config) }, (_, index) => index)
    const weights = viewWeights(config, flat)
    expect(Object.keys(weights)).toEqual(weightShapes(config).map(({ name }) => name))
    expect([...Object.values(weights)].flatMap((values) => [...values])).toEqual([...flat])
    weights['decoderBias'].fill(-1)
    expect([...flattenWeights(config, weights).slice(-6)]).toEqual([flat.length - 6, -1, -1, -1, -1, -1])
  })

  test('weights of one buffer flatten to that buffer, others to a copy', () => {
    const flat = new Float32Array(countParameters(config))
    const shared = flattenWeights(config, viewWeights(config, flat))
    shared[0] = 7
    expect(flat[0]).toBe(7)
    const views = Object.entries(viewWeights(config, flat))
    const apart = Object.fromEntries(views.map(([name, values]) => [name, values.slice()]))
    const copy = flattenWeights(config, apart)
    expect(copy).toEqual(flat)
    copy[0] = 8
    expect(apart.embedding[0]).toBe(7)
  })

  test('weights that are missing or of another size are refused', () => {
    const { decoder, ...rest } = viewWeights(config)
    expect(() => flattenWeights(config, rest)).toThrow('the weights decoder are not [5, 4]')
    expect(() => flattenWeights(config, { ...rest, decoder: decoder.slice(1) })).toThrow('the weights decoder are not [5, 4]')
  })

  test('the decoder of a tied model is its embedding', () => {
    const tied = smallConfig('lstm', { ...SIZE, embedding: 4, tied: true })
    const weights = viewWeights(tied)
    expect(decoderMatrix(tied, weights)).toBe(weights.embedding)
    expect(weights).not.toHaveProperty('decoder')
  })
})
