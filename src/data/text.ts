// The user's own text: one sentence a line, or running text; words or characters. A text file has no documents, so
// blocks of neighbouring sentences count as such.

import { basename } from 'node:path'
import { UserError } from '../core/errors.ts'
import { displayPath, readText, sha256 } from '../core/files.ts'
import type { TextConfig } from './config.ts'
import type { Corpus, Sentence } from './corpus.ts'
import { blocksOf } from './split.ts'
import { splitAtSpaces, splitSentences, splitWords } from './tokenize.ts'
import { END_OF_SENTENCE } from './vocabulary.ts'

/** How a text becomes sentences. */
export type Reading = Pick<TextConfig, 'unit' | 'lines' | 'split'>

/**
 * @param path absolute
 * @throws UserError where the file cannot be read, is not UTF-8, holds NUL bytes, or holds no word
 */
export function readTextCorpus(path: string, reading: Reading): Corpus {
  const text = readText(path).replace(/\r\n?/g, '\n')
  const nul = text.indexOf('\0')
  if (nul !== -1) {
    const line = text.slice(0, nul).split('\n').length
    throw new UserError(`${displayPath(path)} is not a text file: line ${line} holds a NUL byte. Give a UTF-8 text.`)
  }
  if (text.trim() === '') throw new UserError(`${displayPath(path)} is empty. Give a text of at least a few sentences.`)
  return {
    name: basename(path),
    unit: reading.unit,
    end: endsWithLine(reading) ? '\n' : END_OF_SENTENCE,
    documents: blocksOf(sentencesOf(text, reading)),
    sha256: sha256(text),
  }
}

/**
 * Sentences of a text with \n as line end. Running characters are cut at line ends, which are part of the text: an
 * empty line is a sentence without tokens. Otherwise an empty line only ends a paragraph.
 */
export function sentencesOf(text: string, reading: Reading): Sentence[] {
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
  if (endsWithLine(reading)) return numbered(lines, (line) => [[...line]])
  const words = reading.split === 'spaces' ? splitAtSpaces : splitWords
  if (reading.lines) {
    const tokensOf = reading.unit === 'words' ? words : (line: string) => [...line]
    return numbered(lines, (line) => (line.trim() === '' ? [] : [tokensOf(line)]))
  }
  const paragraphs = text.split(/\n[^\S\n]*\n/)
  return paragraphs.flatMap((paragraph, number) =>
    splitSentences(words(paragraph)).map((tokens) => ({ tokens, paragraph: number })),
  )
}

/** In running characters the line end takes the place of `<eos>`. */
function endsWithLine(reading: Reading): boolean {
  return reading.unit === 'characters' && !reading.lines
}

/** Sentences of each line with the number of their paragraph: empty lines belong to the one that they end. */
function numbered(lines: readonly string[], read: (line: string) => string[][]): Sentence[] {
  let paragraph = -1
  let ended = true
  return lines.flatMap((line) => {
    const empty = line.trim() === ''
    if (ended && !empty) paragraph++
    ended = empty
    return read(line).map((tokens) => ({ tokens, paragraph: Math.max(0, paragraph) }))
  })
}
