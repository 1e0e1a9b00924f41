// A recording as .parquet, for DuckDB, pandas or Polars: a row a token, a column a unit, named as in `0.cell.41`.

import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer'
import { writeFileAtomic } from '../core/files.ts'
import type { Recording, RecordingBlock } from './recording.ts'
import { tagOf } from './tags.ts'

/** Values of a row group take at most about so many bytes. */
const GROUP_BYTES = 32 * 2 ** 20
const MOST_ROWS = 16_384

export async function exportParquet(recording: Recording, path: string): Promise<void> {
  writeFileAtomic(path, pieces(recording))
}

/** One row group after the other. */
function* pieces(recording: Recording): Generator<Uint8Array> {
  const { sites, widths, count } = recording
  const units = sites.flatMap((site) => Array.from({ length: widths[site] }, (_, unit) => `${site}.${unit}`))
  const writer = new ByteWriter()
  const parquet = new ParquetWriter({ writer, schema: schemaOf(units), codec: 'UNCOMPRESSED', statistics: false, createdBy: 'rnn-probe' })
  const rows = Math.max(1, Math.min(MOST_ROWS, Math.floor(GROUP_BYTES / (4 * units.length))))
  for (let start = 0; start < count; start += rows) {
    const block = recording.read(start, Math.min(rows, count - start))
    void parquet.write({ columnData: columnsOf(recording, block), rowGroupSize: rows }) // a promise only of writers that flush
    yield taken(writer)
  }
  void parquet.finish()
  yield taken(writer)
}

function schemaOf(units: readonly string[]): SchemaElement[] {
  const integer = (name: string): SchemaElement => ({ name, type: 'INT32', repetition_type: 'REQUIRED' })
  const text = (name: string, repetition_type: 'REQUIRED' | 'OPTIONAL'): SchemaElement =>
    ({ name, type: 'BYTE_ARRAY', converted_type: 'UTF8', repetition_type })
  return [
    { name: 'recording', num_children: 4 + units.length },
    integer('sequence'), integer('position'), text('token', 'REQUIRED'), text('tag', 'OPTIONAL'),
    ...units.map((name): SchemaElement => ({ name, type: 'FLOAT', repetition_type: 'REQUIRED' })),
  ]
}

function columnsOf(recording: Recording, block: RecordingBlock) {
  const { sites, widths, vocabulary } = recording
  const { sequence, position, token } = block.rows
  const every = Array.from({ length: block.count }, (_, row) => row)
  return [
    { name: 'sequence', data: sequence },
    { name: 'position', data: position },
    { name: 'token', data: Array.from(token, (id) => vocabulary[id]) },
    { name: 'tag', data: every.map((row) => tagOf(recording, block, row) ?? null) },
    ...sites.flatMap((site) => Array.from({ length: widths[site] }, (_, unit) => ({
      name: `${site}.${unit}`,
      data: Float32Array.from({ length: block.count }, (_, row) => block.values[site][row * widths[site] + unit]),
    }))),
  ]
}

/** What has been written since it was last asked; the writer goes on counting from there. */
function taken(writer: ByteWriter): Uint8Array {
  const bytes = new Uint8Array(writer.buffer, 0, writer.index).slice()
  writer.index = 0
  return bytes
}
