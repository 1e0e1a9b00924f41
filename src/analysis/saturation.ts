// How often each gate is nearly closed or nearly open (Karpathy, Johnson & Fei-Fei 2015, figure 2), and how often each
// cell of an LSTM has run so far away that its tanh tells nothing any more.

import type { Engine } from '../engine/engine.ts'
import { isGate, sitesOf, siteName, type Site } from '../model/sites.ts'
import { record } from '../recording/record.ts'
import type { InitialState, Sequence } from '../recording/sequences.ts'
import type { SaturationRow } from './results.ts'
import type { AnalysedMoment } from './subject.ts'

/** A gate is closed below the first and open above the second. */
const CLOSED = 0.1
const OPEN = 0.9
/** |c| beyond which tanh(c) is within 0.5 % of ±1 and its slope below 1 %. */
const FAR = 3

/** A row a unit of every gate, and of every cell; none for a vanilla RNN. */
export async function gateSaturation(
  engine: Engine,
  { name, seed, moment, model }: AnalysedMoment,
  sequences: readonly Sequence[],
  options: { readonly initial?: InitialState; readonly signal?: AbortSignal } = {},
): Promise<SaturationRow[]> {
  const looked = sitesOf(model.config).filter(({ quantity }) => quantity === 'cell' || isGate(quantity))
  if (looked.length === 0) return []
  const sites = looked.map(siteName)
  const recording = await record(model, sequences, { engine, sites, state: options.initial, signal: options.signal })
  const low = counters(looked, recording.widths)
  const high = counters(looked, recording.widths)
  for await (const { values } of recording) {
    for (const site of looked) {
      const own = siteName(site)
      const width = recording.widths[own]
      const [from, to] = site.quantity === 'cell' ? [-FAR, FAR] : [CLOSED, OPEN]
      values[own].forEach((value, cell) => {
        if (value < from) low[own][cell % width] += 1
        if (value > to) high[own][cell % width] += 1
      })
    }
  }
  const { count } = recording
  recording.dispose()
  return looked.flatMap((site) => {
    const own = siteName(site)
    return Array.from(low[own], (times, unit): SaturationRow => ({
      model: name, seed, moment, layer: site.layer ?? 0, gate: site.quantity, unit: `${own}.${unit}`,
      low: times / count, high: high[own][unit] / count, n: count,
    }))
  })
}

function counters(sites: readonly Site[], widths: Readonly<Record<string, number>>): Record<string, Float64Array> {
  return Object.fromEntries(sites.map((site) => [siteName(site), new Float64Array(widths[siteName(site)])]))
}
