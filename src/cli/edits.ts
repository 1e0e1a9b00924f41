// Edits as they are typed after --edit, with the means that some of them ask for.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import { unitMeans, type UnitMeans } from '../intervention/means.ts'
import { fillMeans, needsMean, parseEdit, type MeanEdit } from '../intervention/parse.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { parseUnit, siteName } from '../model/sites.ts'
import { record } from '../recording/record.ts'
import type { InitialState, Sequence } from '../recording/sequences.ts'
import { plural } from '../report/format.ts'

export const EDIT = {
  describe: 'Change a unit: "0.cell.41=0", "=mean" (over the given text), "*0.5", "+=1"; "@3,4" for some steps',
  type: 'string' as const,
  array: true as const,
  nargs: 1,
  default: [] as string[],
  defaultDescription: 'nothing',
}

/**
 * What --edit asks for; a sentence about it goes to the log, because what is printed would not show it.
 * @throws UserError where a text is no edit of this model
 */
export async function readEdits(
  texts: readonly string[],
  model: Model,
  sequences: readonly Sequence[],
  options: { readonly engine: Engine; readonly state: InitialState; readonly log: Log },
): Promise<Edit[]> {
  const parsed = texts.map((text) => parseEdit(text, model.config))
  const means = await meansOf(parsed, model, sequences, options)
  const edits = means === null ? (parsed as Edit[]) : fillMeans(parsed, means)
  const source = means === null ? '' : `, its mean over the ${plural(means.count, 'token')} of ${means.source}`
  const told = edits.map((edit, index) => describeEdit(edit, needsMean(parsed[index]) ? source : ''))
  if (told.length > 0) options.log.info(`Edited: ${told.join('; ')}.`)
  return edits
}

/** Means of the sites whose units are set to them; null where none is. */
async function meansOf(
  edits: readonly (Edit | MeanEdit)[],
  model: Model,
  sequences: readonly Sequence[],
  { engine, state }: { readonly engine: Engine; readonly state: InitialState },
): Promise<UnitMeans | null> {
  const sites = [...new Set(edits.filter(needsMean).map((edit) => siteName(parseUnit(edit.unit, model.config).site)))]
  if (sites.length === 0) return null
  const recording = await record(model, sequences, { engine, state, sites })
  try {
    return await unitMeans(recording, 'the given text')
  } finally {
    recording.dispose()
  }
}

/** `0.hidden.50 is set to 0.031, its mean over the 7 tokens of the given text, at every step`. */
function describeEdit(edit: Edit, source: string): string {
  const { unit, steps } = edit
  const where = steps === undefined ? 'at every step' : `at ${steps.length === 1 ? 'step' : 'steps'} ${steps.join(', ')}`
  if ('set' in edit) return `${unit} is set to ${figures(edit.set)}${source}${source === '' ? ' ' : ', '}${where}`
  if ('scale' in edit) return `${unit} is multiplied by ${figures(edit.scale)} ${where}`
  return 'add' in edit ? `${figures(edit.add)} is added to ${unit} ${where}` : `${unit} is rounded ${where}`
}

/** Three digits that count. */
function figures(value: number | Float32Array): string {
  return typeof value === 'number' ? String(Number(value.toPrecision(3))) : 'given values'
}
