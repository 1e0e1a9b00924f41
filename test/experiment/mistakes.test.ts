// Files that read well and cannot be meant: each is answered with a sentence and no stack.

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
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

test('what a tagger and a bidirectional language model cannot be, and what looks at them', () => {
  const models = [
    '{ name: both, cell: lstm, units: 8, embedding: 4, bidirectional: true, dropout: 0.1, skip: true }',
    '{ name: tags, cell: gru, units: 8, predicts: tag, tied: true, bidirectional: true }',
  ]
  const analyses = '[{ analysis: perplexity, models: [tags] }, { analysis: tagging, models: [both] }, { analysis: contextual-vectors, models: [tags] }]'
  expect(problemsOf(`name: a\ndata: { corpus: brown }\nmodels: [${models.join(', ')}]\nanalyses: ${analyses}\n`)).toEqual([
    'models[0].dropout: a bidirectional language model is trained without dropout. Leave this key out.',
    'models[0].embedding: the layers of a bidirectional language model are mixed with its embedding, as wide as its units: they are 4 and 8.',
    'models[0].skip: there is no second layer, from which on this key counts. Leave it out.',
    'models[1].tied: the decoder of tags is no embedding of tokens. Leave this key out.',
    'training: both reads whole sentences, drawn at random: write updates: 4000, and no epochs.',
    'analyses[0].models[0]: tags is a tagger; perplexity looks at a language model.',
    'analyses[1].models[0]: both is a bidirectional language model; tagging looks at a tagger.',
    'analyses[2].models[0]: tags is a tagger; contextual-vectors looks at a bidirectional language model.',
  ])
})

test('taggers need tags that rare words do not give away, and text that is held out', async () => {
  const micro = microFolder()
  const run = (settings: readonly string[]) =>
    runExperiment(join(micro, 'tags.yaml'), { settings, out: join(micro, 'out'), store: join(micro, 'store') })
  await expect(run(['data.vocabulary=20', 'data.rare=part-of-speech'])).rejects.toThrow('Write "rare: unknown" in data.')
  writeFileSync(join(micro, 'plain.txt'), 'one two\n'.repeat(20))
  await expect(run(['data={ text: plain.txt }'])).rejects.toThrow('has no tags, such as parts of speech.')
  await expect(run(['data.test=0'])).rejects.toThrow('is held out. Write test: 0.2 in data.')
  await expect(run(['data.validation=0'])).rejects.toThrow('The validation text has no sentence. Write validation: 0.05 in data.')
  const borrowed = 'models=[{ name: both, cell: rnn, units: 4, predicts: tag }, { name: lm, from: micro/gru }]'
  await expect(run([borrowed, 'analyses=[{ analysis: tagging, models: [both, lm] }]'])).rejects.toThrow('lm is a language model; tagging looks at a tagger.')
  await expect(run(['analyses=[{ analysis: perplexity }]'])).rejects.toThrow('perplexity looks at language models that read from left to right, and there is none here.')
  const plain = ['models=[{ name: one, cell: rnn, units: 4 }]']
  await expect(run([...plain, 'training={ epochs: 1 }'])).rejects.toThrow('looks at models that predict tags, and there is none here')
  rmSync(micro, { recursive: true })
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

test("a probe that throws, or answers something else, is said with the file's name", async () => {
  const write = (name: string, label: string) => {
    const fields = `name: 'own', question: 'Is it?', answers: 'yes-no', reference: 'none'`
    writeFileSync(join(folder, name), `export const own = { ${fields}, label: ${label} }`)
    return findProbe(name, folder)
  }
  const throwing = await write('throwing.mjs', '() => { throw new Error("no tags here") }')
  const input = { tokens: ['the', 'keys'] }
  expect(() => throwing.label(input)).toThrow(UserError)
  expect(() => throwing.label(input)).toThrow(
    /throwing\.mjs: the probe own failed on “the keys” \(Error: no tags here\)\.$/,
  )
  const short = await write('short.mjs', '() => [true]')
  expect(() => short.label(input)).toThrow(/short\.mjs: the probe own gave 1 answers for the 2 tokens of “the keys”/)
  const nothing = await write('nothing.mjs', '() => {}')
  expect(() => nothing.label(input)).toThrow(/gave undefined for the 2 tokens/)
  const right = await write('right.mjs', '({ tokens }) => tokens.map((token) => token === "keys")')
  expect(right.label(input)).toEqual([false, true])
  await expect(write('data.mjs', '"none"')).rejects.toThrow('data.mjs exports no probe')
})

test('what analyses cannot look at is said before training, all of it, and leaves no folder behind', async () => {
  const micro = microFolder()
  const run = (settings: readonly string[]) => {
    const places = { out: join(micro, 'runs', 'out'), store: join(micro, 'store') }
    return runExperiment(join(micro, 'micro.yaml'), { settings, ...places }).catch((error: unknown) => error)
  }
  const congruent = await run(['analyses[2].items=simple', 'analyses[1].items=[{ file: missing.csv }]'])
  expect(congruent).toBeInstanceOf(UserError)
  expect((congruent as UserError).problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(/^analyses\[1\]: There is no file .*missing\.csv\.$/),
    'analyses[2]: A unit-ranking needs items with a noun of the other number between subject and verb, about which the ' +
      'probe number says yes or no; there are none in simple. Use a task such as nounpp.',
  ])
  writeFileSync(join(micro, 'same.csv'), 'prefix,right,wrong\nthe dogs,bark,bark\n')
  const files = await run(['analyses[1].items=[{ file: missing.csv }, { file: same.csv }]'])
  expect((files as UserError).problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^There is no file .*missing\.csv\.$/),
    expect.stringMatching(/same\.csv is not a file of minimal pairs\.$/),
    'has "bark" as right and as wrong.',
  ])
  rmSync(join(micro, 'same.csv'))
  const nothingHeldOut = ['data.test=0', 'data.validation=0', 'analyses[5].sentences=3']
  expect((await run(nothingHeldOut) as UserError).problems.map(({ path, message }) => `${path}: ${message}`)).toEqual([
    expect.stringMatching(/^analyses\[5\]: The analysis text found no sentence of 6 to 30 tokens/),
    expect.stringMatching(/^analyses\[7\]: Gates are looked at on held-out text, and there is none/),
    expect.stringMatching(/^analyses\[8\]: There is no verb with an object that the model knows in the test text/),
    expect.stringMatching(/^analyses\[10\]: Gradients are traced through text that training did not see, and none is held out/),
    expect.stringMatching(/^analyses\[19\]: Open nodes are told in sentences that training did not see, and none is held out/),
  ])
  expect(String(await run(['analyses[5].sentences=["the dogs", " "]']))).toContain('sentences: " " has no word.')
  expect(readdirSync(micro).sort()).toEqual(['micro.yaml', 'nounpp.txt', 'pair.yaml', 'pairs.yaml', 'second.yaml', 'tags.yaml'])
  rmSync(micro, { recursive: true })
})

test('a model larger than the memory, and a training whose loss explodes, stop with what to change', async () => {
  const micro = microFolder()
  const run = (settings: readonly string[]) =>
    runExperiment(join(micro, 'micro.yaml'), { settings, out: join(micro, 'out'), store: join(micro, 'store') })
  await expect(run(['models[0].layers=4', 'models[0].units=65536'])).rejects.toThrow(/Choose fewer units, layers or words/)
  await expect(run(['training.learningRate=1e30'])).rejects.toThrow(/The training diverged: .* Lower learningRate/)
  rmSync(micro, { recursive: true })
})
