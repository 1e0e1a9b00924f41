// Long products beside what is known of them: diagonal factors, determinants, the formula for two by two.

import { expect, test } from 'vitest'
import { logSingularValues, logStretches, multiply, multiplyTransposed, norm } from '../../src/core/matrix.ts'
import type { Matrix } from '../../src/core/matrix.ts'
import { Random } from '../../src/core/random.ts'

function logSingularValue(factors: readonly Matrix[]): number {
  return logSingularValues(factors, [factors.length], { random: new Random('matrices'), tolerance: 1e-9 })[0]
}

function diagonal(values: readonly number[]): Matrix {
  const size = values.length
  const matrix = new Float64Array(size * size)
  values.forEach((value, index) => (matrix[index * size + index] = value))
  return { size, values: matrix }
}

function randomMatrix(size: number, name: string): Matrix {
  const draws = new Random(name)
  return { size, values: Float64Array.from({ length: size * size }, () => draws.normal()) }
}

test('multiplies by a matrix and by its transpose', () => {
  const matrix = { size: 2, values: Float64Array.of(1, 2, 3, 4) }
  const to = new Float64Array(2)
  multiply(matrix, Float64Array.of(5, 6), to)
  expect([...to]).toEqual([17, 39])
  multiplyTransposed(matrix, Float64Array.of(5, 6), to)
  expect([...to]).toEqual([23, 34])
  expect(norm([3, 4])).toBe(5)
})

test('the largest singular value of two by two is that of the formula', () => {
  for (const name of ['a', 'b', 'c', 'd']) {
    const matrix = randomMatrix(2, name)
    const [a, b, c, d] = Array.from(matrix.values)
    const squares = a * a + b * b + c * c + d * d
    const largest = Math.sqrt((squares + Math.sqrt(squares ** 2 - 4 * (a * d - b * c) ** 2)) / 2)
    expect(logSingularValue([matrix])).toBeCloseTo(Math.log(largest), 7)
  }
})

test('the factors of a product stand in the order in which they act', () => {
  const first = { size: 2, values: Float64Array.of(0, 0, 1, 0) } // e₀ becomes e₁
  const second = { size: 2, values: Float64Array.of(0, 7, 0, 0) } // e₁ becomes 7 e₀
  const third = { size: 2, values: Float64Array.of(2, 0, 0, 0) } // e₀ becomes 2 e₀
  expect(logSingularValue([first, second, third])).toBeCloseTo(Math.log(14), 9)
  expect(logSingularValue([third, second, first])).toBe(-Infinity)
})

test('a product of hundreds of factors neither vanishes nor overflows', () => {
  const shrinking = Array.from({ length: 500 }, () => diagonal([1e-3, 1e-5, 0]))
  expect(logSingularValue(shrinking)).toBeCloseTo(500 * Math.log(1e-3), 6)
  const growing = Array.from({ length: 500 }, () => diagonal([-30, 2, 1]))
  expect(logSingularValue(growing)).toBeCloseTo(500 * Math.log(30), 6)
})

test('products of the last factors are those of the factors alone, however many', () => {
  const factors = Array.from({ length: 30 }, (_, index) => randomMatrix(5, `factor ${index}`))
  const counts = [1, 2, 7, 30]
  const together = logSingularValues(factors, counts, { random: new Random('other'), tolerance: 1e-12 })
  counts.forEach((count, index) => expect(together[index]).toBeCloseTo(logSingularValue(factors.slice(-count)), 6))
})

test('stretches of diagonal factors are those of the diagonal, the largest first', () => {
  const factors = Array.from({ length: 400 }, () => diagonal([0.5, -3, 1, 0]))
  const [most, middle, less, least] = logStretches(factors)
  expect(most).toBeCloseTo(400 * Math.log(3), 6)
  expect(middle).toBeCloseTo(0, 9)
  expect(less).toBeCloseTo(400 * Math.log(0.5), 6)
  expect(least).toBe(-Infinity)
})

test('all stretches together are the logarithm of the determinant', () => {
  const factors = Array.from({ length: 50 }, (_, index) => randomMatrix(3, `factor ${index}`))
  const logDeterminant = factors.reduce((sum, { values }) => {
    const [a, b, c, d, e, f, g, h, i] = Array.from(values)
    return sum + Math.log(Math.abs(a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)))
  }, 0)
  expect(logStretches(factors).reduce((sum, stretch) => sum + stretch, 0)).toBeCloseTo(logDeterminant, 8)
})

test('over many random factors the largest stretch is the growth of the largest singular value', () => {
  const factors = Array.from({ length: 400 }, (_, index) => randomMatrix(4, `factor ${index}`))
  const growth = logSingularValue(factors) / factors.length
  expect(logStretches(factors)[0] / factors.length).toBeCloseTo(growth, 1) // they differ by a constant over the steps
})

test('a direction that is rounding beside the others is lost', () => {
  const nearlyFlat = { size: 2, values: Float64Array.of(1, 1, 1, 1 + 1e-9) }
  expect(logStretches([nearlyFlat])[1]).toBeCloseTo(Math.log(1e-9 / Math.SQRT2), 4)
  expect(logStretches([nearlyFlat], 1e-6)[1]).toBe(-Infinity)
})
