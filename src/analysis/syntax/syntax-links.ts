// What syntax units send to the gates of units of number (Lakretz et al. 2019, section 5.2): the weight in the recurrent
// matrix of their layer, or in the kernel of the layer above, times the largest value of the sender; beside the same of all
// units that send through that matrix.

import { mean, standardDeviation } from '../../core/statistics/moments.ts'
import { GATES } from '../../model/config.ts'
import { parseUnit, siteName } from '../../model/sites.ts'
import type { SyntaxLinkRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

/** @param largest |value| of every unit by its name, as `0.hidden.41` */
export function syntaxLinks(
  { name, seed, model: { config, weights } }: AnalysedModel,
  senders: readonly string[],
  receivers: readonly string[],
  largest: ReadonlyMap<string, number>,
): SyntaxLinkRow[] {
  const gates: readonly string[] = GATES[config.cell]
  const columns = gates.length * config.units
  return senders.flatMap((from) => receivers.flatMap((to) => {
    const [sender, receiver] = [parseUnit(from, config), parseUnit(to, config)]
    const [lower, upper] = [sender.site.layer!, receiver.site.layer!]
    if (upper !== lower && upper !== lower + 1) return []
    const matrix = weights[upper === lower ? `${upper}.recurrentKernel` : `${upper}.kernel`]
    const site = siteName({ layer: lower, quantity: sender.site.quantity })
    return gates.map((gate, place): SyntaxLinkRow => {
      const sent = Float64Array.from({ length: config.units }, (_, unit) =>
        matrix[unit * columns + place * config.units + receiver.index] * (largest.get(`${site}.${unit}`) ?? 0),
      )
      const spread = standardDeviation(sent) || 1
      const scores = sent.map((value) => (value - mean(sent)) / spread)
      const own = scores[sender.index]
      return {
        model: name,
        seed,
        from,
        to,
        gate,
        weight: sent[sender.index],
        z: own,
        p: scores.filter((score) => Math.abs(score) >= Math.abs(own)).length / scores.length,
        units: config.units,
      }
    })
  }))
}
