// The entries of a zip archive, by the records of APPNOTE 6.3 that zip.ts writes (sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16).
// Nothing is unpacked to disk: an entry's name is only a name, whatever path it spells.

import { inflateRawSync } from 'node:zlib'
import { partOf, readBytesAt, sourceOf, type ByteSource } from '../../core/byte-source.ts'
import { UserError } from '../../core/errors.ts'
import { CENTRAL, END, END_64, FIELD_64, FULL, LOCAL, LOCATOR_64 } from './zip.ts'

/** Opens an entry, unpacking it where it is compressed. */
export type OpenEntry = () => ByteSource

const LOCAL_BYTES = 30
const CENTRAL_BYTES = 46
const END_BYTES = 22
const LOCATOR_BYTES = 20
const LONGEST_COMMENT = 0xffff
/** of a central directory: some hundred thousand entries */
const LARGEST_DIRECTORY = 1 << 26

const STORED = 0
const DEFLATED = 8
/** An archive whose entries grow together more than so many times when they are unpacked holds no weights… */
const MOST_GROWTH = 100
/** …unless they are small: zeros shrink a thousandfold. */
const SMALL = 1 << 24

export function isZip(source: ByteSource): boolean {
  return source.size >= END_BYTES && readBytesAt(source, 0, 4).readUInt32LE() === LOCAL
}

/** @throws UserError where the bytes are no zip archive, or one that is damaged */
export function readZip(source: ByteSource): Map<string, OpenEntry> {
  const { offset, size } = findDirectory(source)
  if (size > LARGEST_DIRECTORY) throw damaged(source, 'it lists more entries than any model has')
  const directory = readBytesAt(source, offset, size)
  const budget = { left: Math.max(SMALL, MOST_GROWTH * source.size) }
  const entries = new Map<string, OpenEntry>()
  for (let at = 0; at < directory.length; ) {
    if (at + CENTRAL_BYTES > directory.length || directory.readUInt32LE(at) !== CENTRAL) {
      throw damaged(source, 'its list of entries is broken')
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((field) => directory.readUInt16LE(at + field))
    const nameStart = at + CENTRAL_BYTES
    const extraStart = nameStart + nameLength
    const end = extraStart + extraLength + commentLength
    if (end > directory.length) throw damaged(source, 'its list of entries is broken')
    const name = directory.toString('utf8', nameStart, extraStart)
    const extra = directory.subarray(extraStart, extraStart + extraLength)
    entries.set(name, opener(source, name, readEntry(directory, at, extra), budget))
    at = end
  }
  return entries
}

interface Entry {
  readonly flags: number
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  /** of its local header */
  readonly offset: number
}

function readEntry(directory: Buffer, at: number, extra: Buffer): Entry {
  const short = [20, 24, 42].map((field) => directory.readUInt32LE(at + field)) // packed, unpacked, offset
  const long = field64(extra)
  // a field that is full stands in the zip64 field, in the order unpacked, packed, offset
  const order = [1, 0, 2]
  const sizes = [...short]
  let next = 0
  for (const index of order) {
    if (short[index] === FULL && next + 8 <= long.length) {
      sizes[index] = Number(long.readBigUInt64LE(next))
      next += 8
    }
  }
  const [packed, unpacked, offset] = sizes
  return { flags: directory.readUInt16LE(at + 8), method: directory.readUInt16LE(at + 10), packed, unpacked, offset }
}

function field64(extra: Buffer): Buffer {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === FIELD_64) return extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
  }
  return Buffer.alloc(0)
}

/** @param budget bytes that may yet be unpacked, of all entries together */
function opener(source: ByteSource, name: string, { flags, method, packed, unpacked, offset }: Entry, budget: { left: number }): OpenEntry {
  return () => {
    if (flags & 1) throw new UserError(`${source.name}: its entry ${JSON.stringify(name)} is encrypted.`)
    const local = readBytesAt(source, offset, LOCAL_BYTES)
    if (local.readUInt32LE() !== LOCAL) throw damaged(source, `the entry ${JSON.stringify(name)} is not where it should be`)
    const start = offset + LOCAL_BYTES + local.readUInt16LE(26) + local.readUInt16LE(28)
    if (method === STORED) {
      if (packed !== unpacked) throw damaged(source, `the sizes of the entry ${JSON.stringify(name)} differ`)
      return partOf(source, start, unpacked)
    }
    if (method !== DEFLATED) {
      throw new UserError(`${source.name}: its entry ${JSON.stringify(name)} is compressed in a way that is not known here.`)
    }
    budget.left -= unpacked
    if (budget.left < 0) {
      const entry = `its entry ${JSON.stringify(name)}, of ${unpacked} bytes`
      throw new UserError(`${source.name}: unpacking ${entry}, takes more than weights in ${source.size} bytes can.`)
    }
    return sourceOf(inflate(source, name, readBytesAt(source, start, packed), unpacked), source.name)
  }
}

function inflate(source: ByteSource, name: string, packed: Uint8Array, unpacked: number): Uint8Array {
  try {
    const bytes = inflateRawSync(packed, { maxOutputLength: Math.max(1, unpacked) })
    if (bytes.length === unpacked) return bytes
  } catch {
    // the sentence below says it
  }
  throw damaged(source, `the entry ${JSON.stringify(name)} cannot be unpacked`)
}

/** Where the list of all entries is: the record at the very end says it, behind at most a comment. */
function findDirectory(source: ByteSource): { offset: number; size: number } {
  const length = Math.min(source.size, END_BYTES + LONGEST_COMMENT)
  const tail = readBytesAt(source, source.size - length, length)
  for (let at = length - END_BYTES; at >= 0; at--) {
    if (tail.readUInt32LE(at) !== END || at + END_BYTES + tail.readUInt16LE(at + 20) !== length) continue
    const size = tail.readUInt32LE(at + 12)
    const offset = tail.readUInt32LE(at + 16)
    const isLong = size === FULL || offset === FULL || tail.readUInt16LE(at + 10) === 0xffff
    return isLong ? findDirectory64(source, source.size - length + at) : { offset, size }
  }
  throw damaged(source, 'it has no list of its entries at its end')
}

/** @param end where the shorter record is, which a locator stands before */
function findDirectory64(source: ByteSource, end: number): { offset: number; size: number } {
  const locator = readBytesAt(source, end - LOCATOR_BYTES, LOCATOR_BYTES)
  if (locator.readUInt32LE() !== LOCATOR_64) throw damaged(source, 'its list of entries cannot be found')
  const record = readBytesAt(source, Number(locator.readBigUInt64LE(8)), 56)
  if (record.readUInt32LE() !== END_64) throw damaged(source, 'its list of entries cannot be found')
  return { size: Number(record.readBigUInt64LE(40)), offset: Number(record.readBigUInt64LE(48)) }
}

function damaged({ name }: ByteSource, reason: string): UserError {
  return new UserError(`${name} is damaged or no zip archive: ${reason}.`)
}
