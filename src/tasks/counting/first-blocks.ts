// The first blocks of words xⁿyⁿ…: x, xx, xxx and so on are the beginnings of one another, so that a model reads them
// all in one run, which keeps its state at every length.

import { setImmediate } from 'node:timers/promises'
import type { State } from '../../engine/engine.ts'
import { END, letterId, logProbabilityAt, type WordReader } from './reader.ts'

/** What follows xⁿ starts from here, for `count` neighbouring n. */
export interface FirstBlocks {
  /** the smallest n */
  readonly from: number
  readonly count: number
  /** after xⁿ, [count, units] each */
  readonly state: State
  /** the smallest log p of any letter of xⁿ */
  readonly letters: Float64Array
  /** log p of the second block's first letter after xⁿ: n is not known before it */
  readonly turn: Float64Array
}

/** Lengths that are read together at most. */
const MOST_LENGTHS = 1024

/**
 * All lengths from 1 to `longest`, in stretches.
 * @param first lengths of the first stretch; each is twice as long as the one before, up to 1024
 */
export async function* readFirstBlocks(
  reader: WordReader,
  { longest, first = MOST_LENGTHS, signal }: { longest: number; first?: number; signal?: AbortSignal },
): AsyncGenerator<FirstBlocks> {
  const { engine, model, edits } = reader
  const { vocabulary } = model.config
  const end = { tokens: Int32Array.of(END), rows: 1, steps: 1 }
  const start = engine.run(model, end, { edits, logitsAt: Int32Array.of(0) })
  const record = Object.keys(start.state)
  let { state } = start
  let letters = logProbabilityAt(start.logits!, 0, vocabulary, letterId(0))
  let most = first
  for (let from = 1; from <= longest; ) {
    signal?.throwIfAborted()
    const count = Math.min(most, longest - from + 1)
    const tokens = new Int32Array(count).fill(letterId(0))
    const logitsAt = tokens.map((_, step) => step)
    const result = engine.run(model, { tokens, rows: 1, steps: count }, { state, record, edits, logitsAt })
    const logAt = (step: number, block: number) => logProbabilityAt(result.logits!, step, vocabulary, letterId(block))
    const smallest = new Float64Array(count)
    for (let step = 0; step < count; step++) {
      smallest[step] = letters
      letters = Math.min(letters, logAt(step, 0))
    }
    const turn = Float64Array.from(smallest, (_, step) => logAt(step, 1))
    yield { from, count, state: result.recorded, letters: smallest, turn }
    await setImmediate()
    state = result.state
    from += count
    most = Math.min(2 * most, MOST_LENGTHS)
  }
}
