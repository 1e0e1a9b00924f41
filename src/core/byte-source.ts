// Bytes that are read where they are needed: a file of hundreds of megabytes never has to be in memory as a whole.

import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { UserError } from './errors.ts'
import { displayPath, explainFileError } from './files.ts'

export interface ByteSource {
  /** as a sentence names it */
  readonly name: string
  /** bytes that there are */
  readonly size: number
  /** Fills the target with the bytes from `offset` on. @throws UserError where they are not all there */
  readInto(target: Uint8Array, offset: number): void
}

/**
 * Opens a file for as long as `use` takes.
 * @throws UserError where it is not there or cannot be read
 */
export function withFile<T>(path: string, use: (source: ByteSource) => T): T {
  const name = displayPath(path)
  const file = attempt(path, () => openSync(path, 'r'))
  try {
    const size = attempt(path, () => sizeOf(file))
    return use({
      name,
      size,
      readInto(target, offset) {
        requireBytes(this, offset, target.length)
        for (let done = 0; done < target.length; ) {
          const got = attempt(path, () => readSync(file, target, done, target.length - done, offset + done))
          if (got === 0) throw endsEarly(name)
          done += got
        }
      },
    })
  } finally {
    closeSync(file)
  }
}

/** Bytes that are in memory already. */
export function sourceOf(bytes: Uint8Array, name: string): ByteSource {
  return {
    name,
    size: bytes.length,
    readInto(target, offset) {
      requireBytes(this, offset, target.length)
      target.set(bytes.subarray(offset, offset + target.length))
    },
  }
}

/** A part of a source as a source. @throws UserError where it is not all there */
export function partOf(source: ByteSource, start: number, size: number): ByteSource {
  requireBytes(source, start, size)
  return {
    name: source.name,
    size,
    readInto(target, offset) {
      requireBytes(this, offset, target.length)
      source.readInto(target, start + offset)
    },
  }
}

/** Some bytes as a new array. @throws UserError where they are not all there: before memory is taken for them */
export function readBytesAt(source: ByteSource, offset: number, length: number): Buffer<ArrayBuffer> {
  requireBytes(source, offset, length)
  const bytes = Buffer.alloc(length)
  source.readInto(bytes, offset)
  return bytes
}

const PIECE = 1 << 20

/** SHA-256 of all bytes, as 64 hexadecimal digits. */
export function sha256Of(source: ByteSource): string {
  const hash = createHash('sha256')
  const piece = new Uint8Array(Math.min(PIECE, source.size))
  for (let at = 0; at < source.size; at += PIECE) {
    const part = piece.subarray(0, Math.min(PIECE, source.size - at))
    source.readInto(part, at)
    hash.update(part)
  }
  return hash.digest('hex')
}

function requireBytes({ name, size }: ByteSource, offset: number, length: number): void {
  if (!(offset >= 0 && length >= 0 && offset + length <= size)) throw endsEarly(name)
}

function endsEarly(name: string): UserError {
  return new UserError(`${name} is damaged or was cut off: it ends before what it announces.`)
}

function sizeOf(file: number): number {
  const status = fstatSync(file)
  if (status.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' })
  return status.size
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw explainFileError(error, path, 'read')
  }
}
