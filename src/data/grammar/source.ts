// The YAML of a grammar before it is read as one. A grammar that extends another holds all of it but what it writes anew.

import { dirname, resolve } from 'node:path'
import { parseDocument } from 'yaml'
import { UserError } from '../../core/errors.ts'
import { displayPath, readText } from '../../core/files.ts'

/** Whose entries are replaced one by one. */
const GROUPS = ['features', 'rules', 'words', 'tags']

/**
 * @param path absolute; `extends` is relative to its folder
 * @param above files that extend this one
 * @throws UserError where a file is not YAML, cannot be read, or leads back to itself
 */
export function readGrammarFile(text: string, path: string, above: readonly string[] = []): unknown {
  const yaml = parseDocument(text, { prettyErrors: true })
  if (yaml.errors.length > 0) {
    throw new UserError(`${displayPath(path)} is not YAML: ${yaml.errors[0].message.split('\n')[0].replace(/:$/, '')}.`)
  }
  const own = yaml.toJS() as unknown
  if (!isGroup(own) || own.extends === undefined) return own
  if (typeof own.extends !== 'string') {
    throw new UserError(`${displayPath(path)} extends ${JSON.stringify(own.extends)}; it takes the path of one grammar.`)
  }
  const base = resolve(dirname(path), own.extends)
  if (base === path || above.includes(base)) {
    throw new UserError(`${displayPath(path)} extends ${displayPath(base)}, which extends it in turn.`)
  }
  return merge(readGrammarFile(readText(base), base, [...above, path]), own)
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
