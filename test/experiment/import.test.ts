// A model of another program in an experiment: under its name, with its own vocabulary, and said to be imported.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readVocabulary } from '../../src/data/vocabulary-file.ts'
import { openModel } from '../../src/experiment/find.ts'
import { findImported, importIntoStore } from '../../src/experiment/import-model.ts'
import { readResults } from '../../src/experiment/run-directory.ts'
import { runExperiment } from '../../src/experiment/run.ts'
import { importedModels, modelPath, openStore, removeModel } from '../../src/experiment/store.ts'

const FIXTURE = fileURLToPath(new URL('../model/formats/fixtures/module-lstm.pt', import.meta.url))
const PAIRS = ['prefix,right,wrong,condition', 'a b c,d,e,SP', 'b a c,e,d,PS', 'a a b,d,e,SS', 'b b b,e,d,PP'].join('\n')
const plain = { map: new Map<string, string>(), ignore: [] }

let folder = ''
const at = (name: string): string => join(folder, name)
const store = () => openStore(at('store'))

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'probe-import-'))
  writeFileSync(at('vocabulary.txt'), '<eos>\n<unk>\na\nb\nc\nd\ne\nf\ng\nh\nlonger\n')
  writeFileSync(at('text.txt'), 'a b c d .\nb c d unknown .\na d c c .\n'.repeat(30))
  writeFileSync(at('pairs.csv'), PAIRS)
  importIntoStore(FIXTURE, readVocabulary(at('vocabulary.txt')), { ...plain, store: store(), name: 'theirs' })
})
afterAll(() => rmSync(folder, { recursive: true }))

function experiment(name: string, ...lines: readonly string[]): string {
  writeFileSync(at(`${name}.yaml`), [`name: ${name}`, ...lines, ''].join('\n'))
  return at(`${name}.yaml`)
}

const MODELS = 'models: [{ name: lstm, from: theirs }]'
const ANALYSES = ['analyses:', '  - { analysis: perplexity }', '  - { analysis: agreement, items: [{ file: pairs.csv }] }']

test('an experiment asks an imported model about its own text, and says where the model is from', async () => {
  const file = experiment('asked', 'data: { text: text.txt, test: 0.2 }', MODELS, ...ANALYSES)
  const { directory, report } = await runExperiment(file, { store: store().directory, out: at('out'), threads: 1 })
  const { models, results } = readResults(directory)
  const { sha256 } = findImported(store(), 'theirs').description.data
  expect(models).toEqual([expect.objectContaining({ name: 'lstm', seeds: [1], imported: { file: 'module-lstm.pt', sha256, layout: 'pytorch' } })])
  expect(results.map(({ analysis }) => analysis)).toEqual(['training', 'perplexity', 'agreement'])
  expect(readFileSync(report, 'utf8')).toContain(`imported from module-lstm.pt (SHA-256 ${sha256.slice(0, 12)}…)`)
  expect(openModel(at('out'), store().directory)).toEqual(openModel('theirs', store().directory))
})

test('an experiment without text, or with a name that is not there, is refused at once', async () => {
  const options = { store: store().directory, out: at('refused') }
  await expect(runExperiment(experiment('silent', MODELS, ...ANALYSES), options)).rejects.toMatchObject({
    problems: [{ path: 'data', message: expect.stringContaining('an imported model is asked about a text') }],
  })
  const missing = experiment('missing', 'data: { text: text.txt }', 'models: [{ name: x, from: nobodys }]', ...ANALYSES)
  await expect(runExperiment(missing, options)).rejects.toMatchObject({
    problems: [{ path: 'models[0].from', message: expect.stringContaining('Imported models are: theirs.') }],
  })
})

test('data of a model of another experiment are its own', async () => {
  const file = experiment('other', 'data: { text: text.txt }', 'models: [{ name: x, from: smoke/lstm, data: [a] }]', ...ANALYSES)
  await expect(runExperiment(file, { store: store().directory })).rejects.toMatchObject({
    problems: [{ path: 'models[0].data', message: 'smoke/lstm has the data of its own experiment. Leave this key out.' }],
  })
})

test('a model of this toolkit brings its tokens along; others do not', () => {
  const own = openStore(at('own'))
  const path = modelPath(store(), findImported(store(), 'theirs').key)
  const { model, layout } = importIntoStore(path, null, { ...plain, store: own, name: 'ours' })
  expect(layout).toBe('rnn-probe')
  expect(model).toEqual(openModel('theirs', store().directory))
  expect(openModel('ours', own.directory)).toEqual(model)
  expect(() => importIntoStore(FIXTURE, null, { ...plain, store: own, name: 'mute' })).toThrow('does not hold its tokens. Give them with --vocabulary FILE')
})

test('a model that is removed loses its name', () => {
  const removed = openStore(at('removed'))
  importIntoStore(FIXTURE, readVocabulary(at('vocabulary.txt')), { ...plain, store: removed, name: 'short-lived' })
  expect([...importedModels(removed).keys()]).toEqual(['short-lived'])
  removeModel(removed, importedModels(removed).get('short-lived')!)
  expect([...importedModels(removed).keys()]).toEqual([])
  expect(() => findImported(removed, 'short-lived')).toThrow('None is imported yet.')
})
