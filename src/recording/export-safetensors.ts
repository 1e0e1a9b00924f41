// A recording as .safetensors: a tensor a site and a column of the row table, and the texts in the header.

import { bytesOf } from '../core/byte-view.ts'
import { writeFileAtomic } from '../core/files.ts'
import { encodeTensorHeader } from '../model/formats/tensors.ts'
import type { Recording, RecordingBlock } from './recording.ts'
import { tagIds, tagNames } from './tags.ts'

/** Rows of a piece of the file. */
const PIECE_ROWS = 4096
const COLUMNS = ['sequence', 'position', 'token'] as const

export async function exportSafetensors(recording: Recording, path: string): Promise<void> {
  writeFileAtomic(path, pieces(recording))
}

function* pieces(recording: Recording): Generator<Uint8Array> {
  const { sites, widths, count, vocabulary } = recording
  const tags = tagNames(recording)
  const ids = new Map(tags.map((tag, id) => [tag, id]))
  const tensors = [
    ...sites.map((site) => ({ name: site, type: 'F32' as const, shape: [count, widths[site]] })),
    ...[...COLUMNS, 'tag'].map((name) => ({ name, type: 'I32' as const, shape: [count] })),
  ]
  yield* encodeTensorHeader(tensors, { vocabulary: JSON.stringify(vocabulary), tags: JSON.stringify(tags) })
  for (const site of sites) for (const block of blocks(recording, [site])) yield bytesOf(block.values[site])
  for (const column of COLUMNS) yield bytesOf(recording.rows[column])
  for (const block of blocks(recording, [])) yield bytesOf(tagIds(recording, block, ids))
}

function* blocks({ count, read }: Recording, sites: readonly string[]): Generator<RecordingBlock> {
  for (let start = 0; start < count; start += PIECE_ROWS) yield read(start, Math.min(PIECE_ROWS, count - start), sites)
}
