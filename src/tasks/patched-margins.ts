// Margins of items in which units take values of their own at one word, as when they are copied from other sentences.
// What stands before that word is read once for all patches.

import { setImmediate } from 'node:timers/promises'
import type { Engine, State } from '../engine/engine.ts'
import { gatherState } from '../engine/state.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { contextOf, type InitialState } from '../recording/sequences.ts'
import type { EncodedChoice } from './items.ts'

/** Units, and for each of them a value in every choice. */
export type Patch = ReadonlyMap<string, Float32Array>

export interface PatchedMarginsOptions {
  /** 'end-of-sentence' by default */
  readonly initial?: InitialState
  /** most rows of one run of the engine; 4096 by default. Changes speed and memory only. */
  readonly rowsPerRun?: number
  readonly signal?: AbortSignal
}

/**
 * Margins [patches, choices], nats.
 * @param choices at least one, all of one length
 * @param step the word at which the units are patched, from 0
 */
export async function patchedMargins(
  engine: Engine,
  model: Model,
  choices: readonly EncodedChoice[],
  step: number,
  patches: readonly Patch[],
  options: PatchedMarginsOptions = {},
): Promise<Float32Array> {
  const { initial = 'end-of-sentence', rowsPerRun = 4096, signal } = options
  const count = choices.length
  const before = stateBefore(engine, model, choices, step, initial)
  const steps = choices[0].prefix.length - step
  const rest = choices.map(({ prefix }) => prefix.subarray(step))
  const together = Math.max(1, Math.floor(rowsPerRun / count))
  const margins = new Float32Array(patches.length * count)
  for (let first = 0; first < patches.length; first += together) {
    signal?.throwIfAborted()
    const some = patches.slice(first, first + together)
    const rows = some.length * count
    const tokens = new Int32Array(rows * steps)
    const candidates = new Int32Array(2 * rows)
    for (let row = 0; row < rows; row++) {
      const choice = row % count
      tokens.set(rest[choice], row * steps)
      candidates.set([choices[choice].right, choices[choice].wrong], 2 * row)
    }
    const { candidateLogits } = engine.run(model, { tokens, rows, steps }, {
      state: before && gatherState(before, model.config.units, Array.from({ length: rows }, (_, row) => row % count)),
      edits: some.flatMap((patch, place) => editsOf(patch, place * count, count)),
      candidates: { positions: Int32Array.from({ length: rows }, (_, row) => (row + 1) * steps - 1), tokens: candidates, width: 2 },
    })
    for (let row = 0; row < rows; row++) {
      margins[first * count + row] = candidateLogits![2 * row] - candidateLogits![2 * row + 1]
    }
    await setImmediate() // lets a signal arrive
  }
  return margins
}

/** The state of every choice before the word; undefined for the model's own. */
function stateBefore(
  engine: Engine,
  model: Model,
  choices: readonly EncodedChoice[],
  step: number,
  initial: InitialState,
): State | undefined {
  const context = contextOf(initial, model)
  const steps = context.length + step
  if (steps === 0) return undefined
  const tokens = new Int32Array(choices.length * steps)
  choices.forEach(({ prefix }, row) => {
    tokens.set(context, row * steps)
    tokens.set(prefix.subarray(0, step), row * steps + context.length)
  })
  return engine.run(model, { tokens, rows: choices.length, steps }).state
}

function editsOf(patch: Patch, first: number, count: number): Edit[] {
  const rows = Array.from({ length: count }, (_, row) => first + row)
  return [...patch].map(([unit, set]) => ({ unit, set, rows, steps: [0] }))
}
