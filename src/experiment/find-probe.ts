// A probe by name: one of probes/, or the user's own file by path.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { PROBES } from '../../probes/index.ts'
import { notOneOf, UserError } from '../core/errors.ts'
import { displayPath } from '../core/files.ts'
import type { Probe } from '../probe.ts'

/** The probes that come with the toolkit. */
export function listProbes(): readonly Probe[] {
  return PROBES
}

/** The user's own probe is a compiled module: Node 20 cannot import TypeScript. */
export function isProbePath(name: string): boolean {
  return /\.m?js$/.test(name)
}

/**
 * @param name such as `number`, or the path of a JavaScript module that exports one probe
 * @param folder that a path is relative to
 * @throws UserError where there is no such probe
 */
export async function findProbe(name: string, folder: string): Promise<Probe> {
  const known = PROBES.find((probe) => probe.name === name)
  if (known) return known
  const path = resolve(folder, name)
  if (!isProbePath(name) || !existsSync(path)) {
    const names = PROBES.map((probe) => probe.name)
    throw new UserError(`${notOneOf(name, 'probe', 'probes', names)} Or give the path of a .js file.`)
  }
  const probe = Object.values(await load(path)).find(isProbe)
  if (!probe) throw new UserError(`${name} exports no probe. Write: export const question = defineProbe({ … }).`)
  return probe
}

/** A module that does not load is a mistake in the user's file, whatever it throws. */
async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)
    throw new UserError(`${displayPath(path)} cannot be loaded (${reason}). "node ${displayPath(path)}" says where.`, {
      cause,
    })
  }
}

function isProbe(value: unknown): value is Probe {
  return typeof value === 'object' && value !== null && 'label' in value && 'question' in value && 'answers' in value
}
