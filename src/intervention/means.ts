// The mean of every unit over a recording: what mean ablation sets a unit to. The source is named, because the mean
// over running text and the mean over the items of a task are different interventions.

import { UserError } from '../core/errors.ts'
import type { Recording } from '../recording/recording.ts'

export interface UnitMeans {
  /** what the mean is over, such as `training text`; reports print it */
  readonly source: string
  /** number of tokens */
  readonly count: number
  /** per site, the mean of each unit */
  readonly values: Readonly<Record<string, Float64Array>>
}

/** Means over all rows of a recording, summed in double precision in the order of the rows. */
export async function unitMeans(recording: Recording, source: string): Promise<UnitMeans> {
  const { sites, widths, count } = recording
  if (count === 0) throw new UserError(`There is no mean over ${source}: it has no tokens.`)
  const values = Object.fromEntries(sites.map((site) => [site, new Float64Array(widths[site])]))
  for await (const block of recording) {
    for (const site of sites) addRows(values[site], block.values[site])
  }
  for (const site of sites) for (let unit = 0; unit < widths[site]; unit++) values[site][unit] /= count
  return { source, count, values }
}

/** @throws UserError where the unit's site was not recorded */
export function meanOf(means: UnitMeans, unit: string): number {
  const dot = unit.lastIndexOf('.')
  const mean = means.values[unit.slice(0, dot)]?.[Number(unit.slice(dot + 1))]
  if (mean === undefined) {
    const sites = Object.keys(means.values).join(', ')
    throw new UserError(`There is no mean of ${unit} over ${means.source}. There are means of the sites: ${sites}.`)
  }
  return mean
}

function addRows(sums: Float64Array, rows: Float32Array): void {
  for (let start = 0; start < rows.length; start += sums.length) {
    for (let unit = 0; unit < sums.length; unit++) sums[unit] += rows[start + unit]
  }
}
