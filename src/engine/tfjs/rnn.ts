// One step of a simple recurrent network (Elman 1990).

import type { Tensor2D } from '@tensorflow/tfjs'
import type { RnnConfig } from '../../model/config.ts'
import type { LayerState, LayerWeights, See } from './cell.ts'

/**
 *   hidden' = f(x W + h U + b), with f = tanh or max(0, ·)
 *
 * @param x [rows, inputs]
 * @param state `hidden` [rows, units]
 * @returns the next state, whose `hidden` nobody has seen yet
 */
export function rnnStep(
  config: RnnConfig,
  weights: LayerWeights,
  x: Tensor2D,
  state: LayerState,
  _see: See,
): LayerState {
  const fromInput = x.matMul(weights.kernel).add(weights.bias) // [rows, units]
  const fromHidden = state.hidden.matMul(weights.recurrentKernel) // [rows, units]
  const sum = fromInput.add<Tensor2D>(fromHidden)

  return { hidden: config.activation === 'tanh' ? sum.tanh() : sum.relu() }
}
