// One process at a time. A lock is a file with the process id of its owner; the lock of a process that is gone (kill
// -9, power cut) is taken over. It appears with its content in one step, so that nobody reads half of it.

import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { explainFileError, makeFolder, removeEmptyFolders } from '../core/files.ts'

export interface Lock {
  release(): void
}

export interface LockOptions {
  /** called once where somebody else holds the lock, with the owner's process id */
  readonly onWait?: (owner: number) => void
  /** gives up with the signal's reason */
  readonly signal?: AbortSignal
  /** milliseconds between two looks; 500 by default */
  readonly interval?: number
}

interface Owner {
  readonly pid: number
  /** when the process started, in the kernel's own unit: a later process may get the same id */
  readonly started: string | null
}

/**
 * Waits until the lock is ours. Its folder is made for it, and goes with it where nothing was put there.
 * @throws UserError where the folder cannot be written
 */
export async function acquireLock(path: string, options: LockOptions = {}): Promise<Lock> {
  const made = makeFolder(dirname(path))
  const own: Owner = { pid: process.pid, started: startOf(process.pid) }
  for (let waited = false; ; waited = true) {
    const owner = take(path, own)
    if (owner === null) {
      return {
        release: () => {
          rmSync(path, { force: true })
          removeEmptyFolders(made)
        },
      }
    }
    if (!waited) options.onWait?.(owner.pid)
    await pause(options.interval ?? 500, undefined, { signal: options.signal })
  }
}

/** Whoever holds the lock and is alive. */
export function lockOwner(path: string): number | null {
  const owner = readOwner(path)
  return owner !== null && isAlive(owner) ? owner.pid : null
}

/** @returns null where the lock is ours now, else its owner */
function take(path: string, own: Owner): Owner | null {
  const draft = `${path}.${own.pid}`
  try {
    writeFileSync(draft, JSON.stringify(own))
    try {
      linkSync(draft, path)
      return null
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
    }
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw explainFileError(error, path, 'write')
    makeFolder(dirname(path)) // the owner before left nothing there and took the folder with it
    return take(path, own)
  } finally {
    rmSync(draft, { force: true })
  }
  const owner = readOwner(path)
  if (owner === null) return take(path, own)
  if (isAlive(owner)) return owner
  discardStale(path, owner, own)
  return take(path, own)
}

/** Moves a dead owner's lock away; puts it back where another process was faster and the lock is a living one's. */
function discardStale(path: string, dead: Owner, own: Owner): void {
  const aside = `${path}.${own.pid}.stale`
  try {
    renameSync(path, aside)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw explainFileError(error, path, 'write')
  }
  const moved = readOwner(aside)
  if (moved !== null && (moved.pid !== dead.pid || moved.started !== dead.started)) renameSync(aside, path)
  else rmSync(aside, { force: true })
}

function readOwner(path: string): Owner | null {
  try {
    const owner: unknown = JSON.parse(readFileSync(path, 'utf8'))
    return isOwner(owner) ? owner : { pid: 0, started: null }
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    if (error instanceof SyntaxError) return { pid: 0, started: null }
    throw explainFileError(error, path, 'read')
  }
}

function isOwner(value: unknown): value is Owner {
  const isObject = typeof value === 'object' && value !== null
  return isObject && 'pid' in value && typeof value.pid === 'number' && 'started' in value
}

function isAlive({ pid, started }: Owner): boolean {
  if (pid === 0) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: the process lives and belongs to somebody else
    if (!hasCode(error, 'EPERM')) return false
  }
  const now = startOf(pid)
  return started === null || now === null || started === now
}

/** The start of a process in clock ticks since boot, where the system tells (Linux). */
function startOf(pid: number): string | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return null
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
