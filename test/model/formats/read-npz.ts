// A small reader of .npz files, written from the format's description and apart from the writer: it walks the central
// directory of the zip, checks every checksum and reads the arrays.

import { readFileSync } from 'node:fs'
import { crc32 } from 'node:zlib'

export interface ReadArray {
  readonly shape: readonly number[]
  readonly values: readonly number[] | readonly string[]
}

export function readNpz(path: string): Record<string, ReadArray> {
  const archive = readFileSync(path)
  const end = archive.length - 22
  if (archive.readUInt32LE(end) !== 0x06054b50) throw new Error('no end of central directory')
  const arrays: Record<string, ReadArray> = {}
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const size = archive.readUInt32LE(at + 24)
    const nameLength = archive.readUInt16LE(at + 28)
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const bytes = archive.subarray(start, start + size)
    if (crc32(bytes) !== archive.readUInt32LE(at + 16)) throw new Error('wrong checksum in the directory')
    if (crc32(bytes) !== archive.readUInt32LE(local + 14)) throw new Error('wrong checksum before the entry')
    arrays[archive.toString('utf8', at + 46, at + 46 + nameLength).replace(/\.npy$/, '')] = readNpy(bytes)
    at += 46 + nameLength + archive.readUInt16LE(at + 30)
  }
  return arrays
}

function readNpy(bytes: Buffer): ReadArray {
  const start = 10 + bytes.readUInt16LE(8)
  const [, kind, width, extents] = /'descr': '<([fiU])(\d+)',.*'shape': \(([\d, ]*)\)/.exec(
    bytes.toString('latin1', 10, start),
  ) as string[]
  const shape = extents.split(',').filter((extent) => extent.trim() !== '').map(Number)
  const count = shape.reduce((product, extent) => product * extent, 1)
  const size = kind === 'U' ? 4 * Number(width) : 4
  if (bytes.length !== start + count * size || start % 64 !== 0) throw new Error('wrong size')
  const places = Array.from({ length: count }, (_, index) => start + index * size)
  if (kind === 'f') return { shape, values: places.map((at) => bytes.readFloatLE(at)) }
  if (kind === 'i') return { shape, values: places.map((at) => bytes.readInt32LE(at)) }
  return { shape, values: places.map((at) => readText(bytes, at, Number(width))) }
}

function readText(bytes: Buffer, at: number, width: number): string {
  const points = Array.from({ length: width }, (_, index) => bytes.readUInt32LE(at + 4 * index))
  return String.fromCodePoint(...points.filter((point) => point !== 0))
}
