// Several NumPy arrays in one .npz: a zip archive of .npy entries, stored without compression so that each entry's
// place is known before its values. Blocks of different arrays may come in any order. Entries and archives of 4 GiB
// and more use the zip64 records (APPNOTE 6.3, sections 4.3 to 4.5).

import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import { crc32 } from 'node:zlib'
import { explainFileError, makeFolder, PARTIAL, removeUnfinished } from '../../core/files.ts'
import { encodeNpyHeader, encodeNpyValues, npyDataBytes, type NpyHeader, type NpyValues } from './npy.ts'
import { centralDirectory, encodeZip, localHeader, type ZipEntry } from './zip.ts'

/** Arrays of float32 that are in memory. @returns the file as pieces of bytes */
export function encodeNpz(arrays: Readonly<Record<string, { shape: readonly number[]; values: Float32Array }>>): Iterable<Uint8Array> {
  return encodeZip(Object.entries(arrays).map(([name, { shape, values }]) => {
    const header: NpyHeader = { type: 'float32', shape, width: 0 }
    return [`${name}.npy`, [encodeNpyHeader(header), encodeNpyValues(values, header)]] as const
  }))
}

interface OpenEntry extends ZipEntry {
  readonly header: NpyHeader
  crc: number
  /** where the next block goes */
  position: number
}

/** Writes an .npz block by block; it appears under its name when it is finished. */
export class NpzWriter {
  private readonly path: string
  private readonly partial: string
  private readonly file: number
  private closed = false
  private readonly entries = new Map<string, OpenEntry>()
  private readonly end: number

  /** @throws UserError where the file cannot be made */
  constructor(path: string, arrays: Readonly<Record<string, NpyHeader>>) {
    this.path = path
    this.partial = `${path}.${process.pid}${PARTIAL}`
    this.file = this.attempt(() => {
      makeFolder(dirname(path))
      return openSync(this.partial, 'w')
    })
    try {
      this.end = this.begin(arrays)
    } catch (error) {
      this.abandon()
      throw error
    }
  }

  /** The next values of an array, in row-major order. @throws UserError where the disk is full */
  append(name: string, values: NpyValues): void {
    const entry = this.entries.get(name)
    if (!entry) throw new Error(`the archive has no array ${name}`)
    const bytes = encodeNpyValues(values, entry.header)
    if (bytes.length === 0) return // crc32 of nothing forgets what came before
    this.write(bytes, entry.position)
    entry.crc = crc32(bytes, entry.crc)
    entry.position += bytes.length
  }

  /** Every array must be complete. */
  finish(): void {
    for (const entry of this.entries.values()) {
      const header = localHeader(entry)
      if (entry.position !== entry.offset + header.length + entry.size) throw new Error(`${entry.name} is not complete`)
      this.write(header, entry.offset)
    }
    this.write(centralDirectory([...this.entries.values()], this.end), this.end)
    this.attempt(() => {
      fsyncSync(this.file)
      this.close()
      renameSync(this.partial, this.path)
    })
  }

  /** Gives up: nothing is left behind. */
  abandon(): void {
    this.close()
    removeUnfinished(this.partial)
  }

  /** Writes the start of every entry. @returns where the last one will end */
  private begin(arrays: Readonly<Record<string, NpyHeader>>): number {
    let offset = 0
    for (const [name, header] of Object.entries(arrays)) {
      const start = encodeNpyHeader(header)
      const size = start.length + npyDataBytes(header)
      const entry = { name: `${name}.npy`, offset, size, crc: crc32(start), header, position: 0 }
      const dataStart = offset + localHeader(entry).length
      this.write(start, dataStart)
      entry.position = dataStart + start.length
      this.entries.set(name, entry)
      offset = dataStart + size
    }
    return offset
  }

  private close(): void {
    if (this.closed) return
    this.closed = true
    closeSync(this.file)
  }

  private write(bytes: Uint8Array, position: number): void {
    this.attempt(() => {
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(this.file, bytes, done, bytes.length - done, position + done)
      }
    })
  }

  private attempt<T>(action: () => T): T {
    try {
      return action()
    } catch (error) {
      throw explainFileError(error, this.path, 'write')
    }
  }
}
