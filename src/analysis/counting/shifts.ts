// A count made wrong: a unit is given some symbols more, or fewer, at the border of two blocks, and the model should
// then end the block in which it counts back by as many symbols late, or early.

import { log } from '../../core/math.ts'
import type { CountingLanguage } from '../../data/language/language.ts'
import type { Engine, State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { Edit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { END, letterId } from '../../tasks/counting/reader.ts'

/** What is added to units when the last symbol before a block is read. */
export type Shift = readonly { readonly unit: string; readonly by: number }[]

export interface ShiftOptions {
  readonly shifts: readonly Shift[]
  /** the block whose end is looked for, from 1; the shift comes with the last symbol before it */
  readonly block: number
  /** the n of the words */
  readonly lengths: readonly number[]
  /** symbols too many after which no end is looked for any more: such a block counts as so much too long */
  readonly most: number
}

/**
 * By how many symbols the block is too long, for each shift and length, [shifts, lengths]. The model ends it at the
 * first of its symbols after which what comes next has a probability above one half.
 */
export function shiftedEnds(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  language: CountingLanguage,
  { shifts, block, lengths, most }: ShiftOptions,
): number[][] {
  const before = stateBefore(engine, model, block, lengths)
  const rows = shifts.length * lengths.length
  const steps = 1 + Math.max(...lengths) + most
  const next = block + 1 < language.letters.length ? letterId(block + 1) : END
  const tokens = new Int32Array(rows * steps).fill(letterId(block))
  const targets = new Int32Array(rows * steps).fill(next)
  for (let row = 0; row < rows; row++) {
    tokens[row * steps] = letterId(block - 1)
    targets[row * steps] = -1
  }
  const placeOf = (row: number) => row % lengths.length
  const edits = shifts.flatMap((shift, number) => {
    const own = lengths.map((_, place) => number * lengths.length + place)
    return shift.map(({ unit, by }): Edit => ({ unit, add: by, steps: [0], rows: own }))
  })
  const { logProbabilities } = engine.run(model, { tokens, rows, steps }, {
    state: gatherState(before, model.config.units, Array.from({ length: rows }, (_, row) => placeOf(row))),
    edits,
    targets,
  })
  const half = log(0.5)
  return shifts.map((_, number) =>
    lengths.map((n, place) => {
      const start = (number * lengths.length + place) * steps
      const after = logProbabilities!.subarray(start + 1, start + 1 + n + most)
      const end = after.findIndex((logProbability) => logProbability > half)
      return end === -1 ? most : end + 1 - n
    }),
  )
}

/** The state when all symbols before the block but the last were read, a row for each length. */
function stateBefore(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  block: number,
  lengths: readonly number[],
): State {
  const steps = block * Math.max(...lengths)
  const tokens = new Int32Array(lengths.length * steps)
  lengths.forEach((n, row) => {
    tokens[row * steps] = END
    for (let at = 1; at < block * n; at++) tokens[row * steps + at] = letterId(Math.floor((at - 1) / n))
  })
  const batch = { tokens, rows: lengths.length, steps, lengths: Int32Array.from(lengths, (n) => block * n) }
  return engine.run(model, batch).state
}
