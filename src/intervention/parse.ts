// Edits as they are typed: `0.cell.41=0`, `0.cell.41=mean`, `0.cell.41*0.5`, `0.cell.41+=1`, with `@3,4` for some
// steps only.

import { UserError } from '../core/errors.ts'
import type { ModelConfig } from '../model/config.ts'
import type { Edit } from '../model/edits.ts'
import { parseUnit } from '../model/sites.ts'
import { meanOf, type UnitMeans } from './means.ts'

/** An edit to a mean that is not known yet. */
export interface MeanEdit {
  readonly unit: string
  readonly set: 'mean'
  readonly steps?: readonly number[]
}

const SHAPE = /^\s*(?<unit>[a-z0-9.]+)\s*(?<operator>\+=|=|\*)\s*(?<operand>[^@\s]+)\s*(?:@\s*(?<steps>[\d,\s]+))?$/i
const EXAMPLES = '"0.cell.41=0", "0.cell.41=mean", "0.cell.41*0.5", "0.cell.41+=1"; "@3,4" at the end for some steps'

/** @throws UserError where the text is not an edit or the model has no such unit */
export function parseEdit(text: string, config: ModelConfig): Edit | MeanEdit {
  const parts = SHAPE.exec(text)?.groups
  if (!parts) throw notAnEdit(text)
  const { unit, operator, operand } = parts
  parseUnit(unit, config)
  const steps = parts['steps'] === undefined ? {} : { steps: parseSteps(parts['steps'], text) }
  if (operator === '=' && operand === 'mean') return { unit, set: 'mean', ...steps }
  const number = parseNumber(operand, text)
  if (operator === '=') return { unit, set: number, ...steps }
  return operator === '*' ? { unit, scale: number, ...steps } : { unit, add: number, ...steps }
}

export function needsMean(edit: Edit | MeanEdit): edit is MeanEdit {
  return 'set' in edit && edit.set === 'mean'
}

/** The edits with every mean filled in. @throws UserError where a mean is missing */
export function fillMeans(edits: readonly (Edit | MeanEdit)[], means: UnitMeans): Edit[] {
  return edits.map((edit) => (needsMean(edit) ? { ...edit, set: meanOf(means, edit.unit) } : edit))
}

function parseNumber(text: string, edit: string): number {
  const number = Number(text)
  if (!Number.isFinite(number)) throw notAnEdit(edit)
  return number
}

function parseSteps(text: string, edit: string): number[] {
  const steps = text.split(',').map((step) => step.trim())
  if (steps.some((step) => !/^\d+$/.test(step))) throw notAnEdit(edit)
  return steps.map(Number)
}

function notAnEdit(text: string): UserError {
  return new UserError(`${JSON.stringify(text)} is not an edit. Edits are: ${EXAMPLES}.`)
}
