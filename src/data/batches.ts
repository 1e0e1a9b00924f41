// Token ids as rectangles. For training: parallel streams cut into windows, so that the state carries over from one
// window to the next (stateful truncated backpropagation). For recording and scoring: sequences of similar length,
// padded.

import { UserError } from '../core/errors.ts'

/** How a part is laid out for training. */
export interface StreamOptions {
  /** parallel streams, the rows of every window */
  readonly batch: number
  /** tokens of a window; the last window of an epoch may be shorter */
  readonly steps: number
}

/** One window of all streams. Fits the TrainingBatch of engine/engine.ts. */
export interface StreamWindow {
  /** [rows, steps] */
  readonly tokens: Int32Array
  /** next tokens [rows, steps] */
  readonly targets: Int32Array
  readonly rows: number
  readonly steps: number
  /** false for the first window of an epoch */
  readonly carry: boolean
}

/** Some sequences, padded to the longest of them. Fits the Batch of engine/engine.ts. */
export interface SequenceBatch {
  /** [rows, steps], padded with 0 */
  readonly tokens: Int32Array
  /** the next token of the same sequence [rows, steps]; −1 for the last and in the padding */
  readonly targets: Int32Array
  readonly rows: number
  readonly steps: number
  /** tokens of each row */
  readonly lengths: Int32Array
  /** which of the given sequences each row is */
  readonly indices: Int32Array
}

export interface SequenceOptions {
  /** most sequences of a batch */
  readonly rows: number
  /** most cells, rows × steps, of a batch, or of each of its windows; a longer sequence is a batch of its own */
  readonly cells?: number
  /** steps that are read at once: what is longer is read in windows, so that long sequences share a batch, too */
  readonly window?: number
}

/** How many windows an epoch has. @throws UserError where the text is too short for two tokens in each stream */
export function windowCount(tokens: Int32Array, options: StreamOptions): number {
  return Math.ceil(streamLength(tokens, options) / options.steps)
}

/**
 * Window number `index` of an epoch, from 0: a plain number, so that training can go on anywhere. Row r walks through
 * its own stretch of the text from r · length on; the few tokens (less than `batch`) left over at the end are not used.
 */
export function streamWindow(tokens: Int32Array, index: number, options: StreamOptions): StreamWindow {
  const length = streamLength(tokens, options)
  const from = index * options.steps
  if (!(index >= 0 && from < length)) throw new RangeError(`window ${index} of ${windowCount(tokens, options)}`)
  const rows = options.batch
  const steps = Math.min(options.steps, length - from)
  const inputs = new Int32Array(rows * steps)
  const targets = new Int32Array(rows * steps)
  for (let row = 0; row < rows; row++) {
    const start = row * length + from
    inputs.set(tokens.subarray(start, start + steps), row * steps)
    targets.set(tokens.subarray(start + 1, start + steps + 1), row * steps)
  }
  return { tokens: inputs, targets, rows, steps, carry: index > 0 }
}

/** All sequences in batches, the short ones first; equal lengths keep their order. Empty sequences are left out. */
export function sequenceBatches(sequences: readonly ArrayLike<number>[], options: SequenceOptions): SequenceBatch[] {
  const { cells = Infinity, window = Infinity } = options
  const order = sequences.map((_, index) => index).filter((index) => sequences[index].length > 0)
  order.sort((a, b) => sequences[a].length - sequences[b].length || a - b)
  const batches: SequenceBatch[] = []
  let batch: number[] = []
  for (const index of order) {
    const full = batch.length === options.rows || (batch.length + 1) * Math.min(sequences[index].length, window) > cells
    if (full && batch.length > 0) {
      batches.push(pad(sequences, batch))
      batch = []
    }
    batch.push(index)
  }
  if (batch.length > 0) batches.push(pad(sequences, batch))
  return batches
}

/** Ids of each row's own sequence, by its index, beside its tokens [rows, steps]; −1 in the padding. */
export function placeRows({ rows, steps, indices }: SequenceBatch, idsOf: (index: number) => Int32Array): Int32Array {
  const placed = new Int32Array(rows * steps).fill(-1)
  indices.forEach((index, row) => placed.set(idsOf(index), row * steps))
  return placed
}

function pad(sequences: readonly ArrayLike<number>[], indices: readonly number[]): SequenceBatch {
  const lengths = Int32Array.from(indices, (index) => sequences[index].length)
  const rows = indices.length
  const steps = lengths[rows - 1] // the longest comes last
  const tokens = new Int32Array(rows * steps)
  const targets = new Int32Array(rows * steps).fill(-1)
  indices.forEach((index, row) => {
    const sequence = sequences[index]
    for (let step = 0; step < sequence.length; step++) {
      tokens[row * steps + step] = sequence[step]
      if (step > 0) targets[row * steps + step - 1] = sequence[step]
    }
  })
  return { tokens, targets, rows, steps, lengths, indices: Int32Array.from(indices) }
}

/** Tokens of each stream that are inputs; the token after the last of them is its target. */
function streamLength(tokens: Int32Array, { batch }: StreamOptions): number {
  const length = Math.floor((tokens.length - 1) / batch)
  if (length >= 1) return length
  throw new UserError(
    `The training text has ${tokens.length} tokens, too few for ${batch} parallel streams. ` +
      'Give more text or a smaller batch.',
  )
}
