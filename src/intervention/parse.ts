// Edits as they are typed: `0.cell.41=0`, `0.cell.41=mean`, `0.cell.41*0.5`, `0.cell.41+=1`, with `@3,4` for some steps only.

import type { Edit } from '../model/edits.ts'
import type { ModelConfig } from '../model/config.ts'
import type { UnitMeans } from './means.ts'

/** An edit to a mean that is not known yet. */
export interface MeanEdit {
  readonly unit: string
  readonly set: 'mean'
  readonly steps?: readonly number[]
}

/** @throws UserError where the text is not an edit or the model has no such unit */
export function parseEdit(text: string, config: ModelConfig): Edit | MeanEdit {
  throw new Error(`not written yet ${text} ${config.cell}`)
}

export function needsMean(edit: Edit | MeanEdit): edit is MeanEdit {
  return 'set' in edit && edit.set === 'mean'
}

/** The edits with every mean filled in. */
export function fillMeans(edits: readonly (Edit | MeanEdit)[], means: UnitMeans): Edit[] {
  throw new Error(`not written yet ${edits.length} ${means.source}`)
}
