// Edits: changes to units while the model runs, applied the moment a value is computed, so that everything downstream sees
// them. Edits are data; they are compiled once per run to numbers that both engines read.

import { UserError } from '../core/errors.ts'
import type { ModelConfig } from './config.ts'
import { parseUnit, siteName, type Site } from './sites.ts'

/** Who reads a hidden unit: the next step of its layer, the layer above, the decoder. */
export type Reader = 'recurrent' | 'above' | 'decoder'
export const READERS = ['recurrent', 'above', 'decoder'] as const satisfies readonly Reader[]

/** Number formats for `round`: to nearest, ties to even; `int8` is a grid of 1/127 on [−1, 1], clipped. */
export type Precision = 'bfloat16' | 'float16' | 'int8'
export const PRECISIONS = ['bfloat16', 'float16', 'int8'] as const satisfies readonly Precision[]

/** What happens to the value. `set` to one number, or to values of shape [rows, steps] of this edit, row-major. */
export type Change =
  | { readonly set: number | Float32Array }
  | { readonly scale: number }
  | { readonly add: number }
  | { readonly round: Precision }

export type Edit = Change & {
  /** as in `0.cell.41` */
  readonly unit: string
  /** positions in the sequence, from 0; all by default */
  readonly steps?: readonly number[]
  /** sequences of the batch, from 0; all by default */
  readonly rows?: readonly number[]
  /** who sees the new value, all by default; fewer only for a `hidden` unit. Its recording then shows the computed value. */
  readonly readers?: readonly Reader[]
}

export const OPERATIONS = ['set', 'scale', 'add', 'bfloat16', 'float16', 'int8'] as const
export type Operation = (typeof OPERATIONS)[number]

/** An edit in numbers. `null` means all rows, all steps. */
export interface CompiledEdit {
  readonly site: Site
  readonly index: number
  readonly operation: Operation
  readonly operand: number
  /** for `set` with values: [rows, steps] of this edit */
  readonly values: Float32Array | null
  readonly rows: readonly number[] | null
  readonly steps: readonly number[] | null
  /** the next step sees it */
  readonly recurrent: boolean
  /** the layer above, or for the top layer the decoder, sees it */
  readonly output: boolean
}

/**
 * Checks edits against a model and the shape of a batch.
 * @throws UserError for an unknown unit, a row or step outside the batch, values of the wrong length, readers that do not exist
 */
export function compileEdits(
  edits: readonly Edit[],
  config: ModelConfig,
  batch: { readonly rows: number; readonly steps: number },
): CompiledEdit[] {
  return edits.map((edit) => {
    const { site, index } = parseUnit(edit.unit, config)
    checkRange(edit.rows, batch.rows, edit.unit, 'row')
    checkRange(edit.steps, batch.steps, edit.unit, 'step')
    const values = 'set' in edit && typeof edit.set !== 'number' ? edit.set : null
    if (values) {
      const expected = (edit.rows?.length ?? batch.rows) * (edit.steps?.length ?? batch.steps)
      if (values.length !== expected) {
        throw new UserError(`the edit of ${edit.unit} has ${values.length} values for ${expected} rows × steps.`)
      }
    }
    return {
      site,
      index,
      ...operationOf(edit),
      values,
      rows: edit.rows ?? null,
      steps: edit.steps ?? null,
      ...readersOf(edit, siteName(site), site.layer === config.layers - 1),
    }
  })
}

function operationOf(edit: Edit): { operation: Operation; operand: number } {
  if ('set' in edit) return { operation: 'set', operand: typeof edit.set === 'number' ? edit.set : 0 }
  if ('scale' in edit) return { operation: 'scale', operand: edit.scale }
  if ('add' in edit) return { operation: 'add', operand: edit.add }
  return { operation: edit.round, operand: 0 }
}

function readersOf(edit: Edit, site: string, top: boolean): { recurrent: boolean; output: boolean } {
  if (!edit.readers) return { recurrent: true, output: true }
  if (!site.endsWith('hidden')) {
    throw new UserError(`the edit of ${edit.unit} names readers; only a hidden unit has more than one kind of reader.`)
  }
  const recurrent = edit.readers.includes('recurrent')
  const output = edit.readers.includes(top ? 'decoder' : 'above')
  if (!recurrent && !output) {
    const existing = ['recurrent', top ? 'decoder' : 'above'].join(' and ')
    throw new UserError(`the edit of ${edit.unit} reaches nothing: its readers are ${existing}.`)
  }
  return { recurrent, output }
}

function checkRange(given: readonly number[] | undefined, count: number, unit: string, noun: string): void {
  const outside = given?.find((value) => !Number.isInteger(value) || value < 0 || value >= count)
  if (outside !== undefined) throw new UserError(`the edit of ${unit} names ${noun} ${outside}; the batch has ${count}.`)
}
