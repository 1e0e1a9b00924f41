// Where a run took place: what may differ between two runs whose results have the same bytes.

import { readFileSync } from 'node:fs'
import { arch, cpus, platform, totalmem } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '../core/package-root.ts'
import type { Engine } from '../engine/engine.ts'
import { chosenInstructionSet } from '../engine/native/engine.ts'
import type { Fact } from '../report/document.ts'

/** The version in package.json. */
export function packageVersion(): string {
  const manifest = JSON.parse(readFileSync(join(packageRoot(), 'package.json'), 'utf8')) as { readonly version: string }
  return manifest.version
}

export function processor(): string {
  const all = cpus()
  return `${all[0]?.model.trim() ?? 'unknown'}, ${all.length} ${all.length === 1 ? 'core' : 'cores'}`
}

/** The set of instructions that the native engine uses. */
function simd(engine: Engine): string {
  if (engine.name !== 'native') return 'none'
  return chosenInstructionSet()
}

/** Versions, engine, machine. */
export function describeEnvironment(engine: Engine, threads: number): Fact[] {
  return [
    { name: 'rnn-probe', value: packageVersion() },
    { name: 'Node.js', value: process.version },
    { name: 'engine', value: `${engine.name} (${engine.numerics})` },
    { name: 'threads', value: engine.name === 'native' ? String(threads) : '1' },
    { name: 'SIMD', value: simd(engine) },
    { name: 'system', value: `${platform()} ${arch()}` },
    { name: 'processor', value: processor() },
    { name: 'memory', value: `${Math.round(totalmem() / 2 ** 30)} GiB` },
  ]
}
