// An experiment of a bidirectional language model, and what its command says.

import { spawnSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ContextualVectorsResult, TrainingResult } from '../../src/analysis/results.ts'
import { packageRoot } from '../../src/core/package-root.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { openModel } from '../../src/experiment/find.ts'
import { runExperiment } from '../../src/experiment/run.ts'
import { microFolder } from './micro.ts'

let folder = ''
let results = ''
/** The data of pair.yaml. */
const BROWN = {
  corpus: 'brown', unit: 'words', genres: ['A', 'B', 'C'], vocabulary: 500, rare: 'unknown', lowercase: true, test: 0.2, validation: 0.1,
} as const
const run = (out: string, store: string, settings: readonly string[] = []) =>
  runExperiment(join(folder, 'pair.yaml'), { settings, out: join(folder, out), store: join(folder, store), threads: 1 })
const read = (out: string) => readFileSync(join(folder, out, 'results.json'), 'utf8')
const probe = (given: readonly string[]) =>
  spawnSync(process.execPath, [join(packageRoot(), 'src/cli/probe.mjs'), ...given], { cwd: folder, encoding: 'utf8' })

beforeAll(async () => {
  folder = microFolder()
  await run('first', 'store')
  results = read('first')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('gives perplexities of both ends, probes of every layer and the mix, of both networks, and senses', () => {
  const [training, contextual] = (JSON.parse(results) as { results: [TrainingResult, ContextualVectorsResult] }).results
  expect(training.rows).toHaveLength(2)
  expect(contextual.perplexity.map(({ direction }) => direction)).toEqual(['forward', 'backward'])
  const [forward, backward] = contextual.perplexity
  expect(forward.unigramPerplexity).toBeCloseTo(backward.unigramPerplexity, 8) // the same tokens in another order
  expect(contextual.probes).toHaveLength(2 * 4 * 2) // networks × layers and mix × groups
  expect(contextual.mixes).toHaveLength(2 * 3)
  for (const network of ['trained', 'untrained']) {
    const weights = contextual.mixes.filter((row) => row.network === network).map(({ weight }) => weight)
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 10)
  }
  expect(contextual.audit[0].message).toContain('3 pseudo-words: ')
})

test('gives the same bytes from scratch', async () => {
  await run('second', 'other-store')
  expect(read('second')).toBe(results)
})

test('refuses text in which rare words are read as their part of speech', async () => {
  await expect(run('leak', 'store', ['data.rare=part-of-speech'])).rejects.toThrow('Write "rare: unknown" in data.')
})

test('models of different depth stand in one report', async () => {
  const flat = 'models=[{ name: deep, cell: rnn, layers: 2, units: 4, bidirectional: true }, { name: flat, cell: rnn, units: 4, bidirectional: true }]'
  const { document } = await run('depths', 'store', [flat, 'training.updates=2', 'training.evaluations=1'])
  const { answer, remarks } = document.sections.find(({ name }) => name === 'contextual-vectors')!
  const sentences = [answer, ...remarks].map(({ sentence }) => sentence).join(' ')
  expect(sentences).toMatch(/In the model deep .* in layer 2.*In the model flat .* in layer 1/)
})

test('keeps a model of two halves, which no other question fits', () => {
  const { config, weights } = openModel(join(folder, 'first', 'elmo'))
  expect(config).toMatchObject({ bidirectional: true, skip: true, tied: true })
  expect(Object.keys(weights)).toEqual(expect.arrayContaining(['forward.1.kernel', 'backward.1.kernel']))
  const { status, stderr } = probe(['sample', 'first/elmo'])
  expect(status).toBe(1)
  expect(stderr).toContain('✖ This model is two, which read from either end: it writes nothing.')
  expect(probe(['export', 'first/elmo']).stderr).toContain('✖ PyTorch has no ')
})

test('probe record and show look at the units of either half', () => {
  const text = 'he said that the man was there'
  writeFileSync(join(folder, 'text.txt'), `${text}\nthe man said\n`)
  const { stdout, stderr } = probe(['record', 'first', 'text.txt', '--sites', 'backward.1.hidden,embedding', '--out', 'units.csv', '--store', 'store'])
  expect(stderr).toBe('')
  expect(stdout).toBe('units.csv: 10 tokens × 12 units of backward.1.hidden, embedding.\n')
  const [head, first] = readFileSync(join(folder, 'units.csv'), 'utf8').split('\n')
  const column = head.split(',').indexOf('backward.1.hidden.3')
  const shown = probe(['show', 'first', '--unit', 'backward.1.hidden.3', '--text', text, '--store', 'store']).stdout
  expect(shown).toContain(`he\t${Number(first.split(',')[column]).toFixed(3).replace('-', '−')}`)
  expect(probe(['show', 'first', '--unit', '1.hidden.3', '--text', text]).stderr).toContain('✖ "1.hidden" leaves out the direction: write forward.1.hidden.')
})

test('probe neighbors sets the tokens of held-out text that are nearest beside the words without context', async () => {
  const asked = ['neighbors', 'first', 'he said that the man was there', '--word', 'man', '--count', '3', '--tokens', '2000', '--store', 'store']
  const { stdout, stderr } = probe([...asked, '--csv'])
  expect(stderr).toBe('')
  const [head, ...rows] = stdout.trim().split('\n')
  expect(head).toBe('rank,similarity,passage,freeSimilarity,free')
  expect(rows).toHaveLength(3)
  for (const row of rows) expect(row).toMatch(/\[[^\]]+\]/)
  const similarities = rows.map((row) => Number(row.split(',')[1]))
  expect(similarities).toEqual([...similarities].sort((a, b) => b - a))
  expect(probe([...asked, '--layer', '0', '--csv']).stdout).toContain('[man]') // the embedding knows no context
  expect(probe([...asked.slice(0, 3), '--word', 'woman', '--store', 'store']).stderr).toContain('✖ --word: there is no "woman" in the sentence.')
  const [{ senses }] = (await loadDataset({ ...BROWN, pseudowords: 3 }, { baseDirectory: folder })).pseudowords
  const both = senses.map((word) => probe(['neighbors', 'first', `the ${word} zyx`, '--word', word, '--tokens', '2000', '--csv']))
  expect(both[0].stdout).toBe(both[1].stdout) // they are one word to the model
  expect(both[0].stderr).toContain('zyx as <unk>')
  expect(probe([...asked, '--layer', '3']).stderr).toContain('✖ --layer 3: layers are 0, the embedding, to 2.')
})
