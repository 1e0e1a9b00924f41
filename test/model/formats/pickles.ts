// Pickles and archives by hand, opcode by opcode: what no honest program writes.

import { crc32, deflateRawSync } from 'node:zlib'
import { centralDirectory, localHeader } from '../../../src/model/formats/zip.ts'

type Piece = string | number | Uint8Array

/** Texts as their bytes, numbers as one byte. */
export function bytes(...pieces: readonly Piece[]): Buffer {
  return Buffer.concat(pieces.map((piece) =>
    typeof piece === 'string' ? Buffer.from(piece, 'latin1') : typeof piece === 'number' ? Buffer.from([piece]) : piece))
}

export function pickle(...pieces: readonly Piece[]): Buffer {
  return bytes(0x80, 2, ...pieces, '.')
}

/** GLOBAL */
export const named = (module: string, name: string): Buffer => bytes('c', module, '\n', name, '\n')

/** BINUNICODE */
export function text(value: string): Buffer {
  const utf8 = Buffer.from(value)
  return bytes('X', uint32(utf8.length), utf8)
}

/** BININT */
export const int = (value: number): Buffer => bytes('J', uint32(value >>> 0))

export function uint32(value: number): Buffer {
  const four = Buffer.alloc(4)
  four.writeUInt32LE(value)
  return four
}

/** A tensor of float32 whose numbers are the entry `key`. */
export function tensor(key: string, shape: readonly number[], strides: readonly number[], offset = 0): Buffer {
  const tuple = (values: readonly number[]) => bytes('(', ...values.map(longOrInt), 't')
  return bytes(
    named('torch._utils', '_rebuild_tensor_v2'),
    '((', text('storage'), named('torch', 'FloatStorage'), text(key), text('cpu'), int(1), 'tQ',
    int(offset), tuple(shape), tuple(strides), 0x89, named('collections', 'OrderedDict'), ')Rt', 'R',
  )
}

function longOrInt(value: number): Buffer {
  if (value < 2 ** 31) return int(value)
  const eight = Buffer.alloc(8)
  eight.writeBigUInt64LE(BigInt(value))
  return bytes(0x8a, 8, eight)
}

export function dictionary(entries: Readonly<Record<string, Uint8Array>>): Buffer {
  return bytes('}(', ...Object.entries(entries).flatMap(([key, value]) => [text(key), value]), 'u')
}

/** A file of torch.save before version 1.6 around one object; no storages. */
export function legacy(object: Uint8Array): Buffer {
  const magic = pickle(0x8a, 10, Buffer.from('6cfc9c46f9206aa85019', 'hex'))
  const system = pickle('}', text('little_endian'), 0x88, 's')
  return Buffer.concat([magic, pickle('M', 0xe9, 3), system, object, pickle(']')])
}

export interface Entry {
  readonly name: string
  readonly bytes: Uint8Array
  readonly deflated?: boolean
}

/** A zip archive of stored entries, or of compressed ones. */
export function archive(entries: readonly Entry[]): Buffer {
  let offset = 0
  const parts: Buffer[] = []
  const places = entries.map(({ name, bytes: content, deflated }) => {
    const data = deflated ? deflateRawSync(content) : content
    const entry = { name, offset, size: content.length, crc: crc32(content), packed: data.length }
    const header = localHeader(entry)
    parts.push(header, Buffer.from(data))
    offset += header.length + data.length
    return entry
  })
  const directory = centralDirectory(places, offset)
  let at = 0
  for (const [index, { name, packed }] of places.entries()) {
    if (entries[index].deflated) {
      directory.writeUInt16LE(8, at + 10)
      directory.writeUInt32LE(packed, at + 20)
    }
    at += 46 + Buffer.byteLength(name)
  }
  return Buffer.concat([...parts, directory])
}

/** A file of torch.save around one object. */
export function torchArchive(object: Uint8Array, more: readonly Entry[] = []): Buffer {
  return archive([{ name: 'm/data.pkl', bytes: object }, ...more])
}
