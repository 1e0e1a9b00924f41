// Files that read well and cannot be meant: each is answered with a sentence and no stack.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { loadExperiment } from '../../src/experiment/config.ts'
import { findProbe } from '../../src/experiment/find-probe.ts'
import { runExperiment } from '../../src/experiment/run.ts'
import { parseYaml } from '../../src/experiment/source.ts'
import { microFolder } from './micro.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-mistakes-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

/** `path: message` of every problem. */
function problemsOf(yaml: string): string[] {
  const file = join(folder, 'wrong.yaml')
  writeFileSync(file, yaml)
  try {
    loadExperiment(file)
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ path, message }) => `${path}: ${message}`)
    throw error
  }
  return []
}

const REST = `
data: { corpus: brown }
models: [{ name: lstm, cell: lstm, units: 8 }]
analyses: [{ analysis: unit-ranking, probe: number, sites: [cell] }]
`

test('an empty file says what an experiment has', () => {
  const keys = 'name, question, seeds, data, models, training, analyses'
  expect(problemsOf('# nothing yet\n')).toEqual([`: is empty. It is a group of keys: ${keys}.`])
})

test('a seed or a site that stands twice would count twice', () => {
  expect(problemsOf(`name: a\nseeds: [1, 2, 1]${REST}`)).toEqual(['seeds: has 1 twice. Leave one of them out.'])
  expect(problemsOf(`name: a${REST.replace('[cell]', '[cell, hidden, cell]')}`)).toEqual([
    'analyses[0].sites: has "cell" twice. Leave one of them out.',
  ])
})

test('a value that breaks two rules of one sentence is one problem', () => {
  expect(problemsOf(`name: a\nseeds: 100000000000000000000${REST}`)).toEqual([
    'seeds: 100000000000000000000 is not a whole number from 1 to 1000.',
  ])
})

test('an alias of nothing, and aliases without end, are mistakes of the file', () => {
  expect(() => parseYaml('a: *b', 'x.yaml')).toThrow(UserError)
  const tenfold = (name: string, of: string) => `${name}: &${name} [${Array(10).fill(of).join(', ')}]\n`
  const bomb = tenfold('a', '1') + tenfold('b', '*a') + tenfold('c', '*b') + tenfold('d', '*c')
  expect(() => parseYaml(bomb, 'x.yaml')).toThrow('x.yaml is not valid YAML')
})

test("a probe that does not load is said with the module's own message", async () => {
  writeFileSync(join(folder, 'broken.mjs'), 'throw new Error("not yet")')
  await expect(findProbe('broken.mjs', folder)).rejects.toThrow(/broken\.mjs cannot be loaded \(Error: not yet\)/)
})

test('a model larger than the memory, and a training whose loss explodes, stop with what to change', async () => {
  const micro = microFolder()
  const run = (settings: readonly string[]) =>
    runExperiment(join(micro, 'micro.yaml'), { settings, out: join(micro, 'out'), store: join(micro, 'store') })
  await expect(run(['models[0].layers=4', 'models[0].units=65536'])).rejects.toThrow(/Choose fewer units, layers or words/)
  await expect(run(['training.learningRate=1e30'])).rejects.toThrow(/The training diverged: .* Lower learningRate/)
  rmSync(micro, { recursive: true })
})
