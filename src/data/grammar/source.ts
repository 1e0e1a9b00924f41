// The YAML of a grammar before it is read as one, and where each entry stands. A grammar that extends another holds all of it
// but what it writes anew.

import { basename, dirname, resolve } from 'node:path'
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { UserError } from '../../core/errors.ts'
import { displayPath, readText } from '../../core/files.ts'

/** Whose entries are replaced one by one. */
const GROUPS = ['features', 'rules', 'words', 'tags']

export interface GrammarSource {
  readonly value: unknown
  /** `rules.Subject[number]` → `line 20`, with the name of the file where it is another */
  readonly places: ReadonlyMap<string, string>
}

/**
 * @param path absolute; `extends` is relative to its folder
 * @param above files that extend this one
 * @throws UserError where a file is not YAML, cannot be read, or leads back to itself
 */
export function readGrammarFile(text: string, path: string, above: readonly string[] = []): GrammarSource {
  const lineCounter = new LineCounter()
  const yaml = parseDocument(text, { prettyErrors: true, lineCounter })
  if (yaml.errors.length > 0) {
    throw new UserError(`${displayPath(path)} is not YAML: ${yaml.errors[0].message.split('\n')[0].replace(/:$/, '')}.`)
  }
  const own = yaml.toJS() as unknown
  const places = placesOf(yaml, lineCounter, above.length === 0 ? '' : ` of ${basename(path)}`)
  if (!isGroup(own) || own.extends === undefined) return { value: own, places }
  if (typeof own.extends !== 'string') {
    throw new UserError(`${displayPath(path)} extends ${JSON.stringify(own.extends)}; it takes the path of one grammar.`)
  }
  const base = resolve(dirname(path), own.extends)
  if (base === path || above.includes(base)) {
    throw new UserError(`${displayPath(path)} extends ${displayPath(base)}, which extends it in turn.`)
  }
  const extended = readGrammarFile(readText(base), base, [...above, path])
  return { value: merge(extended.value, own), places: new Map([...extended.places, ...places]) }
}

/** The line of every key, and of every key of a group. */
function placesOf({ contents }: Document.Parsed, lines: LineCounter, file: string): Map<string, string> {
  const places = new Map<string, string>()
  const add = (map: unknown, above: string) => {
    if (!isMap(map)) return
    for (const { key, value } of map.items) {
      if (!isScalar(key) || !key.range) continue
      const name = `${above}${String(key.value)}`
      places.set(name, `line ${lines.linePos(key.range[0]).line}${file}`)
      if (above === '') add(value, `${name}.`)
    }
  }
  add(contents, '')
  return places
}

export function isGroup(source: unknown): source is Readonly<Record<string, unknown>> {
  return typeof source === 'object' && source !== null && !Array.isArray(source)
}

function merge(base: unknown, own: Readonly<Record<string, unknown>>): unknown {
  if (!isGroup(base)) return own
  const merged: Record<string, unknown> = { ...base, ...own }
  for (const key of GROUPS) {
    if (isGroup(base[key]) && isGroup(own[key])) merged[key] = { ...base[key], ...own[key] }
  }
  return merged
}
