// The mean of every unit over a recording: what mean ablation sets a unit to. The source is named, because the mean over
// running text and the mean over the items of a task are different interventions.

import { UserError } from '../core/errors.ts'
import type { Recording } from '../recording/record.ts'

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
  throw new Error(`not written yet ${recording.count} ${source}`)
}

/** @throws UserError where the unit's site was not recorded */
export function meanOf(means: UnitMeans, unit: string): number {
  const dot = unit.lastIndexOf('.')
  const mean = means.values[unit.slice(0, dot)]?.[Number(unit.slice(dot + 1))]
  if (mean === undefined) {
    const sites = Object.keys(means.values).join(', ')
    throw new UserError(`There is no mean of ${unit}. There are means of the sites: ${sites}.`)
  }
  return mean
}
