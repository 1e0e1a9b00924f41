// One process at a time, and none for ever: locks are waited for, given back, and taken from the dead.

import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { acquireLock, lockOwner } from '../../src/experiment/lock.ts'

let folder = ''
let path = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-lock-'))
  path = join(folder, 'run', 'lock')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a lock', () => {
  test('names its owner, and is gone once released', async () => {
    const lock = await acquireLock(path)
    expect(lockOwner(path)).toBe(process.pid)
    lock.release()
    expect(existsSync(path)).toBe(false)
  })

  test('takes the folders that were made for it with it, unless something was put there', async () => {
    const nothing = await acquireLock(join(folder, 'a', 'b', 'lock'))
    nothing.release()
    expect(readdirSync(folder)).toEqual([])
    const something = await acquireLock(join(folder, 'a', 'b', 'lock'))
    writeFileSync(join(folder, 'a', 'kept'), '')
    something.release()
    expect(readdirSync(join(folder, 'a'))).toEqual(['kept'])
  })

  test('is had by who waited for it, though its folder went with the owner before', async () => {
    const first = await acquireLock(path)
    const second = acquireLock(path, { interval: 5 })
    await new Promise((resolve) => setTimeout(resolve, 20))
    first.release()
    const lock = await second
    expect(lockOwner(path)).toBe(process.pid)
    lock.release()
  })

  test('is waited for, and the waiting is said once', async () => {
    const first = await acquireLock(path)
    const said: number[] = []
    const second = acquireLock(path, { interval: 5, onWait: (owner) => said.push(owner) })
    await new Promise((resolve) => setTimeout(resolve, 40))
    expect(said).toEqual([process.pid])
    first.release()
    ;(await second).release()
  })

  test('is given up on when the work is stopped', async () => {
    const lock = await acquireLock(path)
    const controller = new AbortController()
    const waiting = acquireLock(path, { interval: 5, signal: controller.signal })
    controller.abort()
    await expect(waiting).rejects.toThrow()
    lock.release()
  })

  test('of a process that was killed is taken over', async () => {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)'])
    const pid = child.pid ?? 0
    mkdirSync(dirname(path))
    writeFileSync(path, JSON.stringify({ pid, started: null }))
    expect(lockOwner(path)).toBe(pid)
    const gone = new Promise((resolve) => child.on('exit', resolve))
    child.kill('SIGKILL')
    await gone
    expect(lockOwner(path)).toBeNull()
    ;(await acquireLock(path)).release()
  })

  test('of an earlier process whose id was given to another one is taken over', async () => {
    mkdirSync(dirname(path))
    writeFileSync(path, JSON.stringify({ pid: process.pid, started: '1' }))
    const isLinux = existsSync('/proc/self/stat')
    expect(lockOwner(path)).toBe(isLinux ? null : process.pid)
  })

  test('that is garbage is taken over', async () => {
    mkdirSync(dirname(path))
    writeFileSync(path, '{"pid"')
    ;(await acquireLock(path)).release()
  })

  test('in a folder that is a file is a sentence', async () => {
    writeFileSync(join(folder, 'run'), '')
    await expect(acquireLock(path)).rejects.toThrow(/is needed|is a file, not a folder/)
  })
})

test('ten processes that want one lock have it one after the other', () => {
  const program = join(folder, 'worker.mjs')
  const log = join(folder, 'log')
  const module = join(import.meta.dirname, '../../dist/src/experiment/lock.js')
  writeFileSync(program, `
    import { appendFileSync } from 'node:fs'
    import { acquireLock } from ${JSON.stringify(module)}
    const lock = await acquireLock(${JSON.stringify(path)}, { interval: 2 })
    appendFileSync(${JSON.stringify(log)}, 'in ')
    await new Promise((resolve) => setTimeout(resolve, 5))
    appendFileSync(${JSON.stringify(log)}, 'out ')
    lock.release()
  `)
  const shell = `for i in 1 2 3 4 5 6 7 8 9 10; do "${process.execPath}" "${program}" & done; wait; cat "${log}"`
  expect(spawnSync('sh', ['-c', shell], { encoding: 'utf8' }).stdout.trim()).toBe(Array(10).fill('in out').join(' '))
})
