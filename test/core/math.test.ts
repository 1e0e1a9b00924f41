// Elementary functions beside exact arithmetic: numbers as integers times 2^−1400, series summed to the last bit.

import { expect, test } from 'vitest'
import { exp, log, log10, log2, logSumExp, sigmoid, tanh } from '../../src/core/math.ts'

const BITS = 1400n
const ONE = 1n << BITS

/** A double as an integer times 2^−1400, exactly. */
function exact(x: number): bigint {
  const bits = new BigUint64Array(new Float64Array([x]).buffer)[0]
  const exponent = (bits >> 52n) & 0x7ffn
  const fraction = bits & 0xfffffffffffffn
  const significand = exponent === 0n ? fraction : fraction | (1n << 52n)
  const shifted = significand << (BITS - 1074n + (exponent === 0n ? 0n : exponent - 1n))
  return x < 0 ? -shifted : shifted
}

function times(a: bigint, b: bigint): bigint {
  return (a * b) >> BITS
}

function over(a: bigint, b: bigint): bigint {
  return (a << BITS) / b
}

/** e^x by its series at x / 1024, squared ten times over. */
function exactExp(x: bigint): bigint {
  const small = x >> 10n
  let sum = ONE
  let term = ONE
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    term = times(term, small) / n
    sum += term
  }
  for (let round = 0; round < 10; round++) sum = times(sum, sum)
  return sum
}

/** Distance from the true value in units of the last place of the double. */
function ulps(x: number, truth: bigint): number {
  const difference = exact(x) - truth
  const place = exact(lastPlace(x))
  return Math.abs(Number((difference * 1000n) / place) / 1000)
}

/** The distance to the next double away from zero. */
function lastPlace(x: number): number {
  const size = Math.abs(x)
  const bits = new BigInt64Array(new Float64Array([size]).buffer)[0]
  return new Float64Array(new BigInt64Array([bits + 1n]).buffer)[0] - size
}

/** Values between `low` and `high`, evenly apart but for an irrational offset. */
function between(low: number, high: number, count = 60): number[] {
  return Array.from({ length: count }, (_, index) => low + ((high - low) * (index + Math.SQRT1_2)) / count)
}

test('exp is within one unit in the last place', () => {
  const values = [...between(-3, 3), ...between(-700, 700), 1e-9, -1e-17, 0.34657, -0.34658]
  for (const x of values) expect(ulps(exp(x), exactExp(exact(x))), `exp(${x})`).toBeLessThan(1)
})

test('log is within one unit in the last place: x lies between e to the neighbours of log x', () => {
  const values = [...between(0.5, 2), ...between(0.99, 1.01), ...between(0, 1000), 1e-300, 1e300, Number.MIN_VALUE]
  for (const x of values) {
    const [y, step] = [log(x), lastPlace(log(x))]
    expect(exactExp(exact(y - step)) <= exact(x) && exact(x) <= exactExp(exact(y + step)), `log(${x})`).toBe(true)
  }
})

test('tanh is within two units in the last place', () => {
  const values = [...between(-1, 1), ...between(-10, 10), 1e-9, 0.55, 0.5500001, 21.9]
  for (const x of values) {
    const e = exactExp(2n * exact(x))
    expect(ulps(tanh(x), over(e - ONE, e + ONE)), `tanh(${x})`).toBeLessThan(2)
  }
})

test('the logistic function is within two units in the last place', () => {
  for (const x of [...between(-5, 5), ...between(-300, 40), 0, -0]) {
    expect(ulps(sigmoid(x), over(ONE, ONE + exactExp(-exact(x)))), `sigmoid(${x})`).toBeLessThan(2)
  }
})

test('the ends of the line are where IEEE 754 puts them', () => {
  expect([0, -Infinity, Infinity, 710, -746, NaN].map(exp)).toEqual([1, 0, Infinity, Infinity, 0, NaN])
  expect(exp(-745)).toBe(Number.MIN_VALUE)
  expect([log(1), log(0), log(-1), log(Infinity), log(NaN)]).toEqual([0, -Infinity, NaN, Infinity, NaN])
  expect([tanh(0), tanh(-0), tanh(Infinity), tanh(-40), tanh(NaN)]).toEqual([0, -0, 1, -1, NaN])
  expect([sigmoid(-Infinity), sigmoid(Infinity), sigmoid(0), sigmoid(NaN)]).toEqual([0, 1, 0.5, NaN])
})

test('a power of two has a whole logarithm to base 2', () => {
  for (const power of [-20, -1, 0, 1, 10]) expect(log2(2 ** power)).toBeCloseTo(power, 13)
})

test('a power of ten has a whole logarithm to base 10', () => {
  for (const power of [-300, -7, 0, 1, 30]) expect(log10(Number(`1e${power}`))).toBeCloseTo(power, 12)
  expect(log10(0)).toBe(-Infinity)
})

test('the logarithm of a sum of exponentials neither overflows nor loses small terms', () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 10)
  expect(logSumExp([-1000, -1000, -Infinity])).toBeCloseTo(-1000 + Math.LN2, 10)
  expect(logSumExp([0, Math.log(3), Math.log(4)])).toBeCloseTo(Math.log(8), 14)
  expect(logSumExp([])).toBe(-Infinity)
  expect(logSumExp([-Infinity])).toBe(-Infinity)
})
