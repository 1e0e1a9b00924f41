// Numbers with fewer digits: to nearest, ties to even. What the edit `round` does to a value, and an analysis to weights.

import type { Precision } from './edits.ts'

/** A 32-bit float in a smaller format: to nearest, ties to even. */
export function roundTo(precision: Precision, value: number): number {
  if (Number.isNaN(value)) return value
  switch (precision) {
    case 'bfloat16': // 8 bits of significand, the exponents of float32
      return roundSignificand(value, 8, -126, 127)
    case 'float16': // 11 bits of significand, IEEE 754 binary16
      return roundSignificand(value, 11, -14, 15)
    case 'int8': // k / 127 for k from −127 to 127
      return Math.fround(Math.max(-127, Math.min(127, roundEven(value * 127))) / 127)
  }
}

/** Rounds to `bits` of significand, the hidden one included; gradually fewer below 2^least, infinity beyond 2^most. */
function roundSignificand(value: number, bits: number, least: number, most: number): number {
  if (value === 0 || !Number.isFinite(value)) return value
  const spacing = 2 ** (Math.max(exponentOf(value), least) - bits + 1)
  const rounded = roundEven(value / spacing) * spacing // a power of two: both are exact
  return Math.abs(rounded) >= 2 ** (most + 1) ? Math.sign(value) * Infinity : rounded
}

/** e where 2^e ≤ |value| < 2^(e+1), read from the bits of a double. */
function exponentOf(value: number): number {
  return ((new Uint32Array(new Float64Array([value]).buffer)[1] >>> 20) & 0x7ff) - 1023
}

function roundEven(value: number): number {
  const floor = Math.floor(value)
  const rest = value - floor
  const up = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0)
  return up ? floor + 1 : floor
}
