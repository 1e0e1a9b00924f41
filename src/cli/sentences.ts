// Sentences that a user gives a model to read: the lines of a file or of standard input, as the model's own tokens.

import { UserError } from '../core/errors.ts'
import { decodeText, displayPath, readText } from '../core/files.ts'
import type { Log } from '../core/log.ts'
import { marksOf } from '../data/quotation-marks.ts'
import { encode, tokenId, tokensOf, type Vocabulary } from '../data/vocabulary.ts'
import type { Model } from '../model/model.ts'
import type { Sequence } from '../recording/sequences.ts'

/** A sentence as it was given and as the model reads it. */
export interface ReadSentence extends Sequence {
  readonly words: readonly string[]
}

/** What an option that names a text or standard input is given for `-`: yargs leaves nothing of it. */
const DASH = ''

/** No path, or a dash. */
export function isStandardInput(file: string | undefined): file is undefined {
  return file === undefined || file === DASH
}

/** @param file a path; undefined or a dash for standard input */
export async function readInput(file: string | undefined): Promise<string> {
  if (!isStandardInput(file)) return readText(file)
  if (process.stdin.isTTY) {
    process.stderr.write('Type sentences, one a line; Ctrl-D ends them.\n')
  }
  const pieces: Buffer[] = []
  for await (const piece of process.stdin) pieces.push(piece as Buffer)
  return decodeText(Buffer.concat(pieces), STANDARD_INPUT)
}

const STANDARD_INPUT = 'Standard input'

/** One sentence a line; empty lines are skipped. @throws UserError where there is none */
export async function readSentences(file: string | undefined, vocabulary: Vocabulary): Promise<ReadSentence[]> {
  const text = await readInput(file)
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const source = isStandardInput(file) ? STANDARD_INPUT : displayPath(file)
  if (lines.length === 0) throw new UserError(`${source} has no sentence.`)
  return lines.map((line) => readSentence(line, vocabulary))
}

/** A line as a model of this vocabulary reads it. */
export function readSentence(line: string, vocabulary: Vocabulary): ReadSentence {
  const words = tokensOf(line, vocabulary)
  return { words, tokens: encode(vocabulary, marksOf(vocabulary, words)) }
}

/** The words that the model does not know, each once, and what it reads instead: `keys as <NNS>`. */
function unknownWords(words: Iterable<string>, vocabulary: Vocabulary): string[] {
  const unknown = [...new Set(marksOf(vocabulary, [...words]))].filter((word) => tokenId(vocabulary, word) === undefined)
  return unknown.map((word) => `${word} as ${vocabulary.tokens[encode(vocabulary, [word])[0]]}`)
}

/** Says what the model reads instead of words that it does not know. */
export function warnOfUnknown(given: Iterable<string>, model: Model, log: Log): void {
  const unknown = unknownWords(given, model.vocabulary)
  if (unknown.length === 0) return
  const some = unknown.slice(0, 10).join(', ') + (unknown.length > 10 ? ', …' : '')
  const words = unknown.length === 1 ? 'one word' : `${unknown.length} words`
  log.warn(`The model does not know ${words} and reads a placeholder instead: ${some}.`)
}
