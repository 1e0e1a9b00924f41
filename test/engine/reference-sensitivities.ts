// Scalars of the reference, and their slopes by central differences. A site is moved by the edit that defines its
// gradient; rows have scalars of their own, so that all of them are moved at once.

import type { Batch, Scalars, SensitivityOptions } from '../../src/engine/engine.ts'
import { outputsOf } from '../../src/model/config.ts'
import { referenceRun, type ReferenceOptions } from './reference.ts'
import type { SmallModel } from './models.ts'

/** As in `finiteDifferences`: both errors lie far below the tolerances. */
const STEP = 1e-5

export type ReferenceScalarOptions = Pick<ReferenceOptions, 'state' | 'edits'>

/** Each row's scalar. */
export function referenceScalars(
  { config, weights }: SmallModel,
  batch: Batch,
  of: Scalars,
  options: ReferenceScalarOptions = {},
): number[] {
  const scalars = Array<number>(batch.rows).fill(0)
  const { units } = config
  const outputs = outputsOf(config)
  const terms = (['logProbabilities', 'logits'] as const).flatMap((kind) => {
    const { positions = [], tokens = [], factors } = of[kind] ?? {}
    return Array.from(positions, (position, place) => ({
      kind, position, token: tokens[place], factor: factors?.[place] ?? 1,
    }))
  })
  const logitsAt = Int32Array.from(terms, ({ position }) => position)
  const { logits, state } = referenceRun(config, weights, batch, { ...options, logitsAt })
  terms.forEach(({ kind, position, token, factor }, index) => {
    const all = [...logits.subarray(index * outputs, (index + 1) * outputs)]
    const total = kind === 'logits' ? 0 : Math.log(all.reduce((sum, logit) => sum + Math.exp(logit), 0))
    scalars[Math.floor(position / batch.steps)] += factor * (all[token] - total)
  })
  for (const [name, factors] of Object.entries(of.state ?? {})) {
    factors.forEach((factor, index) => (scalars[Math.floor(index / units)] += factor * state[name][index]))
  }
  return scalars
}

/** ∂scalar/∂site at one step, [rows, width] flat. */
export function siteSlopes(
  model: SmallModel,
  batch: Batch,
  of: Scalars,
  options: Pick<SensitivityOptions, 'state' | 'edits'>,
  site: string,
  width: number,
  step: number,
): number[] {
  const scalarsAt = (unit: number, add: number): number[] => {
    const edits = [...(options.edits ?? []), { unit: `${site}.${unit}`, add, steps: [step] }]
    return referenceScalars(model, batch, of, { ...options, edits })
  }
  return byRow(batch.rows, width, (unit) => [scalarsAt(unit, STEP), scalarsAt(unit, -STEP)])
}

/** ∂scalar/∂ the named state before the first token, [rows, units] flat. */
export function stateSlopes(
  model: SmallModel,
  batch: Batch,
  of: Scalars,
  options: Required<Pick<ReferenceScalarOptions, 'state'>> & ReferenceScalarOptions,
  name: string,
): number[] {
  const { units } = model.config
  const scalarsAt = (unit: number, add: number): number[] => {
    const moved = Float64Array.from(options.state[name])
    for (let row = 0; row < batch.rows; row++) moved[row * units + unit] += add
    return referenceScalars(model, batch, of, { ...options, state: { ...options.state, [name]: moved } })
  }
  return byRow(batch.rows, units, (unit) => [scalarsAt(unit, STEP), scalarsAt(unit, -STEP)])
}

/** [rows, width] from the scalars of all rows on both sides of every unit. */
function byRow(rows: number, width: number, sidesOf: (unit: number) => readonly [number[], number[]]): number[] {
  const slopes = Array<number>(rows * width).fill(0)
  for (let unit = 0; unit < width; unit++) {
    const [above, below] = sidesOf(unit)
    for (let row = 0; row < rows; row++) slopes[row * width + unit] = (above[row] - below[row]) / (2 * STEP)
  }
  return slopes
}
