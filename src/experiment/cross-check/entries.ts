// An experiment that may have problems, as far as it can be read.

import { isByName } from '../data-sections.ts'

export interface Entry<T> {
  readonly path: string
  readonly value: T
}

/** The entries of a list as `read` gives them; those that it cannot read are left out. */
export function entries<T>(experiment: unknown, key: string, read: (value: unknown) => T | null): Entry<T>[] {
  if (!isGroup(experiment)) return []
  const list = experiment[key]
  if (!Array.isArray(list)) return []
  return list.flatMap((raw: unknown, index) => {
    const value = read(raw)
    return value === null ? [] : [{ path: `${key}[${index}]`, value }]
  })
}

export function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The names of several data sections; none where there is one. */
export function dataNames(experiment: unknown): string[] {
  const data = isGroup(experiment) ? experiment['data'] : null
  return isByName(data) ? Object.keys(data) : []
}

/** Every data section as it is given. */
export function sectionsOf(experiment: unknown): unknown[] {
  const data = isGroup(experiment) ? experiment['data'] : undefined
  if (data === undefined) return []
  return isByName(data) ? Object.values(data) : [data]
}
