// Edits as they are typed after --edit, with the means that some of them ask for.

import type { Engine } from '../engine/engine.ts'
import { unitMeans } from '../intervention/means.ts'
import { fillMeans, needsMean, parseEdit } from '../intervention/parse.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { parseUnit, siteName } from '../model/sites.ts'
import { record } from '../recording/record.ts'
import type { InitialState, Sequence } from '../recording/sequences.ts'

export const EDIT = {
  describe: 'Change a unit: "0.cell.41=0", "=mean" (over the given text), "*0.5", "+=1"; "@3,4" for some steps',
  type: 'string' as const,
  array: true as const,
  nargs: 1,
  default: [] as string[],
  defaultDescription: 'nothing',
}

/** @throws UserError where a text is no edit of this model */
export async function readEdits(
  texts: readonly string[],
  model: Model,
  sequences: readonly Sequence[],
  options: { readonly engine: Engine; readonly state: InitialState },
): Promise<Edit[]> {
  const edits = texts.map((text) => parseEdit(text, model.config))
  const sites = [...new Set(edits.filter(needsMean).map((edit) => siteName(parseUnit(edit.unit, model.config).site)))]
  if (sites.length === 0) return edits as Edit[]
  const recording = await record(model, sequences, { ...options, sites })
  try {
    return fillMeans(edits, await unitMeans(recording, 'the given text'))
  } finally {
    recording.dispose()
  }
}
