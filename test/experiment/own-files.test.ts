// An experiment on the user's own files: what it says about them, and that its saved form finds them again.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { sha256 } from '../../src/core/files.ts'
import { runExperiment } from '../../src/experiment/run.ts'
import type { RunResults } from '../../src/experiment/run-directory.ts'

const folder = mkdtempSync(join(tmpdir(), 'probe-own-files-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the results list every file that was read, and the saved experiment reads the same', async () => {
  mkdirSync(join(folder, 'src'))
  const text = (file: number) => `int a${file};\n`.repeat(20)
  for (let file = 0; file < 12; file++) writeFileSync(join(folder, 'src', `${file}.c`), text(file))
  writeFileSync(join(folder, 'own.yaml'), `
# Does it read?
name: own
data: { files: ["src/*.c", "!src/11.c"], limit: 1500, test: 0.2, validation: 0.2 }
models: [{ name: rnn, cell: rnn, units: 4 }]
training: { epochs: 1, batch: 2, steps: 10 }
analyses: [{ analysis: perplexity, baselines: [unigram, 2-gram], resamples: 100 }]
`)
  const resultsOf = async (file: string, out: string) => {
    await runExperiment(file, { out: join(folder, out), store: join(folder, 'store'), threads: 1 })
    return JSON.parse(readFileSync(join(folder, out, 'results.json'), 'utf8')) as RunResults
  }
  const first = await resultsOf(join(folder, 'own.yaml'), 'runs/first')
  const read = [0, 1, 10, 2, 3, 4, 5, 6, 7, 8] // 10.c stands before 2.c; of 8.c a part, of 9.c nothing
  expect(first.data).toEqual([{
    name: 'src/*.c, !src/11.c',
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    files: read.map((file) => ({ path: `src/${file}.c`, bytes: text(file).length, sha256: sha256(text(file)) })),
  }])
  const saved = join(folder, 'runs/first/experiment.yaml')
  expect(readFileSync(saved, 'utf8')).toContain('"!../../src/11.c"')
  expect((await resultsOf(saved, 'runs/again')).results).toEqual(first.results)
})
