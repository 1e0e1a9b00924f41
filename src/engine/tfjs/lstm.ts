// One step of an LSTM (Hochreiter & Schmidhuber 1997) with the forget gate of Gers et al. (2000), without peepholes.
// The gates stand side by side in the matrices, in the order input, forget, candidate, output.

import type { Tensor2D } from '@tensorflow/tfjs'
import type { LstmConfig } from '../../model/config.ts'
import type { LayerState, LayerWeights, See } from './cell.ts'

/**
 *   input     = σ(x Wᵢ + h Uᵢ + bᵢ)
 *   forget    = σ(x W_f + h U_f + b_f)
 *   candidate = tanh(x W_g + h U_g + b_g)
 *   output    = σ(x Wₒ + h Uₒ + bₒ)
 *   cell'     = forget ⊙ cell + input ⊙ candidate
 *   hidden'   = output ⊙ tanh(cell')
 *
 * @param x [rows, inputs]
 * @param state `hidden` and `cell`, each [rows, units]
 * @returns the next state, whose `hidden` nobody has seen yet
 */
export function lstmStep(
  _config: LstmConfig,
  weights: LayerWeights,
  x: Tensor2D,
  state: LayerState,
  see: See,
): LayerState {
  const fromInput = x.matMul(weights.kernel).add(weights.bias) // [rows, 4·units]
  const fromHidden = state.hidden.matMul(weights.recurrentKernel) // [rows, 4·units]
  const [i, f, g, o] = fromInput.add(fromHidden).split<Tensor2D>(4, 1) // each [rows, units]

  const input = see('input', i.sigmoid())
  const forget = see('forget', f.sigmoid())
  const candidate = see('candidate', g.tanh())
  const output = see('output', o.sigmoid())
  const cell = see('cell', forget.mul<Tensor2D>(state.cell).add(input.mul(candidate)))
  return { hidden: output.mul(cell.tanh()), cell }
}
