// One step of a GRU (Cho et al. 2014) in the convention of Chung et al. (2014): where `update` is 1 the candidate
// replaces the hidden value. The gates stand side by side in the matrices, in the order update, reset, candidate.

import type { Tensor2D } from '@tensorflow/tfjs'
import type { GruConfig } from '../../model/config.ts'
import type { LayerState, LayerWeights, See } from './cell.ts'

/**
 *   update    = σ(x Wᵤ + h Uᵤ + bᵤ)
 *   reset     = σ(x Wᵣ + h Uᵣ + bᵣ)
 *   candidate = tanh(x W_c + (reset ⊙ h) U_c + b_c)          reset before the recurrent product
 *   candidate = tanh(x W_c + reset ⊙ (h U_c + b'_c) + b_c)   reset after it, with the bias `recurrentBias`
 *   hidden'   = update ⊙ candidate + (1 − update) ⊙ h
 *
 * @param x [rows, inputs]
 * @param state `hidden` [rows, units]
 * @returns the next state, whose `hidden` nobody has seen yet
 */
export function gruStep(
  config: GruConfig,
  weights: LayerWeights,
  x: Tensor2D,
  state: LayerState,
  see: See,
): LayerState {
  const fromInput = x.matMul(weights.kernel).add(weights.bias) // [rows, 3·units]
  const [inputUpdate, inputReset, inputCandidate] = fromInput.split<Tensor2D>(3, 1) // each [rows, units]
  const [toUpdate, toReset, toCandidate] = weights.recurrentKernel.split<Tensor2D>(3, 1) // each [units, units]

  const update = see('update', inputUpdate.add<Tensor2D>(state.hidden.matMul(toUpdate)).sigmoid())
  const reset = see('reset', inputReset.add<Tensor2D>(state.hidden.matMul(toReset)).sigmoid())
  const fromHidden =
    config.reset === 'before'
      ? reset.mul<Tensor2D>(state.hidden).matMul(toCandidate)
      : reset.mul(state.hidden.matMul<Tensor2D>(toCandidate).add(weights.recurrentBias))
  const candidate = see('candidate', inputCandidate.add<Tensor2D>(fromHidden).tanh())
  return { hidden: update.mul<Tensor2D>(candidate).add(update.neg().add(1).mul(state.hidden)) }
}
