// Text as sentences: one a line, or running text; words or characters.

import type { TextConfig } from './config.ts'
import type { Sentence } from './corpus.ts'
import { splitAtSpaces, splitSentences, splitWords } from './tokenize.ts'

/** How a text becomes sentences. */
export type Reading = Pick<TextConfig, 'unit' | 'lines' | 'split'>

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
export function endsWithLine(reading: Reading): boolean {
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
