// Tail of the normal distribution.

import { exp } from '../math.ts'

const SQRT_PI = 1.772453850905516
const SQRT_2 = 1.4142135623730951

/** P(|Z| ≥ |z|) for a standard normal Z; relative error below 1e-12. */
export function twoSidedNormal(z: number): number {
  const x = Math.abs(z) / SQRT_2
  return x < 2.5 ? 1 - errorSeries(x) : complementFraction(x)
}

/** erf(x) = 2/√π · e^(−x²) · Σ 2^n x^(2n+1) / (2n+1)!! (Abramowitz & Stegun 7.1.6): every term is positive. */
function errorSeries(x: number): number {
  let term = x
  let sum = x
  for (let odd = 3; term > sum * 1e-17; odd += 2) {
    term *= (2 * x * x) / odd
    sum += term
  }
  return (2 / SQRT_PI) * exp(-x * x) * sum
}

/** erfc(x) = e^(−x²)/√π · 1/(x + ½/(x + 1/(x + 3⁄2/(x + …)))) (Abramowitz & Stegun 7.1.14), from the inside out. */
function complementFraction(x: number): number {
  let tail = x
  for (let half = 60; half >= 1; half--) tail = x + half / 2 / tail
  return exp(-x * x) / (SQRT_PI * tail)
}
