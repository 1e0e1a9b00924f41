// What theory says about a product of Jacobians. A simple network's is at most σ(U)^k, for tanh' and relu' are at most
// 1 (Pascanu, Mikolov & Bengio 2013). In an LSTM the cell's direct way back, past all weights, is the product of the
// forget gates; a GRU's is that of 1 − update.

import { log, log10 } from '../../core/math.ts'
import { logSingularValues } from '../../core/matrix.ts'
import { Random } from '../../core/random.ts'
import { mean } from '../../core/statistics/moments.ts'
import type { Model } from '../../model/model.ts'

/** The sites of the gates that keep a state from step to step; none in an RNN. */
export function keepingSites({ config }: Pick<Model, 'config'>): string[] {
  const gate = { lstm: 'forget', gru: 'update', rnn: null }[config.cell]
  return gate === null ? [] : Array.from({ length: config.layers }, (_, layer) => `${layer}.${gate}`)
}

/** log10 of the largest singular value of the recurrent weights of a single layer of simple cells; else null. */
export function logRecurrentNorm({ config, weights }: Pick<Model, 'config' | 'weights'>): number | null {
  if (config.cell !== 'rnn' || config.layers > 1) return null
  const matrix = { size: config.units, values: weights['0.recurrentKernel'] }
  const [logNorm] = logSingularValues([matrix], [1], { random: new Random('recurrent norm'), tolerance: 1e-9 })
  return logNorm / log(10)
}

/** A gate of 1 − update has no more digits than this. */
const SMALLEST = 2 ** -25

/**
 * log10 of each unit's product of gates over the last `lag` steps: mean over the units, and the best unit.
 * @param recorded the sites of `keepingSites`, [steps, units] each
 */
export function gateProducts(
  { config }: Pick<Model, 'config'>,
  recorded: Readonly<Record<string, Float32Array>>,
  lag: number,
): { readonly mean: number; readonly best: number } | null {
  const { units } = config
  const products = keepingSites({ config }).flatMap((site) => {
    const steps = recorded[site].length / units
    return Array.from({ length: units }, (_, unit) => {
      let sum = 0
      for (let step = steps - lag; step < steps; step++) {
        const value = recorded[site][step * units + unit]
        sum += log10(Math.max(SMALLEST, config.cell === 'gru' ? 1 - value : value))
      }
      return sum
    })
  })
  return products.length === 0 ? null : { mean: mean(products), best: Math.max(...products) }
}
