// Writing and reading files so that nothing is half-written. A file appears under its name only when every byte of it
// is on the disk: written beside it, flushed, then renamed. What the operating system refuses becomes a sentence.

import { constants } from 'node:buffer'
import { createHash } from 'node:crypto'
import {
  closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeSync,
} from 'node:fs'
import { dirname, relative } from 'node:path'
import { UserError } from './errors.ts'

/** The end of the name of a file that is being written. */
export const PARTIAL = '.partial'

/**
 * Writes a file whole or not at all; makes its folder. Whenever the process dies, readers see the old bytes or the new.
 * @param contents text, bytes, or pieces of bytes in order, which may be made as they are written
 * @throws UserError where the disk is full or the place cannot be written; the old file is then as it was
 */
export function writeFileAtomic(path: string, contents: string | Uint8Array | Iterable<Uint8Array>): void {
  const partial = `${path}.${process.pid}${PARTIAL}`
  try {
    makeFolder(dirname(path))
    const file = openSync(partial, 'w')
    try {
      for (const piece of pieces(contents)) writeAll(file, piece)
      fsyncSync(file)
    } finally {
      closeSync(file)
    }
    renameSync(partial, path)
    flushFolder(dirname(path))
  } catch (error) {
    removeUnfinished(partial)
    throw explainFileError(error, path, 'write')
  }
}

/** Removes what could not be finished; that it cannot be removed either is no news beside the first error. */
export function removeUnfinished(partial: string): void {
  try {
    rmSync(partial, { force: true })
  } catch {
    // nothing was made there
  }
}

/** How often a folder is tried whose surroundings change meanwhile: other processes make and remove the same ones. */
const FOLDER_TRIES = 100

/**
 * Makes a folder and those above it.
 * @returns the folders that were not there before, the innermost first
 * @throws UserError where it cannot be made
 */
export function makeFolder(path: string): string[] {
  // Not mkdir's own `recursive`: below /proc, where no folder can be made, Node.js 20 tries for ever.
  let above: string[] = []
  for (let left = FOLDER_TRIES; ; left--) {
    try {
      mkdirSync(path)
      return [path, ...above]
    } catch (error) {
      const code = codeOf(error)
      if (code === 'EEXIST' && statSync(path, { throwIfNoEntry: false })?.isDirectory()) return above
      if (left === 0 || (code !== 'EEXIST' && code !== 'ENOENT')) throw explainFileError(error, path, 'write')
      if (!existsSync(dirname(path))) above = makeFolder(dirname(path))
    }
  }
}

/** Removes folders, the innermost first, as long as nothing is in them. */
export function removeEmptyFolders(paths: readonly string[]): void {
  try {
    for (const path of paths) rmdirSync(path)
  } catch {
    // something was put there: it is needed, and so are those above it
  }
}

/**
 * The text of a UTF-8 file, without its byte order mark.
 * @throws UserError where it is not there, cannot be read or is not UTF-8
 */
export function readText(path: string): string {
  return decodeText(readBytes(path), displayPath(path))
}

/**
 * UTF-8 as text, without a byte order mark.
 * @param source what the bytes are from, as a sentence names it
 * @throws UserError where they are something else
 */
export function decodeText(bytes: Buffer, source: string): string {
  if (bytes.length > constants.MAX_STRING_LENGTH) {
    throw new UserError(`${source} is too large for one text: ${bytes.length} bytes. Give a part of it.`)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new UserError(`${source} is not UTF-8 text: ${placeOfInvalidByte(bytes)}. Save it as UTF-8.`)
  }
}

/** @throws UserError where the file is not there or cannot be read */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw explainFileError(error, path, 'read')
  }
}

/** SHA-256 as 64 hexadecimal digits. */
export function sha256(contents: string | Uint8Array): string {
  return createHash('sha256').update(contents).digest('hex')
}

/** The path as a person would type it: relative to the current folder where it lies in it. */
export function displayPath(path: string): string {
  const short = relative(process.cwd(), path)
  return short === '' || short.startsWith('..') ? path : short
}

/** A refusal of the operating system as a sentence; any other error as it is. */
export function explainFileError(error: unknown, path: string, doing: 'read' | 'write'): unknown {
  const sentence = SENTENCES[codeOf(error)]?.(displayPath(path), doing)
  return sentence === undefined ? error : new UserError(sentence, { cause: error })
}

/** The operating system's name of a refusal, as in `ENOSPC`; '' for other errors. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}

const SENTENCES: Readonly<Record<string, (path: string, doing: 'read' | 'write') => string>> = {
  ENOENT: (path, doing) =>
    doing === 'read' ? `There is no file ${path}.` : `${path} cannot be made: no file can be there. ${ELSEWHERE}`,
  EISDIR: (path) => `${path} is a folder, not a file.`,
  ENOTDIR: (path) => `${path}: a part of this path is a file, not a folder.`,
  EEXIST: (path) => `${path}: a file of this name stands where a folder is needed.`,
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: (path) =>
    `${path} cannot be written: the file system is read-only. ${ELSEWHERE}`,
  ENOSPC: (path) => `${path} cannot be written: the disk is full. ${KEPT}`,
  EFBIG: (path) => `${path} cannot be written: the file system takes no file of this size. ${ELSEWHERE}`,
  EIO: (path, doing) => `${path} cannot be ${doing === 'read' ? 'read' : 'written'}: the device failed.`,
  ELOOP: (path) => `${path}: its links lead in a circle. Give the file itself.`,
  ENAMETOOLONG: (path) => `${path}: the name is too long for the file system. Choose a shorter one.`,
  EDQUOT: (path) => `${path} cannot be written: your quota is used up. ${KEPT}`,
}

const ELSEWHERE = 'Choose another place with --out and --store.'
const KEPT = 'What was finished is kept; make room and run it again.'

function forbidden(path: string, doing: 'read' | 'write'): string {
  if (doing === 'read') return `${path} may not be read by you. Change its permissions.`
  return `${path} may not be written by you. Change the permissions there, or choose another place.`
}

function pieces(contents: string | Uint8Array | Iterable<Uint8Array>): Iterable<Uint8Array> {
  if (typeof contents === 'string') return [Buffer.from(contents, 'utf8')]
  return contents instanceof Uint8Array ? [contents] : contents
}

/** One call of write(2) may take fewer bytes than it was given. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done)
}

/** The new name itself has to reach the disk; not every platform lets a folder be flushed. */
function flushFolder(path: string): void {
  try {
    const folder = openSync(path, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // Windows; the rename is atomic all the same
  }
}

function placeOfInvalidByte(bytes: Buffer): string {
  // The decoder does not say where it failed: the first place where decoding and encoding again changes the bytes.
  const again = Buffer.from(bytes.toString('utf8'), 'utf8')
  let offset = 0
  while (offset < bytes.length && bytes[offset] === again[offset]) offset++
  const line = bytes.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1
  return `line ${line} has the byte 0x${(bytes[offset] ?? 0).toString(16).padStart(2, '0')}`
}
