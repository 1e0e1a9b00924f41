// An LSTM that counts as Weiss, Goldberg & Yahav (2018) describe: a cell keeps its value (forget 1) and adds or takes
// off one (input 1, candidate ±1). No gate reads the hidden state; the symbol alone decides.

import { commonConfig, type Design } from './design.ts'

/** σ(30) and tanh(30) are 1 in 32-bit floats, σ(−30) is 10^−13. */
const SATURATED = 30

/** Units: the counters, then one a letter, which forgets all but the last symbol. */
export function lstmCounter(blocks: number): Design {
  const counters = Array.from({ length: blocks - 1 }, (_, pair) => pair)
  const letters = Array.from({ length: blocks }, (_, block) => blocks - 1 + block)
  return {
    config: { ...commonConfig(blocks, 2 * blocks - 1), cell: 'lstm', forgetBias: SATURATED },
    site: '0.cell',
    counters,
    readout: { letters, unfinished: counters },
    set(place) {
      for (const unit of [...counters, ...letters]) place.bias('input', unit, SATURATED)
      for (const unit of counters) {
        const [up, down] = [unit + 1, unit + 2] // token ids of the two blocks
        place.bias('forget', unit, SATURATED)
        place.input(up, 'candidate', unit, SATURATED)
        place.input(down, 'candidate', unit, -SATURATED)
        place.bias('output', unit, -SATURATED) // the count is shown only while it goes down
        place.input(down, 'output', unit, 2 * SATURATED)
      }
      letters.forEach((unit, block) => {
        place.bias('forget', unit, -SATURATED)
        place.input(block + 1, 'candidate', unit, SATURATED)
        place.bias('output', unit, SATURATED)
      })
    },
  }
}
