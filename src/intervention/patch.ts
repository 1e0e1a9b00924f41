// Patching: a unit takes the values that it had in another run (Vig et al. 2020; Finlayson et al. 2021, causal mediation).

import type { Edit } from '../model/edits.ts'
import type { Recording } from '../recording/record.ts'

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
export function patch(unit: string, recording: Recording, options: PatchOptions): Edit {
  throw new Error(`not written yet ${unit} ${recording.count} ${options.steps}`)
}
