// Patching: a unit takes the values that it had in another run, an interchange intervention (Vig et al. 2020; Geiger
// et al. 2020).

import { UserError } from '../core/errors.ts'
import type { Edit } from '../model/edits.ts'
import type { Recording } from '../recording/recording.ts'

export interface PatchOptions {
  /** positions that are patched, the same in source and target */
  readonly steps: readonly number[]
  /** for each sequence of the patched run, the sequence of the recording that its values come from */
  readonly from: readonly number[]
}

/**
 * The edit that gives a unit the recorded values, [from.length, steps.length].
 * @throws UserError where a recorded sequence is too short or the site was not recorded
 */
export function patch(unit: string, recording: Recording, { steps, from }: PatchOptions): Edit {
  const dot = unit.lastIndexOf('.')
  const [site, index] = [unit.slice(0, dot), Number(unit.slice(dot + 1))]
  if (!(index < recording.widths[site])) {
    throw new UserError(`The recording has no unit ${unit}. Its sites are: ${recording.sites.join(', ')}.`)
  }
  const values = from.flatMap((sequence) => {
    const first = recording.offsets[sequence]
    const length = recording.offsets[sequence + 1] - first
    return steps.map((step) => {
      if (step < length) return recording.read(first + step, 1, [site]).values[site][index]
      throw new UserError(`Sequence ${sequence} of the recording has ${length} tokens; it has no step ${step}.`)
    })
  })
  return { unit, set: Float32Array.from(values), steps, rows: from.map((_, row) => row) }
}
