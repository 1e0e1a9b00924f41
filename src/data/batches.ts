// Token ids as rectangles. For training: parallel streams cut into windows, so that the state carries over from one window
// to the next (stateful truncated backpropagation). For recording and scoring: sequences of similar length, padded.

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
  /** most cells, rows × steps, of a batch; a longer sequence is a batch of its own */
  readonly cells?: number
}

/** How many windows an epoch has. @throws UserError where a part is too short for one token in each stream */
export function windowCount(tokens: Int32Array, options: StreamOptions): number {
  throw new Error('not written yet')
}

/** Window number `index` of an epoch, from 0: a plain number, so that training can go on anywhere. */
export function streamWindow(tokens: Int32Array, index: number, options: StreamOptions): StreamWindow {
  throw new Error('not written yet')
}

/** All sequences in batches, the short ones first; equal lengths keep their order. */
export function sequenceBatches(sequences: readonly ArrayLike<number>[], options: SequenceOptions): SequenceBatch[] {
  throw new Error('not written yet')
}
