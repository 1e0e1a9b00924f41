// What the units did. A recording holds, per site, a matrix [tokens, units], and a row table that says which sequence,
// position, token and tag each row has. It is read in blocks: small ones sit in memory, large ones in a temporary file.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import type { InitialState, Sequence } from './sequences.ts'

/** The row table of a recording or of one block of it; a column has one entry a row. */
export interface RecordingRows {
  /** index of the sequence */
  readonly sequence: Int32Array
  /** position in the sequence, from 0 */
  readonly position: Int32Array
  readonly token: Int32Array
}

/** Rows `start` to `start + count − 1`. */
export interface RecordingBlock {
  readonly start: number
  readonly count: number
  readonly rows: RecordingRows
  /** per site [count, units], row-major */
  readonly values: Readonly<Record<string, Float32Array>>
}

export interface Recording extends AsyncIterable<RecordingBlock> {
  /** full names, such as `0.cell` */
  readonly sites: readonly string[]
  /** units of each site */
  readonly widths: Readonly<Record<string, number>>
  /** number of rows: tokens of all sequences, in the order of the sequences */
  readonly count: number
  readonly rows: RecordingRows
  readonly sequences: readonly Sequence[]
  /** first row of each sequence, and `count` at the end */
  readonly offsets: Int32Array
  /** token strings by id */
  readonly vocabulary: readonly string[]
  /** rows `start` to `start + count − 1` of the given sites, all by default */
  read(start: number, count: number, sites?: readonly string[]): RecordingBlock
  /** deletes the temporary file, where there is one; it goes at the end of the process in any case */
  dispose(): void
}

export interface RecordOptions {
  /** site patterns: `0.cell` one, `cell` every layer's */
  readonly sites: readonly string[]
  /** loaded by default: the native engine where it is there */
  readonly engine?: Engine
  /** `rows` are indices of sequences, `steps` positions in a sequence. Without `steps` they act while the model reads its
   *  context, too. */
  readonly edits?: readonly Edit[]
  /** `end-of-sentence` by default, `zeros` for a vocabulary that has no such token */
  readonly state?: InitialState
  /** sequences run side by side; 256 by default. Never changes a value. */
  readonly batchRows?: number
  /** recordings above so many bytes go to a temporary file; 256 MiB by default */
  readonly memory?: number
  readonly log?: Log
  readonly signal?: AbortSignal
}

/** @throws UserError for an unknown site or unit, an empty sequence, a token that the vocabulary does not have */
export async function record(model: Model, sequences: readonly Sequence[], options: RecordOptions): Promise<Recording> {
  throw new Error(`not written yet ${model.config.cell} ${sequences.length} ${options.batchRows}`)
}
