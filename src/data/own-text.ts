// The user's own text: one file, or many. Files are documents. What is too long for one, more than a hundredth of the
// whole, is cut into blocks of neighbouring sentences, which count as documents.

import { statSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { UserError, type Problem } from '../core/errors.ts'
import { decodeText, displayPath, explainFileError, readBytes, sha256 } from '../core/files.ts'
import { requireMemory } from '../core/memory.ts'
import type { TextConfig } from './config.ts'
import type { Corpus, Document, SourceFile } from './corpus.ts'
import { findFiles } from './find-files.ts'
import { BLOCKS, blocksOf } from './split.ts'
import { endsWithLine, sentencesOf, type Reading } from './text.ts'
import { END_OF_SENTENCE } from './vocabulary.ts'

type OwnReading = Reading & Pick<TextConfig, 'limit'>

interface OwnText {
  readonly text: string
  readonly file: SourceFile
}

/** Bytes that a byte of text takes: its place in a sentence and its token id. */
const BYTES_PER_BYTE = 12

/**
 * @param name what the experiment calls the file
 * @param path absolute
 * @throws UserError where the file cannot be read, is not UTF-8, holds NUL bytes, or holds no word
 */
export function readTextCorpus(name: string, path: string, reading: OwnReading): Corpus {
  requireRoom([path])
  const { text: whole, file } = readOwnText(name, path)
  const text = firstLines(whole, reading.limit)
  return { ...corpusOf(basename(name), [{ text, file }], reading), sha256: sha256(text) }
}

/**
 * The files that patterns meet, in the order of their paths, up to the limit.
 * @param folder that the patterns are relative to
 * @throws UserError where no file is met, or with every file that is no UTF-8 text
 */
export function readFilesCorpus(patterns: readonly string[], folder: string, reading: OwnReading): Corpus {
  const paths = findFiles(patterns, folder)
  if (paths.length === 0) {
    const where = `${patterns.join(', ')} in ${displayPath(folder)}`
    throw new UserError(`No file is met by ${where}. "**" stands for any folders.`)
  }
  if (reading.limit === null) requireRoom(paths.map((path) => resolve(folder, path)))
  const texts: OwnText[] = []
  const problems: Problem[] = []
  let left = reading.limit ?? Infinity
  for (const path of paths) {
    if (left <= 0) break
    try {
      const { text, file } = readOwnText(path, resolve(folder, path))
      const read = firstLines(text, left)
      left = read.length < text.length ? 0 : left - read.length
      texts.push({ text: read, file })
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      problems.push({ path, message: `${error.message} Or leave it out: add "!${path}" to files.` })
    }
  }
  if (problems.length > 0) {
    throw new UserError(`${problems.length} of ${paths.length} files cannot be read as text`, { problems })
  }
  const written = texts.filter(({ text }) => text.trim() !== '')
  const identity = written.map(({ text }) => `${text.length}\n${text}`).join('')
  return { ...corpusOf(patterns.join(', '), written, reading), sha256: sha256(identity) }
}

/** A file with \n as line end. @throws UserError for what is no text */
function readOwnText(name: string, path: string): OwnText {
  const bytes = readBytes(path)
  const text = decodeText(bytes, displayPath(path)).replace(/\r\n?/g, '\n')
  const nul = text.indexOf('\0')
  if (nul !== -1) {
    const line = text.slice(0, nul).split('\n').length
    throw new UserError(`${displayPath(path)} is not a text file: line ${line} holds a NUL byte. Give a UTF-8 text.`)
  }
  return { text, file: { path: name, bytes: bytes.length, sha256: sha256(bytes) } }
}

/** Whole lines of at most so many characters together; a part of the first where it is longer. */
function firstLines(text: string, limit: number | null): string {
  if (limit === null || text.length <= limit) return text
  const end = text.lastIndexOf('\n', limit - 1) + 1
  if (end > 0) return text.slice(0, end)
  const half = /[\ud800-\udbff]$/.test(text.slice(0, limit)) // the first half of a character of two code units
  return text.slice(0, half ? limit - 1 : limit)
}

function corpusOf(name: string, texts: readonly OwnText[], reading: Reading): Omit<Corpus, 'sha256'> {
  if (texts.every(({ text }) => text.trim() === '')) {
    throw new UserError(`${name} is empty. Give a text of at least a few sentences.`)
  }
  const length = texts.reduce((sum, { text }) => sum + text.length, 0)
  const documents = texts.flatMap(({ text, file }) => {
    const sentences = sentencesOf(text, reading)
    if (texts.length === 1) return blocksOf(sentences)
    const blocks = Math.round((BLOCKS * text.length) / length)
    if (blocks <= 1) return [{ name: file.path, category: null, sentences }]
    return blocksOf(sentences, blocks).map((block): Document => ({ ...block, name: `${file.path} ${block.name}` }))
  })
  const end = endsWithLine(reading) ? '\n' : END_OF_SENTENCE
  if (end === '\n' && documents.length === 1) {
    throw new UserError(`${name} is one long line, and characters are divided at line ends. Break it into lines.`)
  }
  return { name, unit: reading.unit, end, documents, files: texts.map(({ file }) => file) }
}

/** @throws UserError where files are not there or too large for the memory */
function requireRoom(paths: readonly string[]): void {
  const bytes = paths.reduce((sum, path) => sum + sizeOf(path), 0)
  requireMemory({
    bytes: bytes * BYTES_PER_BYTE,
    available: getHeapStatistics().heap_size_limit,
    what: `To read ${paths.length === 1 ? displayPath(paths[0]) : `${paths.length} files`} would take`,
    advice: paths.length === 1 ? 'Give a part of it.' : 'Give a limit, as in limit: 10000000, or fewer files.',
  })
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch (error) {
    throw explainFileError(error, path, 'read')
  }
}
