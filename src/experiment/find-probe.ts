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
  return guarded(probe, displayPath(path))
}

/** The probe of a user's file: what its `label` throws, or returns instead of answers, is a mistake in that file. */
function guarded(probe: Probe, file: string): Probe {
  const label: Probe['label'] = (input) => {
    let answers: ReturnType<Probe['label']>
    try {
      answers = probe.label(input)
    } catch (cause) {
      const text = input.tokens.join(' ')
      throw new UserError(`${file}: the probe ${probe.name} failed on “${text}” (${reasonOf(cause)}).`, { cause })
    }
    if (Array.isArray(answers) && answers.length === input.tokens.length) return answers
    const given = Array.isArray(answers) ? `${answers.length} answers` : String(answers)
    throw new UserError(
      `${file}: the probe ${probe.name} gave ${given} for the ${input.tokens.length} tokens of ` +
        `“${input.tokens.join(' ')}”. label returns a list with one answer a token; undefined where there is none.`,
    )
  }
  return { ...probe, label }
}

/** A module that does not load is a mistake in the user's file, whatever it throws. */
async function load(path: string): Promise<Readonly<Record<string, unknown>>> {
  try {
    return (await import(pathToFileURL(path).href)) as Readonly<Record<string, unknown>>
  } catch (cause) {
    const file = displayPath(path)
    throw new UserError(`${file} cannot be loaded (${reasonOf(cause)}). "node ${file}" says where.`, { cause })
  }
}

function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
}

function isProbe(value: unknown): value is Probe {
  if (typeof value !== 'object' || value === null) return false
  return 'label' in value && typeof value.label === 'function' && 'question' in value && 'answers' in value
}
