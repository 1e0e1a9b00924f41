// Reads a source from front to back, a window at a time. Numbers are little-endian, as pickles have them.

import { readBytesAt, type ByteSource } from '../../../core/byte-source.ts'
import { UserError } from '../../../core/errors.ts'

const WINDOW = 1 << 16
/** of a name or a number that a line end closes */
const LONGEST_LINE = 4096

export class Cursor {
  readonly source: ByteSource
  /** of the next byte */
  position: number
  private window = Buffer.alloc(0)
  private windowStart = 0

  constructor(source: ByteSource, position = 0) {
    this.source = source
    this.position = position
  }

  byte(): number {
    return this.bytes(1)[0]
  }

  /** The next bytes, valid until the next call. @throws UserError where the source ends before */
  bytes(length: number): Buffer {
    const start = this.position - this.windowStart
    this.position += length
    if (start + length <= this.window.length) return this.window.subarray(start, start + length)
    if (length >= WINDOW) return readBytesAt(this.source, this.position - length, length)
    this.windowStart = this.position - length
    const left = this.source.size - this.windowStart
    this.window = readBytesAt(this.source, this.windowStart, Math.max(length, Math.min(WINDOW, left)))
    return this.window.subarray(0, length)
  }

  uint16(): number {
    return this.bytes(2).readUInt16LE()
  }

  int32(): number {
    return this.bytes(4).readInt32LE()
  }

  uint32(): number {
    return this.bytes(4).readUInt32LE()
  }

  /** @throws UserError for a size that no file has */
  uint64(): number {
    const value = Number(this.bytes(8).readBigUInt64LE())
    if (Number.isSafeInteger(value)) return value
    throw new UserError(`${this.source.name} is damaged: it announces ${value} bytes.`)
  }

  /** Text up to a line end, which is passed. */
  line(): string {
    const codes: number[] = []
    for (let code = this.byte(); code !== 0x0a; code = this.byte()) {
      codes.push(code)
      if (codes.length > LONGEST_LINE) throw new UserError(`${this.source.name} is damaged: a name in it has no end.`)
    }
    return Buffer.from(codes).toString('utf8')
  }
}
