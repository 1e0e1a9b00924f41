// A recording as a file for other programs: .npz for NumPy, .parquet for DuckDB and data frames, .safetensors, and .csv for
// everything else. Written block by block.

import { extname } from 'node:path'
import Papa from 'papaparse'
import { UserError } from '../core/errors.ts'
import { displayPath, writeFileAtomic } from '../core/files.ts'
import { textHeader, type NpyHeader } from '../model/formats/npy.ts'
import { NpzWriter } from '../model/formats/npz.ts'
import { exportParquet } from './export-parquet.ts'
import { exportSafetensors } from './export-safetensors.ts'
import type { Recording } from './recording.ts'
import { tagIds, tagNames, tagOf } from './tags.ts'

/** A file format of recordings. Another one is a function and a line in the list. */
type Exporter = (recording: Recording, path: string) => Promise<void>

const EXPORTERS: Readonly<Record<string, Exporter>> = {
  '.npz': exportNpz, '.parquet': exportParquet, '.csv': exportCsv, '.safetensors': exportSafetensors,
}

/**
 * Writes a recording and its row table, whole or not at all.
 * - .npz: one float32 array [tokens, units] per site under the site's name; int32 columns `sequence`, `position`,
 *   `token`, `tag` (−1 for none); and the texts `vocabulary` and `tags`, which `token` and `tag` are indices into
 * - .safetensors: the same, `vocabulary` and `tags` as JSON in the header
 * - .csv: a row a token: sequence, position, token, tag, then one column a unit, named as in `0.cell.41`
 * - .parquet: the same
 * @throws UserError for another extension, or where the file cannot be written
 */
export async function exportRecording(recording: Recording, path: string): Promise<void> {
  const exporter = EXPORTERS[extname(path)]
  if (!exporter) {
    const extensions = Object.keys(EXPORTERS).join(', ')
    throw new UserError(`${displayPath(path)} is not a name for a recording. Its extension is one of: ${extensions}.`)
  }
  await exporter(recording, path)
}

async function exportNpz(recording: Recording, path: string): Promise<void> {
  const { sites, widths, count, vocabulary } = recording
  const tags = tagNames(recording)
  const ids = new Map(tags.map((tag, id) => [tag, id]))
  const numbers = (type: 'float32' | 'int32', shape: readonly number[]): NpyHeader => ({ type, shape, width: 0 })
  const writer = new NpzWriter(path, {
    ...Object.fromEntries(sites.map((site) => [site, numbers('float32', [count, widths[site]])])),
    sequence: numbers('int32', [count]),
    position: numbers('int32', [count]),
    token: numbers('int32', [count]),
    tag: numbers('int32', [count]),
    vocabulary: textHeader(vocabulary),
    tags: textHeader(tags),
  })
  try {
    writer.append('vocabulary', vocabulary)
    writer.append('tags', tags)
    for await (const block of recording) {
      for (const site of sites) writer.append(site, block.values[site])
      for (const column of ['sequence', 'position', 'token'] as const) writer.append(column, block.rows[column])
      writer.append('tag', tagIds(recording, block, ids))
    }
    writer.finish()
  } catch (error) {
    writer.abandon()
    throw error
  }
}

async function exportCsv(recording: Recording, path: string): Promise<void> {
  writeFileAtomic(path, csvPieces(recording))
}

/** Rows of a piece of text. */
const PIECE_ROWS = 256

function* csvPieces(recording: Recording): Generator<Uint8Array> {
  const { sites, widths, count, vocabulary } = recording
  const units = sites.flatMap((site) => Array.from({ length: widths[site] }, (_, unit) => `${site}.${unit}`))
  yield Buffer.from(`${['sequence', 'position', 'token', 'tag', ...units].join(',')}\n`)
  for (let start = 0; start < count; start += PIECE_ROWS) {
    const block = recording.read(start, Math.min(PIECE_ROWS, count - start))
    const { sequence, position, token } = block.rows
    const lines = Array.from({ length: block.count }, (_, row) => {
      const tag = tagOf(recording, block, row) ?? null
      const about = Papa.unparse([[sequence[row], position[row], vocabulary[token[row]], tag]])
      const values = sites.map((site) => {
        const width = widths[site]
        return block.values[site].subarray(row * width, (row + 1) * width).join(',') // numbers need no quotes
      })
      return `${about},${values.join(',')}\n`
    })
    yield Buffer.from(lines.join(''), 'utf8')
  }
}
