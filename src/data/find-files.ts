// Files by pattern: `src/**/*.{c,h}`. `*` and `?` stand for what is within a name, `**` for any folders, `{a,b}` for
// either. Names that begin with a dot are met only by patterns that spell the dot; links are not followed.

import { readdirSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'
import { explainFileError } from '../core/files.ts'

/**
 * Paths from the folder, with forward slashes, in the order of their code units.
 * @param patterns relative to the folder, or absolute; one that begins with `!` leaves files out
 * @throws UserError where a folder may not be read
 */
export function findFiles(patterns: readonly string[], folder: string): string[] {
  const [left, wanted] = [true, false].map((not) => patterns.filter((pattern) => pattern.startsWith('!') === not))
  const found = new Set(wanted.flatMap((pattern) => meet(pattern, folder)))
  for (const path of left.flatMap((pattern) => meet(pattern.slice(1), folder))) found.delete(path)
  return [...found].sort()
}

function meet(pattern: string, folder: string): string[] {
  return expandBraces(pattern).flatMap((plain) => {
    const absolute = plain.startsWith('/')
    const segments = plain.split('/').filter((segment) => segment !== '' && segment !== '.')
    return descend(absolute ? '/' : folder, absolute ? '/' : '', segments)
  })
}

/** `a{b,c}` as `ab` and `ac`. */
function expandBraces(pattern: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern)
  if (match === null) return [pattern]
  const [, before, choices, after] = match
  return choices.split(',').flatMap((choice) => expandBraces(before + choice + after))
}

/** @param path what stands before the names of the folder's entries in the result */
function descend(folder: string, path: string, [segment, ...rest]: readonly string[]): string[] {
  if (segment === undefined) return []
  if (segment === '**') {
    const below = entriesOf(folder).filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    const deeper = below.flatMap(({ name }) => descend(join(folder, name), `${path}${name}/`, [segment, ...rest]))
    return [...descend(folder, path, rest.length === 0 ? ['*'] : rest), ...deeper]
  }
  if (!/[*?]/.test(segment)) {
    const stats = statSync(join(folder, segment), { throwIfNoEntry: false })
    if (rest.length === 0) return stats?.isFile() ? [path + segment] : []
    return stats?.isDirectory() ? descend(join(folder, segment), `${path}${segment}/`, rest) : []
  }
  const name = nameExpression(segment)
  const met = entriesOf(folder).filter((entry) => name.test(entry.name))
  if (rest.length === 0) return met.filter((entry) => entry.isFile()).map((entry) => path + entry.name)
  return met
    .filter((entry) => entry.isDirectory())
    .flatMap((entry) => descend(join(folder, entry.name), `${path}${entry.name}/`, rest))
}

function nameExpression(segment: string): RegExp {
  const escaped = segment.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&')
  const dot = segment.startsWith('.') ? '' : '(?!\\.)'
  return new RegExp(`^${dot}${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su')
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    throw explainFileError(error, folder, 'read')
  }
}
