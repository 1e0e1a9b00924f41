// A GRU that counts although its state stays within ±1: the counter takes steps of 2^−36, and where |x| ≤ 2^−12 tanh(x)
// is x in 32-bit floats. Any cell with a tanh could count like that. What it could not is survive larger weights, as the
// saturated counter of an LSTM does (Merrill 2019).

import { commonConfig, type Design } from './design.ts'

/** σ(30) and tanh(30) are 1 in 32-bit floats, σ(−30) is 10^−13. */
const SATURATED = 30
/** 2^−36: 2^24 whole steps, all that a float can tell apart, lie within 2^−12. */
const STEP = 1 / 2 ** 36

/** Units: the counters, their signs, one a letter. The candidate always replaces the hidden value (update 1). */
export function gruCounter(blocks: number): Design {
  const counters = Array.from({ length: blocks - 1 }, (_, pair) => pair)
  const signs = counters.map((unit) => blocks - 1 + unit)
  const letters = Array.from({ length: blocks }, (_, block) => 2 * (blocks - 1) + block)
  return {
    config: { ...commonConfig(blocks, 3 * blocks - 2), cell: 'gru', reset: 'after' },
    site: '0.hidden',
    counters,
    readout: { letters, unfinished: signs },
    set(place) {
      for (const unit of [...counters, ...signs, ...letters]) place.bias('update', unit, SATURATED)
      counters.forEach((unit, pair) => {
        const [up, down] = [pair + 1, pair + 2] // token ids of the two blocks
        place.bias('reset', unit, SATURATED)
        place.recurrent(unit, 'candidate', unit, 1)
        place.input(up, 'candidate', unit, STEP)
        place.input(down, 'candidate', unit, -STEP)
        // the sign of the count, which is read before this symbol is taken off: more must come if it was 2 or more
        const sign = signs[pair]
        place.bias('reset', sign, -SATURATED) // it is shown only while it goes down
        place.input(down, 'reset', sign, 2 * SATURATED)
        place.recurrent(unit, 'candidate', sign, (2 * SATURATED) / STEP)
        place.input(down, 'candidate', sign, -3 * SATURATED)
      })
      letters.forEach((unit, block) => place.input(block + 1, 'candidate', unit, 1))
    },
  }
}
