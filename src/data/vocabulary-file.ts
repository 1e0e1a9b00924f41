// The vocabulary of a model of another program: a token a line in the order of the ids, as PyTorch's word_language_model
// keeps it, or a token, a tab and its id; or JSON, a list of tokens or an object of token and id, as ml5 has it.

import { UserError } from '../core/errors.ts'
import { displayPath, readText } from '../core/files.ts'
import { parseJson } from '../core/json.ts'
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
  const given = tokensIn(readText(path), file)
  const end = special(given, options.end, ENDS, file)
  if (end === undefined) {
    const usual = ENDS.map((token) => JSON.stringify(token)).join(', ')
    throw new UserError(
      `${file} has no token for the end of a sentence (${usual}). Say which one with --end TOKEN: it is the context before a ` +
        'first token.',
    )
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

function tokensIn(text: string, file: string): string[] {
  const json = /^\s*[[{]/.test(text) ? parseJson(text) : undefined
  if (typeof json !== 'object' || json === null) return linesOf(text, file)
  return Array.isArray(json) ? json.map((token, id) => requireText(token, id, file)) : tokensByEntry(json as Record<string, unknown>, file)
}

/** A token a line; `token⇥id` where every line ends in one. */
function linesOf(text: string, file: string): string[] {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const pairs = lines.map((line) => /^(.+)\t(\d+)$/.exec(line))
  if (!pairs.every((pair) => pair !== null)) return lines
  return byId(pairs.map((pair) => [pair[1], Number(pair[2])] as const), file)
}

/** Keys under which programs keep the ids of their tokens beside other things. */
const PLACES = ['word2idx', 'word2id', 'char2idx', 'stoi', 'token_to_id', 'vocab']

/** `{ token: id }`, `{ id: token }`, or one of them within an object. */
function tokensByEntry(json: Record<string, unknown>, file: string): string[] {
  const place = PLACES.find((name) => typeof json[name] === 'object' && json[name] !== null)
  if (place !== undefined) return tokensIn(JSON.stringify(json[place]), file)
  const entries = Object.entries(json)
  if (entries.every(([key, token]) => /^\d+$/.test(key) && typeof token === 'string')) {
    return byId(entries.map(([id, token]) => [String(token), Number(id)] as const), file)
  }
  return byId(entries, file)
}

/** @throws UserError where the ids are not 0 to n − 1, each once */
function byId(entries: readonly (readonly [string, unknown])[], file: string): string[] {
  const tokens = new Map<number, string>()
  for (const [token, id] of entries) {
    if (typeof id !== 'number' || !Number.isInteger(id) || id < 0 || id >= entries.length || tokens.has(id)) {
      const text = JSON.stringify(id) ?? String(id)
      const given = text.length > 40 ? `${text.slice(0, 40)}…` : text
      const range = `Ids are 0 to ${entries.length - 1}, each once.`
      throw new UserError(`${file}: the token ${JSON.stringify(token)} has the id ${given}. ${range}`)
    }
    tokens.set(id, token)
  }
  return Array.from({ length: entries.length }, (_, id) => tokens.get(id)!)
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
