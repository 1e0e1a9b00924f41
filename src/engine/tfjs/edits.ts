// Edits, one value at a time: the definition that the kernels are checked against. Arithmetic is that of 32-bit floats.

import * as tf from '@tensorflow/tfjs'
import type { Tensor, Tensor2D } from '@tensorflow/tfjs'
import type { CompiledEdit } from '../../model/edits.ts'
import { roundTo } from '../../model/precision.ts'
import { siteName, type Site } from '../../model/sites.ts'

/** The edits of one site. */
export function editsOf(site: Site, edits: readonly CompiledEdit[]): CompiledEdit[] {
  return edits.filter((edit) => siteName(edit.site) === siteName(site))
}

/** A value [rows, units] after its edits, as each of its readers sees it, and as it is recorded. */
export interface EditedValue {
  readonly recurrent: Tensor2D
  readonly output: Tensor2D
  readonly recorded: Tensor2D
}

/**
 * Applies edits of one site at one step, in their order. An edit that some readers do not see is not recorded.
 * @param edits those of this site
 * @param value [rows, units]
 */
export function applyEdits(edits: readonly CompiledEdit[], value: Tensor2D, step: number): EditedValue {
  const active = edits.filter(({ steps }) => steps === null || steps.includes(step))
  if (active.length === 0) return { recurrent: value, output: value, recorded: value }
  const seenBy = (sees: (edit: CompiledEdit) => boolean): Tensor2D => {
    const edited: Edited = { values: Float32Array.from(value.dataSync()), slopes: new Float32Array(value.size).fill(1) }
    for (const edit of active.filter(sees)) changeColumn(edit, edited, value.shape, step)
    const change = tf.customGrad(() => ({
      value: tf.tensor2d(edited.values, value.shape),
      gradFunc: (slope: Tensor) => slope.mul(tf.tensor2d(edited.slopes, value.shape)),
    }))
    return change(value) as Tensor2D
  }
  return {
    recurrent: seenBy(({ recurrent }) => recurrent),
    output: seenBy(({ output }) => output),
    recorded: seenBy(({ recurrent, output }) => recurrent && output),
  }
}

/** Values [rows, units], and how fast each changes with what was computed. */
interface Edited {
  readonly values: Float32Array
  readonly slopes: Float32Array
}

function changeColumn(
  edit: CompiledEdit,
  { values, slopes }: Edited,
  [rows, units]: readonly [number, number],
  step: number,
): void {
  const steps = edit.values && edit.values.length / (edit.rows?.length ?? rows)
  const place = edit.steps ? edit.steps.indexOf(step) : step
  for (let row = 0; row < rows; row++) {
    const own = edit.rows ? edit.rows.indexOf(row) : row
    if (own < 0) continue
    const operand = edit.values && steps ? edit.values[own * steps + place] : edit.operand
    const index = row * units + edit.index
    values[index] = changed(edit, values[index], operand)
    slopes[index] *= slopeOf(edit)
  }
}

function changed({ operation }: CompiledEdit, value: number, operand: number): number {
  switch (operation) {
    case 'set':
      return operand
    case 'scale':
      return value * Math.fround(operand)
    case 'add':
      return value + Math.fround(operand)
    default:
      return roundTo(operation, value)
  }
}

/** A set or rounded value no longer moves with what was computed. */
function slopeOf({ operation, operand }: CompiledEdit): number {
  return operation === 'scale' ? operand : operation === 'add' ? 1 : 0
}
