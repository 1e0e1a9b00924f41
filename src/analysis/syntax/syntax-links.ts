// What syntax units send to the gates of units of number (Lakretz et al. 2019, section 5.2): the weight in the recurrent
// matrix of their layer, or in the kernel of the layer above, times the largest value of the sender; beside the same of all
// units that send through that matrix.

import type { Random } from '../../core/random.ts'
import { quantile } from '../../core/statistics/interval.ts'
import { mean, standardDeviation } from '../../core/statistics/moments.ts'
import { GATES } from '../../model/config.ts'
import { parseUnit, siteName, unitName, type Unit } from '../../model/sites.ts'
import type { SyntaxLinkRow, SyntaxLinkSetRow } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'

/** Random sets of senders. */
const SETS = 1000

/**
 * @param senders syntax units, of one quantity
 * @param receivers units of number
 * @param largest |value| of every unit by its name, as `0.hidden.41`
 */
export function syntaxLinks(
  subject: AnalysedModel,
  senders: readonly string[],
  receivers: readonly string[],
  largest: ReadonlyMap<string, number>,
  random: Random,
): { readonly links: SyntaxLinkRow[]; readonly linkSets: SyntaxLinkSetRow[] } {
  const { config } = subject.model
  const sending = senders.map((name) => parseUnit(name, config))
  const gates = sending.length === 0 ? [] : gatesOf(subject, sending[0].site.quantity, receivers, largest)
  const links = sending.flatMap((sender) =>
    gates.filter(({ layer }) => layer === sender.site.layer).map(({ to, gate, sent, scores }): SyntaxLinkRow => {
      const own = scores[sender.index]
      return {
        model: subject.name,
        seed: subject.seed,
        from: unitName(sender),
        to,
        gate,
        weight: sent[sender.index],
        z: own,
        p: scores.filter((score) => Math.abs(score) >= Math.abs(own)).length / scores.length,
        units: config.units,
      }
    }),
  )
  if (links.length === 0) return { links, linkSets: [] }
  const sizeOf = (units: readonly Unit[]) =>
    mean(units.flatMap(({ site, index }) => gates.filter(({ layer }) => layer === site.layer).map(({ scores }) => Math.abs(scores[index]))))
  const own = sizeOf(sending)
  const others = Array.from({ length: SETS }, (_, set) => sizeOf(setLike(sending, config.units, random.fork(`set ${set}`))))
  const sorted = [...others].sort((a, b) => a - b)
  const linkSet: SyntaxLinkSetRow = {
    model: subject.name,
    seed: subject.seed,
    senders: senders.length,
    receivers: receivers.length,
    links: links.length,
    meanZ: own,
    randomMedian: quantile(sorted, 0.5),
    randomHigh: quantile(sorted, 0.95),
    random: SETS,
    p: (1 + others.filter((other) => other >= own).length) / (1 + SETS),
  }
  return { links, linkSets: [linkSet] }
}

interface Gate {
  /** of the senders */
  readonly layer: number
  readonly to: string
  readonly gate: string
  /** of every unit of the layer: its weight times its largest value, and that as a z-score among them */
  readonly sent: Float64Array
  readonly scores: Float64Array
}

/** Every gate of the receivers, for the layer that sends to it from below and for its own. */
function gatesOf(
  { model: { config, weights } }: AnalysedModel,
  quantity: Unit['site']['quantity'],
  receivers: readonly string[],
  largest: ReadonlyMap<string, number>,
): Gate[] {
  const gates: readonly string[] = GATES[config.cell]
  const columns = gates.length * config.units
  return receivers.flatMap((to) => {
    const receiver = parseUnit(to, config)
    const upper = receiver.site.layer!
    return [upper - 1, upper].filter((layer) => layer >= 0).flatMap((layer) => {
      const matrix = weights[upper === layer ? `${upper}.recurrentKernel` : `${upper}.kernel`]
      const site = siteName({ layer, quantity })
      return gates.map((gate, place): Gate => {
        const sent = Float64Array.from({ length: config.units }, (_, unit) =>
          matrix[unit * columns + place * config.units + receiver.index] * (largest.get(`${site}.${unit}`) ?? 0),
        )
        const [center, spread] = [mean(sent), standardDeviation(sent) || 1]
        return { layer, to, gate, sent, scores: sent.map((value) => (value - center) / spread) }
      })
    })
  })
}

/** As many other or the same units of the same layers, none twice. */
function setLike(units: readonly Unit[], width: number, random: Random): Unit[] {
  const layers = [...new Set(units.map(({ site }) => site.layer))]
  return layers.flatMap((layer) => {
    const own = units.filter(({ site }) => site.layer === layer)
    const drawn = random.fork(`layer ${layer}`).sample(Array.from({ length: width }, (_, index) => index), own.length)
    return drawn.map((index): Unit => ({ site: own[0].site, index }))
  })
}
