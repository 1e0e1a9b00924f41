// Gradient × activation: a part of the sentence times the slope of the margin in it, to first order what setting it to
// zeros costs.

import type { State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import { GATES } from '../../model/config.ts'
import { isGate, siteName, type Quantity } from '../../model/sites.ts'
import { marginGradients } from '../gradients/margin-gradients.ts'
import type { Contributions, Reading } from './reading.ts'
import { timesSlopes } from './times-slopes.ts'

/** Of each choice. */
export async function gradientTimesActivation(reading: Reading, signal?: AbortSignal): Promise<Contributions[]> {
  const { engine, model, choices, start } = reading
  const starts = gatherState(start, model.config.units, new Int32Array(choices.length))
  const gates = gateSites(reading)
  const found: Contributions[] = []
  const sites = ['embedding', ...gates.map(({ site }) => site)]
  for await (const own of marginGradients(engine, model, choices, { sites, start: starts, signal })) {
    const { prefix } = choices[own.item]
    const { recorded } = engine.run(model, { tokens: prefix, rows: 1, steps: prefix.length }, { state: start, record: sites })
    found[own.item] = { ...timesSlopes(reading, own), biases: ofBiases(reading, gates, own.gradients, recorded) }
  }
  return found
}

interface GateSite {
  readonly site: string
  readonly layer: number
  readonly quantity: Quantity
  /** its place among the gates of the layer's bias */
  readonly place: number
}

/** What biases are added in front of. */
function gateSites({ model: { config } }: Reading): GateSite[] {
  return Array.from({ length: config.layers }, (_, layer) =>
    GATES[config.cell].map((quantity, place) => ({ site: siteName({ layer, quantity }), layer, quantity, place })),
  ).flat()
}

/** Every bias times the slope of the margin in it: that in the gate, through the gate's own function, over all steps. */
function ofBiases(
  { model: { config, weights } }: Reading,
  gates: readonly GateSite[],
  gradients: State,
  values: State,
): number {
  const { units } = config
  const slopeOf = (quantity: Quantity, value: number) => {
    if (isGate(quantity)) return value * (1 - value) // σ′
    if (config.cell === 'rnn' && config.activation === 'relu') return value > 0 ? 1 : 0
    return 1 - value * value // tanh′
  }
  let sum = 0
  for (const { site, layer, quantity, place } of gates) {
    const bias = weights[`${layer}.bias`]
    const inside = quantity === 'candidate' ? weights[`${layer}.recurrentBias`] : undefined // of a GRU, behind its reset
    const reset = values[`${layer}.reset`]
    for (let at = 0; at < gradients[site].length; at++) {
      const unit = at % units
      const added = bias[place * units + unit] + (inside ? reset[at] * inside[unit] : 0)
      sum += gradients[site][at] * slopeOf(quantity, values[site][at]) * added
    }
  }
  return sum
}
