// Runs a model over sequences of different lengths: padded batches of similar length, and what is too long for one run
// in pieces that hand on the state, side by side as well; what is read from both ends is read in one piece. How the
// sequences are batched never changes a value.

import { setImmediate } from 'node:timers/promises'
import { UserError } from '../core/errors.ts'
import { sequenceBatches, type SequenceBatch } from '../data/batches.ts'
import type { Batch, Engine, RunOptions, RunResult, State } from '../engine/engine.ts'
import { gatherState } from '../engine/state.ts'
import { compileEdits, type Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { refusePair } from './language-model.ts'
import { placeEdits, withSteps, type Window } from './place-edits.ts'
import { contextOf, type InitialState } from './sequences.ts'

/** One run of the engine. Its first column is the last token of the context where `start` is −1. */
export interface Piece extends Batch, Window {
  readonly lengths: Int32Array
  /** the next token of the same sequence [rows, steps]; −1 for the last and in the padding */
  readonly targets: Int32Array
}

export interface SequencesOptions {
  /** `rows` are indices of sequences, `steps` positions in a sequence. Without `steps` they act while the model reads
   *  its context, too. */
  readonly edits?: readonly Edit[]
  /** `end-of-sentence` by default */
  readonly state?: InitialState
  /** sequences run side by side; 256 by default */
  readonly batchRows?: number
  readonly signal?: AbortSignal
}

/** Tokens, padding included, of one run: 16 thousand, or fewer where much is recorded of each. */
export const MOST_CELLS = 16384

/** Steps of one run in which long sequences share a batch: enough rows for the kernels, and little memory. */
const WINDOW = 256

/**
 * @param ask what is wanted of a run beside its state
 * @param cells most tokens, padding included, of one run
 * @throws UserError for an edit that does not fit, or a sequence of which the model would read nothing
 */
export async function* runSequences(
  engine: Engine,
  model: Model,
  sequences: readonly Int32Array[],
  { edits = [], state = 'end-of-sentence', batchRows = 256, signal }: SequencesOptions,
  ask: (piece: Piece) => Omit<RunOptions, 'state' | 'edits'>,
  cells = MOST_CELLS,
): AsyncGenerator<{ readonly piece: Piece; readonly result: RunResult }> {
  refusePair(model, 'it is not run as one')
  const context = contextOf(state, model)
  const whole = model.config.bidirectional ?? false
  if (whole && context.length > 0) {
    throw new UserError('A bidirectional model reads each sequence from both ends, and no context before it.')
  }
  const longest = sequences.reduce((length, tokens) => Math.max(length, tokens.length), 1)
  compileEdits(edits, model.config, { rows: sequences.length, steps: longest })
  const positioned = edits.map((edit) => withSteps(edit, longest))
  const before = readContext(engine, model, context.subarray(0, -1), positioned.filter(({ steps }) => !steps))
  const lead = context.subarray(-1)
  const inputs = sequences.map((tokens, index) => inputOf(lead, tokens, index))

  for (const batch of sequenceBatches(inputs, { rows: batchRows, cells, window: whole ? Infinity : WINDOW })) {
    let carried = before(batch.indices)
    let rows = batch.rows
    for (const piece of piecesOf(batch, -lead.length, whole ? Infinity : cells)) {
      signal?.throwIfAborted()
      if (carried && piece.rows < rows) carried = gatherState(carried, model.config.units, lastOf(rows, piece.rows))
      rows = piece.rows
      const result = engine.run(model, piece, { ...ask(piece), state: carried, edits: placeEdits(positioned, piece) })
      carried = result.state
      yield { piece, result }
      await setImmediate()
    }
  }
}

/** The state after the context, for the given sequences; read once where every sequence has the same edits. */
function readContext(
  engine: Engine,
  model: Model,
  context: Int32Array,
  edits: readonly Edit[],
): (indices: Int32Array) => State | undefined {
  if (context.length === 0) return () => undefined
  const read = (indices: Int32Array): State => {
    const [rows, steps] = [indices.length, context.length]
    const tokens = Int32Array.from({ length: rows * steps }, (_, cell) => context[cell % steps])
    return engine.run(model, { tokens, rows, steps }, { edits: placeEdits(edits, { indices, start: 0, steps }) }).state
  }
  if (edits.some(({ rows }) => rows)) return read
  const shared = read(Int32Array.of(0))
  return (indices) => gatherState(shared, model.config.units, new Int32Array(indices.length))
}

function inputOf(lead: Int32Array, tokens: Int32Array, index: number): Int32Array {
  if (lead.length + tokens.length === 0) {
    throw new UserError(`Sequence ${index} is empty, and the model reads no context before it: nothing to run.`)
  }
  const input = new Int32Array(lead.length + tokens.length)
  input.set(lead)
  input.set(tokens, lead.length)
  return input
}

/** The rows of a batch end in their order, the shortest first: each piece holds those that go on. */
function* piecesOf(batch: SequenceBatch, start: number, cells: number): Generator<Piece> {
  const window = Math.floor(cells / batch.rows)
  if (batch.steps <= window) {
    yield { ...batch, start }
    return
  }
  for (let from = 0, first = 0; from < batch.steps; from += window) {
    while (batch.lengths[first] <= from) first++
    const steps = Math.min(window, batch.steps - from)
    const rows = batch.rows - first
    const cut = (ids: Int32Array) => {
      const own = new Int32Array(rows * steps)
      for (let row = 0; row < rows; row++) {
        const cell = (first + row) * batch.steps + from
        own.set(ids.subarray(cell, cell + steps), row * steps)
      }
      return own
    }
    yield {
      tokens: cut(batch.tokens),
      targets: cut(batch.targets),
      rows,
      steps,
      lengths: batch.lengths.subarray(first).map((length) => Math.min(steps, length - from)),
      indices: batch.indices.subarray(first),
      start: start + from,
    }
  }
}

/** The numbers of the last `count` of so many rows. */
function lastOf(rows: number, count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, row) => rows - count + row)
}
