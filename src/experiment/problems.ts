// What zod found, as problems a person can mend: one for each key, with its path and what is allowed there.

import type * as z from 'zod'
import type { Problem } from '../core/errors.ts'
import { show } from './schema/fields.ts'

type Issue = z.core.$ZodIssue
type RawIssue = z.core.$ZodRawIssue

/** Checks a value and keeps every problem. The message of an unknown key is the list of keys that its place allows. */
export function check<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
): { readonly data: z.output<Schema> | null; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(value, { error: describeIssue })
  return result.success
    ? { data: result.data, problems: [] }
    : { data: null, problems: distinct(result.error.issues.flatMap((issue) => problemsOf(issue, []))) }
}

/** Each problem once: a value can break two rules that have the same sentence. */
export function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>()
  return problems.filter(({ path, message }) => {
    const key = `${path}: ${message}`
    return !seen.has(key) && seen.add(key)
  })
}

/** `['models', 0, 'cell']` as `models[0].cell`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}

/** `unknown key. Did you mean "units"?`, or the keys that there are. */
export function unknownKey(key: string, allowed: readonly string[]): string {
  const near = nearest(key, allowed)
  return near === null ? `is no key here. Keys are: ${allowed.join(', ')}.` : `is no key here. Did you mean "${near}"?`
}

/** The allowed word within two changes (a third of the word for longer ones) of what was given. */
export function nearest(given: string, allowed: readonly string[]): string | null {
  const scored = allowed.map((word) => ({ word, distance: editDistance(given.toLowerCase(), word.toLowerCase()) }))
  const best = scored.reduce((a, b) => (b.distance < a.distance ? b : a), { word: '', distance: Infinity })
  return best.distance <= Math.max(2, Math.floor(given.length / 3)) ? best.word : null
}

function describeIssue(issue: RawIssue): string | undefined {
  if (issue.code === 'invalid_union') return ''
  if (issue.code === 'unrecognized_keys') return allowedKeys(issue.inst).join(' ')
  if (issue.code === 'invalid_type') {
    if (issue.input === undefined) return 'is missing.'
    if (issue.expected === 'object') return notGroup(issue.input, allowedKeys(issue.inst))
    return `${show(issue.input)} is not ${issue.expected === 'array' ? 'a list' : `a ${issue.expected}`}.`
  }
  return undefined
}

function notGroup(input: unknown, keys: readonly string[]): string {
  const group = `a group of keys: ${keys.join(', ')}`
  return input === null ? `is empty. It is ${group}.` : `${show(input)} is not ${group}.`
}

function allowedKeys(schema: unknown): string[] {
  const { _zod } = (schema ?? {}) as { readonly _zod?: { readonly def: { readonly shape?: object } } }
  return Object.keys(_zod?.def.shape ?? {})
}

function problemsOf(issue: Issue, above: readonly PropertyKey[]): Problem[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const allowed = issue.message.split(' ')
    return issue.keys.map((key) => ({ path: pathText([...path, key]), message: unknownKey(key, allowed) }))
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const branches = issue.errors.map((issues) => issues.flatMap((nested) => problemsOf(nested, path)))
    const closest = closestBranch(branches, pathText(path))
    if (closest !== null) return closest
    if (issue.message === '') return branches[0]
  }
  return [{ path: pathText(path), message: issue.message }]
}

/** The branch of the right kind with the fewest problems; null where the value as a whole is of no branch's kind. */
function closestBranch(branches: readonly Problem[][], whole: string): Problem[] | null {
  const ofKind = branches.filter((branch) => branch.every((problem) => problem.path !== whole))
  return ofKind.length === 0 ? null : ofKind.reduce((best, branch) => (branch.length < best.length ? branch : best))
}

/** Levenshtein's distance, a swap of neighbours counting once. */
function editDistance(a: string, b: string): number {
  const table = Array.from({ length: a.length + 1 }, (_, i) => [i, ...Array<number>(b.length).fill(0)])
  table[0] = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      table[i][j] = Math.min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        table[i][j] = Math.min(table[i][j], table[i - 2][j - 2] + 1)
      }
    }
  }
  return table[a.length][b.length]
}
