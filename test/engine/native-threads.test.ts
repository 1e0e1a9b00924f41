// The native engine among threads: its own, under the compiler's thread sanitizer, and Node's, which come and go.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { packageRoot } from '../../src/core/package-root.ts'
import { nativeProblem } from '../../src/engine/native/engine.ts'

const folder = mkdtempSync(join(tmpdir(), 'threads-'))
afterAll(() => rmSync(folder, { recursive: true }))

function compile(program: string, ...sources: readonly string[]): boolean {
  const compiler = process.env['CXX'] || 'c++'
  const flags = ['-std=c++17', '-O1', '-g', '-pthread', '-fsanitize=thread', '-o', program]
  return spawnSync(compiler, [...flags, ...sources], { timeout: 60_000 }).status === 0
}

/** Not every compiler brings the sanitizer, and not every kernel lets it run. */
function sanitizerRuns(): boolean {
  const [source, program] = [join(folder, 'empty.cc'), join(folder, 'empty')]
  writeFileSync(source, 'int main() {}')
  return compile(program, source) && spawnSync(program).status === 0
}

test.runIf(sanitizerRuns())('the threads of a team share nothing but what barriers keep apart', () => {
  const program = join(folder, 'team')
  const team = join(packageRoot(), 'src', 'engine', 'native', 'kernels', 'team.cc')
  expect(compile(program, join(import.meta.dirname, 'team.cc'), team)).toBe(true)
  expect(spawnSync(program, { encoding: 'utf8' })).toMatchObject({ stderr: '', status: 0 })
}, 60_000)

test.skipIf(nativeProblem() !== null)('a worker may be terminated while it loads the addon', () => {
  const addon = join(packageRoot(), 'build', 'kernels.node')
  const load = `for (;;) process.dlopen({ exports: {} }, ${JSON.stringify(addon)})`
  const script = `
    const { Worker } = require('node:worker_threads')
    const terminate = async () => {
      const worker = new Worker(${JSON.stringify(load)}, { eval: true })
      await new Promise((resolve) => worker.once('online', resolve))
      await new Promise((resolve) => setTimeout(resolve, 20))
      await worker.terminate()
    }
    terminate().then(terminate).then(terminate).then(() => console.log('all are gone'))`
  expect(spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' })).toMatchObject({
    stderr: '', stdout: 'all are gone\n', status: 0,
  })
}, 60_000)
