// Rounding beside PyTorch 1.13. The script:
//   t = torch.tensor(x); t.bfloat16().double().tolist(); t.half().double().tolist()

import { expect, test } from 'vitest'
import { roundTo } from '../../src/model/precision.ts'
import { gridOf } from '../engine/reference.ts'

/** value, as bfloat16, as float16; ties, subnormal numbers and overflow among them */
const PYTORCH: readonly (readonly [number, number, number])[] = [
  [1.00390625, 1.0, 1.00390625], // a tie of bfloat16, down to even
  [1.01171875, 1.015625, 1.01171875], // a tie, up to even
  [-1.00390625, -1.0, -1.00390625],
  [1.00048828125, 1.0, 1.0], // a tie of float16, down to even
  [1.00146484375, 1.0, 1.001953125], // a tie, up to even
  [0.1, 0.10009765625, 0.0999755859375],
  [0.333333343, 0.333984375, 0.333251953125],
  [-2.7182817459106445, -2.71875, -2.71875],
  [3.4e38, Infinity, Infinity],
  [65519, 65536, 65504],
  [65520, 65536, Infinity],
  [6.1e-5, 6.103515625e-5, 6.097555160522461e-5],
  [5e-8, 5.005858838558197e-8, 5.960464477539063e-8],
  [3e-8, 3.003515303134918e-8, 5.960464477539063e-8],
  [2.9802322387695312e-8, 2.9802322387695312e-8, 0], // half of the smallest float16
  [1e-40, 9.183549615799121e-41, 0],
  [4.591774807899561e-41, 0, 0], // half of the smallest bfloat16
]

test.each(PYTORCH)('%d rounds as in PyTorch', (value, bfloat16, float16) => {
  expect(roundTo('bfloat16', Math.fround(value))).toBe(bfloat16)
  expect(roundTo('float16', Math.fround(value))).toBe(float16)
})

test('a value of a format stays itself', () => {
  for (const precision of ['bfloat16', 'float16'] as const) {
    const values = gridOf(precision).filter((_, index) => index % 37 === 0)
    expect(values.map((value) => roundTo(precision, value))).toEqual(values)
  }
})

test('int8 has 127 steps on either side of zero, and clips', () => {
  expect([-1, -0.5, 0, 0.003, 0.004, 1, 3, -Infinity].map((value) => roundTo('int8', value) * 127)).toEqual(
    [-127, -64, 0, 0, 1, 127, 127, -127].map((step) => Math.fround(step / 127) * 127), // −63.5 is a tie: to even
  )
})

test('what is not a number stays so', () => {
  expect(roundTo('bfloat16', NaN)).toBeNaN()
  expect(roundTo('int8', NaN)).toBeNaN()
  expect(roundTo('float16', -Infinity)).toBe(-Infinity)
})
