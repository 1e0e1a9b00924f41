// What units did at the sampled places of a text: one array for each unit. Recordings are read in blocks, so that a
// long text need not fit into the memory.

import type { Engine } from '../../engine/engine.ts'
import type { Model } from '../../model/model.ts'
import { record } from '../../recording/record.ts'
import type { InitialState } from '../../recording/sequences.ts'
import type { SampledText } from './sampled-text.ts'

/** A unit, or a direction of a rotated site, with its value at every sample. */
export interface UnitSamples {
  /** such as `0.cell.61` */
  readonly unit: string
  readonly site: string
  readonly values: Float32Array
}

/** All units of some sites, in their order. @param sites patterns such as `cell` */
export async function sampleUnits(
  engine: Engine,
  model: Model,
  text: SampledText,
  sites: readonly string[],
  options: { readonly initial?: InitialState; readonly signal?: AbortSignal } = {},
): Promise<UnitSamples[]> {
  const { sequences, blocks, offsets } = text
  const recording = await record(model, sequences, { engine, sites, state: options.initial, signal: options.signal })
  try {
    const count = blocks.length * offsets.length
    const units = recording.sites.flatMap((site) =>
      Array.from({ length: recording.widths[site] }, (_, unit): UnitSamples => (
        { unit: `${site}.${unit}`, site, values: new Float32Array(count) }
      )),
    )
    blocks.forEach(({ document, start }, block) => {
      const length = offsets[offsets.length - 1] + 1
      const { values } = recording.read(recording.offsets[document] + start, length)
      let first = 0
      for (const site of recording.sites) {
        const width = recording.widths[site]
        offsets.forEach((offset, place) => {
          const sample = block * offsets.length + place
          for (let unit = 0; unit < width; unit++) {
            units[first + unit].values[sample] = values[site][offset * width + unit]
          }
        })
        first += width
      }
    })
    return units
  } finally {
    recording.dispose()
  }
}
