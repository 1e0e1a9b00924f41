// Edits of a recording name sequences and positions; edits of a run name rows and steps of a batch. From one to the
// other.

import type { Edit } from '../model/edits.ts'

/** A window of the sequences that one run of the engine covers. */
export interface Window {
  /** which sequence each row is */
  readonly indices: Int32Array
  /** position, in its sequence, of each row's first token; −1 where that is the last token of the context */
  readonly start: number
  readonly steps: number
}

/** The edits that touch a window, in its rows and steps. One without `steps` touches all tokens, the context's too. */
export function placeEdits(edits: readonly Edit[], window: Window): Edit[] {
  return edits.flatMap((edit) => placeEdit(edit, window) ?? [])
}

function placeEdit(edit: Edit, window: Window): Edit | null {
  const rows = edit.rows && placesOf(edit.rows, window.indices)
  const steps = edit.steps && placesOf(edit.steps, positionsOf(window))
  if (rows?.here.length === 0 || steps?.here.length === 0) return null
  const placed = { ...edit, rows: rows?.here, steps: steps?.here }
  if (!hasValues(edit) || !edit.steps || !steps) return placed
  const width = edit.steps.length
  const givenRows = rows ? rows.given : Array.from(window.indices)
  const values = givenRows.flatMap((row) => steps.given.map((step) => edit.set[row * width + step]))
  return { ...placed, set: Float32Array.from(values) }
}

/** Values without `steps` are [rows, longest sequence]: they speak of every position, not of the context. */
export function withSteps(edit: Edit, longest: number): Edit {
  return hasValues(edit) && !edit.steps ? { ...edit, steps: Array.from({ length: longest }, (_, step) => step) } : edit
}

type ValuesEdit = Edit & { readonly set: Float32Array }

export function hasValues(edit: Edit): edit is ValuesEdit {
  return 'set' in edit && typeof edit.set !== 'number'
}

function positionsOf({ start, steps }: Window): Int32Array {
  return Int32Array.from({ length: steps }, (_, step) => start + step)
}

interface Places {
  readonly here: number[]
  readonly given: number[]
}

/** Where the wanted numbers stand among those that are here, and which of the wanted each is. */
function placesOf(wanted: readonly number[], present: Int32Array): Places {
  const order = new Map(wanted.map((value, index) => [value, index]))
  const here: number[] = []
  const given: number[] = []
  present.forEach((value, place) => {
    const index = order.get(value)
    if (index === undefined) return
    here.push(place)
    given.push(index)
  })
  return { here, given }
}
