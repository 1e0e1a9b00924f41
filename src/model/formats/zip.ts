// The records of a zip archive whose entries are stored, not compressed. Field by field as in APPNOTE 6.3, sections
// 4.3.7, 4.3.12 and 4.3.14 to 4.3.16; a size or place of 4 GiB and more moves into the zip64 field (4.5.3).

import { crc32 } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  /** of its local header, from the start of the archive */
  readonly offset: number
  readonly size: number
  readonly crc: number
}

/** How records begin, and the mark of a size that stands in the zip64 field. */
export const LOCAL = 0x04034b50
export const CENTRAL = 0x02014b50
export const END = 0x06054b50
export const END_64 = 0x06064b50
export const LOCATOR_64 = 0x07064b50
export const FIELD_64 = 0x0001

export const FULL = 0xffffffff
const VERSION = 45 // zip64
const UTF8 = 0x0800
/** 1980-01-01, the first day that zip knows: the time of writing is not part of the bytes */
const DATE = 0x0021

/** A whole archive whose entries are in memory, each as pieces of bytes. @returns the archive as pieces of bytes */
export function* encodeZip(contents: Iterable<readonly [name: string, pieces: readonly Uint8Array[]]>): Generator<Uint8Array> {
  const entries: ZipEntry[] = []
  let offset = 0
  for (const [name, pieces] of contents) {
    const size = pieces.reduce((sum, { length }) => sum + length, 0)
    // crc32 of nothing forgets what came before
    const crc = pieces.filter(({ length }) => length > 0).reduce((sum, piece) => crc32(piece, sum), 0)
    const header = localHeader({ name, size, crc })
    yield header
    yield* pieces
    entries.push({ name, offset, size, crc })
    offset += header.length + size
  }
  yield centralDirectory(entries, offset)
}

/** Before an entry's bytes. The same length whatever the checksum. */
export function localHeader({ name, size, crc }: Omit<ZipEntry, 'offset'>): Buffer {
  const large = size >= FULL
  const sizes = large ? FULL : size
  return record([
    [4, LOCAL], [2, VERSION], [2, UTF8], [2, 0], [2, 0], [2, DATE],
    [4, crc], [4, sizes], [4, sizes], [2, Buffer.byteLength(name)], [2, large ? 20 : 0],
  ], Buffer.from(name, 'utf8'), large ? record([[2, FIELD_64], [2, 16], [8, size], [8, size]]) : Buffer.alloc(0))
}

/** After the last entry: the list of all entries, and where it is. */
export function centralDirectory(entries: readonly ZipEntry[], offset: number): Buffer {
  const directory = Buffer.concat(entries.map(centralHeader))
  const { length } = directory
  const large = entries.length >= 0xffff || offset >= FULL || length >= FULL
  const count = Math.min(entries.length, 0xffff)
  const zip64 = [
    record([
      [4, END_64], [8, 44], [2, VERSION], [2, VERSION], [4, 0], [4, 0],
      [8, entries.length], [8, entries.length], [8, length], [8, offset],
    ]),
    record([[4, LOCATOR_64], [4, 0], [8, offset + length], [4, 1]]),
  ]
  const end = record([
    [4, END], [2, 0], [2, 0], [2, count], [2, count], [4, Math.min(length, FULL)], [4, Math.min(offset, FULL)], [2, 0],
  ])
  return Buffer.concat([directory, ...(large ? zip64 : []), end])
}

function centralHeader({ name, offset, size, crc }: ZipEntry): Buffer {
  const moved = [...(size >= FULL ? [size, size] : []), ...(offset >= FULL ? [offset] : [])]
  const extra = moved.length === 0
    ? Buffer.alloc(0)
    : record([[2, FIELD_64], [2, 8 * moved.length], ...moved.map((value) => [8, value] as const)])
  const sizes = Math.min(size, FULL)
  return record([
    [4, CENTRAL], [2, VERSION], [2, VERSION], [2, UTF8], [2, 0], [2, 0], [2, DATE],
    [4, crc], [4, sizes], [4, sizes], [2, Buffer.byteLength(name)], [2, extra.length],
    [2, 0], [2, 0], [2, 0], [4, 0], [4, Math.min(offset, FULL)],
  ], Buffer.from(name, 'utf8'), extra)
}

/** Little-endian fields, [bytes, value], followed by pieces. */
function record(fields: readonly (readonly [2 | 4 | 8, number])[], ...pieces: readonly Buffer[]): Buffer {
  const bytes = Buffer.alloc(fields.reduce((sum, [width]) => sum + width, 0))
  let at = 0
  for (const [width, value] of fields) {
    if (width === 8) bytes.writeBigUInt64LE(BigInt(value), at)
    else bytes.writeUIntLE(value, at, width)
    at += width
  }
  return Buffer.concat([bytes, ...pieces])
}
