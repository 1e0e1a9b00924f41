// Where the values of a recording lie: in memory, or in a temporary file whose name is removed at once, so that the
// disk is free again when the process ends, however it ends.

import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explainFileError } from '../core/files.ts'

/** Matrices [rows, width], one a site. */
export interface Storage {
  /** values of whole rows, the first of them `row` */
  write(site: string, row: number, values: Float32Array): void
  /** not to be changed: it may be the stored array itself */
  read(site: string, row: number, count: number): Float32Array
  dispose(): void
}

type Widths = Readonly<Record<string, number>>

export function memoryStorage(rows: number, widths: Widths): Storage {
  const matrices = new Map(Object.entries(widths).map(([site, width]) => [site, new Float32Array(rows * width)]))
  const part = (site: string, start: number, length: number): Float32Array =>
    (matrices.get(site) ?? new Float32Array(0)).subarray(start, start + length)
  return {
    write: (site, row, values) => part(site, row * widths[site], values.length).set(values),
    read: (site, row, count) => part(site, row * widths[site], count * widths[site]),
    dispose: () => matrices.clear(),
  }
}

/** @throws UserError where the temporary folder cannot be written or is full */
export function fileStorage(rows: number, widths: Widths): Storage {
  const folder = attempt(tmpdir(), () => mkdtempSync(join(tmpdir(), 'rnn-probe-')))
  const path = join(folder, 'recording')
  const file = attempt(path, () => openSync(path, 'w+'))
  rmSync(folder, { recursive: true, force: true })
  const starts = new Map<string, number>()
  let end = 0
  for (const [site, width] of Object.entries(widths)) {
    starts.set(site, end)
    end += rows * width * Float32Array.BYTES_PER_ELEMENT
  }
  const place = (site: string, row: number): number =>
    (starts.get(site) ?? 0) + row * widths[site] * Float32Array.BYTES_PER_ELEMENT
  return {
    write: (site, row, values) => attempt(path, () => writeAll(file, bytesOf(values), place(site, row))),
    read(site, row, count) {
      const values = new Float32Array(count * widths[site])
      attempt(path, () => readAll(file, bytesOf(values), place(site, row)))
      return values
    },
    dispose: () => closeSync(file),
  }
}

function writeAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done, bytes.length - done, position + done)
}

function readAll(file: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length; ) {
    const read = readSync(file, bytes, done, bytes.length - done, position + done)
    if (read === 0) throw new Error('the temporary file of a recording ended early')
    done += read
  }
}

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
}

function attempt<T>(path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw explainFileError(error, path, 'write')
  }
}
