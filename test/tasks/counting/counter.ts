// An RNN with weights set by hand that counts aⁿbⁿ: one unit adds 1 for each a and takes away `step` for each b, another
// says that b was read. Right as long as (n − 1)(step − 1) < ½; where a step is exact in binary, so are its sums.

import type { ModelConfig } from '../../../src/model/config.ts'
import { viewWeights, type Weights } from '../../../src/model/weights.ts'
import { smallConfig } from '../../engine/models.ts'

export function counter(step: number): { config: ModelConfig; weights: Weights } {
  const config = smallConfig('rnn relu', { layers: 1, units: 2, embedding: 3, vocabulary: 3 })
  const weights = viewWeights(config)
  weights['embedding'].set([1, 0, 0, 0, 1, 0, 0, 0, 1]) // of the end, a and b
  weights['0.kernel'].set([0, 0, 1, 0, -step, 1]) // [symbol, unit]
  weights['0.recurrentKernel'].set([1, 0, 0, 0])
  weights['decoder'].set([0, 0, 0, -100, 20, 0]) // [symbol, unit]: b where the count is above ½, and no a after b
  weights['decoderBias'].set([0, 0, -10])
  return { config, weights }
}
