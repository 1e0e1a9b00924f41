// The vocabulary of a model of another program: a token a line in the order of the ids, as PyTorch's word_language_model
// keeps it; or JSON, a list of tokens or an object of token and id, as ml5 has it.

import { UserError } from '../core/errors.ts'
import { displayPath, readText } from '../core/files.ts'
import { UNKNOWN, type Vocabulary } from './vocabulary.ts'

export interface VocabularyFileOptions {
  /** token that ends a sentence; the usual names by default */
  readonly end?: string
  /** token that stands for those outside; the usual names by default */
  readonly unknown?: string
  /** characters where every token is one, by default */
  readonly unit?: Vocabulary['kind']
}

const ENDS = ['<eos>', '</s>', '<EOS>', '<end>', '<|endoftext|>', '\n']
const UNKNOWNS = [UNKNOWN, '<UNK>', '[UNK]', 'UNK', '<oov>', '<OOV>']

/** @throws UserError where it is no list of different tokens, or has no end of a sentence */
export function readVocabulary(path: string, options: VocabularyFileOptions = {}): Vocabulary {
  const file = displayPath(path)
  const given = tokensOf(readText(path), file)
  const end = special(given, options.end, ENDS, file)
  if (end === undefined) {
    const usual = ENDS.map((token) => JSON.stringify(token)).join(', ')
    throw new UserError(`${file} has no token for the end of a sentence (${usual}). Say which one with --end TOKEN: it is the context before a first token.`)
  }
  const unknown = special(given, options.unknown, UNKNOWNS, file)
  const tokens = given.map((token) => (token === unknown ? UNKNOWN : token))
  requireDifferent(tokens, file)
  const words = tokens.filter((token) => token !== end && token !== UNKNOWN)
  const isCharacters = words.every((token) => [...token].length === 1)
  return {
    kind: options.unit ?? (isCharacters ? 'characters' : 'words'),
    tokens,
    rare: 'unknown',
    lowercase: words.every((token) => token === token.toLowerCase()),
    end: end === unknown ? UNKNOWN : end,
  }
}

function tokensOf(text: string, file: string): string[] {
  const json = /^\s*[[{]/.test(text) ? parseJson(text) : undefined
  if (json === undefined) return text.replace(/\r?\n$/, '').split(/\r?\n/)
  if (Array.isArray(json)) return json.map((token, id) => requireText(token, id, file))
  const entries = Object.entries(json as Record<string, unknown>)
  const tokens: string[] = []
  for (const [token, id] of entries) {
    if (!Number.isInteger(id) || Number(id) < 0 || Number(id) >= entries.length || tokens[Number(id)] !== undefined) {
      throw new UserError(`${file}: the token ${JSON.stringify(token)} has the id ${JSON.stringify(id)}. Ids are 0 to ${entries.length - 1}, each once.`)
    }
    tokens[Number(id)] = token
  }
  return tokens
}

/** A vocabulary of words may have a bracket as its first token: only JSON as a whole is JSON. */
function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

function requireText(token: unknown, id: number, file: string): string {
  if (typeof token === 'string') return token
  throw new UserError(`${file}: the token with the id ${id} is no text: ${JSON.stringify(token)}.`)
}

function special(tokens: readonly string[], given: string | undefined, usual: readonly string[], file: string): string | undefined {
  if (given === undefined) return usual.find((token) => tokens.includes(token))
  if (tokens.includes(given)) return given
  throw new UserError(`${file} has no token ${JSON.stringify(given)}.`)
}

function requireDifferent(tokens: readonly string[], file: string): void {
  const first = new Map<string, number>()
  tokens.forEach((token, id) => {
    const before = first.get(token)
    if (before !== undefined) throw new UserError(`${file} has the token ${JSON.stringify(token)} twice, with the ids ${before} and ${id}.`)
    first.set(token, id)
  })
}
