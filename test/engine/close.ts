// Closeness of arrays, relative to the largest value: |a − b| ≤ tolerance · max|b|.

import { expect } from 'vitest'

/** For values of a forward pass: sums of a few hundred 32-bit products differ by some units of 6e-8. */
export const FORWARD = 1e-5
/** For gradients, whose errors add up over the steps. */
export const GRADIENT = 1e-4

export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length)
  let scale = 0
  for (let index = 0; index < expected.length; index++) scale = Math.max(scale, Math.abs(expected[index]))
  for (let index = 0; index < expected.length; index++) {
    const difference = Math.abs(actual[index] - expected[index])
    if (!(difference <= tolerance * scale)) {
      expect.fail(`${what}[${index}] is ${actual[index]}, expected ${expected[index]}, with the largest at ${scale}`)
    }
  }
}
