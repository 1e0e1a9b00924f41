// Networks whose gradients are known: every unit is on its own, and keeps a fixed share of its state from step to step.

import { smallVocabulary } from '../../small.ts'
import type { AnalysedMoment } from '../../../src/analysis/subject.ts'
import { Random } from '../../../src/core/random.ts'
import { GATES } from '../../../src/model/config.ts'
import type { Model } from '../../../src/model/model.ts'
import { smallModel, type Cell } from '../../engine/models.ts'

export const UNITS = 3
export const TOKENS = 7

/**
 * One layer that keeps shares[u] of unit u: the diagonal of a relu network's recurrent weights, an LSTM's forget gate,
 * a GRU's 1 − update. Inputs are positive, so that relu never rests.
 */
export function keepingModel(cell: Cell, shares: readonly number[]): Model {
  const small = smallModel(cell, { layers: 1, units: UNITS, embedding: 2, vocabulary: TOKENS }, 21)
  const { config, weights } = small
  const random = new Random('keeping')
  for (const name of ['embedding', '0.kernel']) {
    for (let place = 0; place < weights[name].length; place++) weights[name][place] = random.uniform(0.2, 0.6)
  }
  weights['0.recurrentKernel'].fill(0)
  weights['0.bias'].fill(0.1)
  const columns = GATES[config.cell].length * UNITS
  shares.forEach((share, unit) => {
    const gate = config.cell === 'lstm' ? 1 : 0
    const place = gate * UNITS + unit
    if (config.cell === 'rnn') {
      weights['0.recurrentKernel'][unit * columns + unit] = share
    } else {
      for (let input = 0; input < 2; input++) weights['0.kernel'][input * columns + place] = 0
      const kept = config.cell === 'lstm' ? share : 1 - share // σ of the bias
      weights['0.bias'][place] = Math.log(kept / (1 - kept))
    }
  })
  return { config, weights, vocabulary: smallVocabulary(TOKENS) }
}

export function trainedSubject(model: Model, seed = 1): AnalysedMoment {
  return { name: 'keeping', seed, model, moment: 'trained' }
}
