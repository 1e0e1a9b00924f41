// A recording: what the units did. Per site a matrix [tokens, units], and a row table that says which sequence,
// position and token each row has. It is read in blocks, so that an analysis does not care whether it lies in memory
// or on the disk.

import type { Sequence } from './sequences.ts'
import type { Storage } from './storage.ts'

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
  /** per site [count, units], row-major; not to be changed */
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
  /** tags and item fields are here */
  readonly sequences: readonly Sequence[]
  /** first row of each sequence, and `count` at the end */
  readonly offsets: Int32Array
  /** token strings by id */
  readonly vocabulary: readonly string[]
  /** rows `start` to `start + count − 1` of the given sites, all by default */
  read(start: number, count: number, sites?: readonly string[]): RecordingBlock
  /** frees the memory or the disk; the recording cannot be read any more */
  dispose(): void
}

/** Values of one block of the iteration take at most about so many bytes. */
const BLOCK_BYTES = 8 * 2 ** 20

/** The row table of sequences laid end to end. */
export function layOut(sequences: readonly Sequence[]): { readonly offsets: Int32Array; readonly rows: RecordingRows } {
  const offsets = new Int32Array(sequences.length + 1)
  sequences.forEach(({ tokens }, index) => { offsets[index + 1] = offsets[index] + tokens.length })
  const count = offsets[sequences.length]
  const rows = { sequence: new Int32Array(count), position: new Int32Array(count), token: new Int32Array(count) }
  sequences.forEach(({ tokens }, index) => {
    rows.sequence.fill(index, offsets[index], offsets[index + 1])
    rows.token.set(tokens, offsets[index])
    for (let position = 0; position < tokens.length; position++) rows.position[offsets[index] + position] = position
  })
  return { offsets, rows }
}

/** A recording whose values are in `storage`. */
export function openRecording(
  about: Pick<Recording, 'widths' | 'rows' | 'sequences' | 'offsets' | 'vocabulary'>,
  storage: Storage,
): Recording {
  const { widths, rows } = about
  const sites = Object.keys(widths)
  const count = rows.token.length
  const bytesPerRow = sites.reduce((sum, site) => sum + widths[site] * Float32Array.BYTES_PER_ELEMENT, 0)
  const blockRows = Math.max(1, Math.floor(BLOCK_BYTES / bytesPerRow))

  function read(start: number, length: number, wanted: readonly string[] = sites): RecordingBlock {
    const part = (column: Int32Array): Int32Array => column.subarray(start, start + length)
    return {
      start,
      count: length,
      rows: { sequence: part(rows.sequence), position: part(rows.position), token: part(rows.token) },
      values: Object.fromEntries(wanted.map((site) => [site, storage.read(site, start, length)])),
    }
  }

  return {
    ...about,
    sites,
    count,
    read,
    dispose: () => storage.dispose(),
    async *[Symbol.asyncIterator]() {
      for (let start = 0; start < count; start += blockRows) yield read(start, Math.min(blockRows, count - start))
    },
  }
}
