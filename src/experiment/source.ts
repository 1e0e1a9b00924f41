// An experiment file as a plain value: YAML read from disk, with `--set key=value` applied. What the value means is
// checked afterwards, in one place.

import { dirname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { UserError, type Problem } from '../core/errors.ts'
import { displayPath, readText } from '../core/files.ts'
import { pathText } from './problems.ts'

export interface Source {
  /** as the user would type it */
  readonly file: string
  /** folder that the paths of the file are relative to */
  readonly folder: string
  /** the first question that a comment asks before the first key; null where there is none */
  readonly question: string | null
  readonly value: unknown
}

/**
 * Reads an experiment file.
 * @param settings `key=value` as in `models[0].units=64`; values are YAML
 * @throws UserError with every syntax error and its line
 */
export function readSource(path: string, settings: readonly string[] = []): Source {
  const file = displayPath(resolve(path))
  const text = readText(path)
  const value = parseYaml(text, file)
  for (const setting of settings) applySetting(value, setting)
  return { file, folder: dirname(resolve(path)), question: openingQuestion(text), value }
}

/** `# Does a small LSTM keep track of number?`; the line that tells editors the schema is none. */
function openingQuestion(yaml: string): string | null {
  const comments = /^(?:\s*(?:#.*)?\n)*/.exec(yaml)?.[0].split('\n') ?? []
  const text = comments
    .filter((line) => !line.includes('yaml-language-server'))
    .map((line) => line.replace(/^\s*#\s?/, '').trim())
    .join(' ')
  return /[^.?!]*\?/.exec(text)?.[0].trim() ?? null
}

/** @throws UserError with the line and column of each mistake */
export function parseYaml(text: string, file: string): unknown {
  const document = parseDocument(text, { prettyErrors: false })
  if (document.errors.length > 0) {
    const problems = document.errors.map(
      ({ message, pos }): Problem => ({ path: place(text, pos[0]), message: sentence(message) }),
    )
    throw new UserError(`${file} is not valid YAML`, { problems })
  }
  try {
    return document.toJS()
  } catch (cause) {
    // an alias of no anchor, or aliases that grow without bounds
    if (!(cause instanceof ReferenceError)) throw cause
    throw new UserError(`${file} is not valid YAML`, { problems: [{ path: '', message: sentence(cause.message) }], cause })
  }
}

/**
 * Sets one key of a parsed file in place: `seeds=5`, `models[0].units=64`, `training.epochs=2`.
 * @throws UserError (usage) where the setting has no `=` or leads through something that is no group of keys
 */
export function applySetting(value: unknown, setting: string): void {
  const equals = setting.indexOf('=')
  if (equals < 1) throw usage(`--set ${setting}: write key=value, as in seeds=5 or models[0].units=64.`)
  const path = parsePath(setting.slice(0, equals), setting)
  let target: unknown = value
  path.forEach((part, index) => {
    if (!isContainer(target) || Array.isArray(target) !== (typeof part === 'number')) {
      const wanted = typeof part === 'number' ? 'a list' : 'a group of keys'
      throw usage(`--set ${setting}: ${pathSoFar(path, index)} is not ${wanted}.`)
    }
    if (Array.isArray(target) && Number(part) > target.length) {
      throw usage(`--set ${setting}: ${pathSoFar(path, index)} has ${target.length} entries, counted from 0.`)
    }
    const container = target as Record<string | number, unknown>
    if (index === path.length - 1) container[part] = parseYaml(setting.slice(equals + 1), `--set ${setting}`)
    else target = container[part] ??= typeof path[index + 1] === 'number' ? [] : {}
  })
}

function parsePath(text: string, setting: string): (string | number)[] {
  const parts = text.match(/[^.[\]]+|\[\d+\]/g) ?? []
  const path = parts.map((part) => (part.startsWith('[') ? Number(part.slice(1, -1)) : part))
  if (pathText(path) !== text || path.includes('__proto__')) {
    throw usage(`--set ${setting}: "${text}" is no path. Paths look like models[0].units.`)
  }
  return path
}

function pathSoFar(path: readonly (string | number)[], length: number): string {
  return pathText(path.slice(0, length)) || 'the experiment'
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function usage(message: string): UserError {
  return new UserError(message, { exitCode: 2 })
}

function place(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n')
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`
}

function sentence(message: string): string {
  const line = message.split('\n')[0]
  return /[.?!]$/.test(line) ? line : `${line}.`
}
