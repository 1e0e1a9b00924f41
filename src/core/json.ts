// JSON with one spelling for each value. Keys in code unit order: what two objects with the same content hash to,
// whoever wrote them and in whatever order.

import { UserError } from './errors.ts'
import { displayPath, readText } from './files.ts'

/** Without spaces, keys sorted, keys of `undefined` left out. @throws TypeError for a number that JSON cannot hold */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : 1))
    return `{${entries.map(([key, entry]) => `${JSON.stringify(key)}:${canonicalJson(entry)}`).join(',')}}`
  }
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`JSON has no ${value}`)
  return JSON.stringify(value)
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/**
 * The value of a JSON file that this toolkit wrote.
 * @param isRight tells whether it has the expected shape
 * @throws UserError where it is missing, no JSON or something else
 */
export function readJson<T>(path: string, isRight: (value: unknown) => value is T): T {
  const text = readText(path)
  try {
    const value: unknown = JSON.parse(text)
    if (isRight(value)) return value
  } catch {
    // said below
  }
  throw new UserError(`${displayPath(path)} is damaged, or was written by another version. Run the experiment again.`)
}

/** JSON to be read and compared by people: an object without objects in it, such as a row, stands on one line. */
export function readableJson(value: unknown): string {
  return `${lines(value, '')}\n`
}

function lines(value: unknown, indent: string): string {
  if (typeof value !== 'object' || value === null || isFlat(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  if (Array.isArray(value)) return `[\n${value.map((entry) => inner + lines(entry, inner)).join(',\n')}\n${indent}]`
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  const body = entries.map(([key, entry]) => `${inner}${JSON.stringify(key)}: ${lines(entry, inner)}`)
  return `{\n${body.join(',\n')}\n${indent}}`
}

function isFlat(value: object): boolean {
  return Object.values(value).every((entry) => typeof entry !== 'object' || entry === null)
}
