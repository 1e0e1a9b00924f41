import { expect, test } from 'vitest'
import { quadrature } from '../../src/core/quadrature.ts'

const integral = (from: number, to: number, f: (x: number) => number) =>
  quadrature(from, to).reduce((sum, { at, weight }) => sum + weight * f(at), 0)

test('integrates polynomials up to the degree 15, on any stretch', () => {
  for (let degree = 0; degree <= 15; degree++) {
    const exact = (1.5 ** (degree + 1) - (-0.5) ** (degree + 1)) / (degree + 1)
    expect(Math.abs(integral(-0.5, 1.5, (x) => x ** degree) / exact - 1)).toBeLessThan(1e-13)
  }
  expect(Math.abs(integral(-0.5, 1.5, (x) => x ** 16) / ((1.5 ** 17 + 0.5 ** 17) / 17) - 1)).toBeGreaterThan(1e-7)
})

test('nodes lie within the stretch, from left to right', () => {
  const places = quadrature(2, 3).map(({ at }) => at)
  expect(places).toHaveLength(8)
  expect([...places].sort((a, b) => a - b)).toEqual(places)
  expect(places.every((at) => at > 2 && at < 3)).toBe(true)
})
