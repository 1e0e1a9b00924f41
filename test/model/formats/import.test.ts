// Models of other programs: their files give their own programs' numbers. The fixtures are made by fixtures/make.py.

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import type { Vocabulary } from '../../../src/data/vocabulary.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { importModel, type ImportOptions } from '../../../src/model/formats/import.ts'
import { smallVocabulary } from '../../small.ts'

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const { tokens, logits: expected } = JSON.parse(readFileSync(fixture('expected.json'), 'utf8')) as {
  tokens: number[]
  logits: Record<string, number[][]>
}
const vocabulary: Vocabulary = smallVocabulary(11)
const plain: ImportOptions = { map: new Map(), ignore: [] }
const engine = await loadEngine({ threads: 1 })

/** What has to be said besides the file. */
const SAID: Readonly<Record<string, Partial<ImportOptions>>> = {
  'relu.pt': { activation: 'relu' },
  'separate.pt': { map: new Map([['0', 'first'], ['1', 'second']]) },
  'cells.pt': { map: new Map([['0', 'low'], ['1', 'high']]) },
  'criterion.pt': { ignore: ['criterion.weight'] },
}

describe('a model of another program gives the logits of that program', () => {
  test.each(Object.keys(expected))('%s', (name) => {
    const { model } = importModel(fixture(name), vocabulary, { ...plain, ...SAID[name] })
    const batch = { tokens: Int32Array.from(tokens), rows: 1, steps: tokens.length }
    const { logits } = engine.run(model, batch, { logitsAt: Int32Array.from(tokens.keys()) })
    const theirs = expected[name].flat()
    const largest = Math.max(...theirs.map(Math.abs))
    const farthest = Math.max(...theirs.map((value, index) => Math.abs(value - logits![index])))
    expect(logits).toHaveLength(theirs.length)
    expect(farthest).toBeLessThan(1e-5 * largest)
  })
})

const read = (name: string, options: Partial<ImportOptions> = {}) => importModel(fixture(name), vocabulary, { ...plain, ...options })

test('what a file says of itself needs no key', () => {
  expect(read('module-relu.pt').model.config).toMatchObject({ cell: 'rnn', activation: 'relu', layers: 2 })
  expect(read('module-relu-legacy.pt').model.config).toMatchObject({ cell: 'rnn', activation: 'relu' })
  expect(read('tied.pt').model.config.tied).toBe(true)
  expect(read('tied-module-legacy.pt').model.config.tied).toBe(true)
  expect(read('lstm.pt').model.config.tied).toBe(false)
})

test('what a file cannot say is guessed aloud', () => {
  expect(read('rnn.pt').notes).toEqual([expect.stringContaining('--activation relu')])
  expect(read('rnn.pt', { activation: 'tanh' }).notes).toEqual([])
  expect(read('one-hot.pt').notes).toEqual([expect.stringContaining('one-hot')])
})

test('what no model here has is refused by name', () => {
  expect(() => read('bidirectional.pt')).toThrow('is bidirectional (rnn.weight_ih_l0_reverse)')
  expect(() => read('projected.pt')).toThrow('has projections (rnn.weight_hr_l0, proj_size)')
  expect(() => read('script.pt')).toThrow('is a TorchScript archive, a program.')
})

test('parts that nothing tells apart are asked for, with what the file holds', () => {
  expect(() => read('separate.pt')).toThrow('Say which are the layers, from below: --map 0=first --map 1=second.')
  expect(() => read('cells.pt')).toThrow('--map 0=low --map 1=high')
  expect(() => read('nameless.pt')).toThrow('several tensors could be the decoder: a.weight, b.weight.')
  const parts = new Map([['decoder', 'b'], ['embedding', 'a']])
  expect(read('nameless.pt', { map: parts }).model.config).toMatchObject({ units: 5, tied: false })
  expect(() => read('nameless.pt', { map: new Map([['decoder', 'c']]) })).toThrow('there is no tensor c or c.weight')
})

test('a tensor that belongs nowhere is not passed over in silence', () => {
  expect(() => read('criterion.pt')).toThrow('criterion.weight belongs to no part of a model here. If the model does without: --ignore criterion.weight.')
  expect(() => read('weight-norm.pt')).toThrow(/several tensors|another one/)
  expect(() => read('two-lstms.pt')).toThrow('it has 2 recurrent modules')
  expect(() => read('normalised.pt')).toThrow('norm.weight belongs to no part of a model here. Without it the model would be another one.')
  expect(read('normalised.pt', { ignore: ['norm.weight'] }).model.config.layers).toBe(1)
})

test('a layout is one of the list', () => {
  expect(() => read('lstm.pt', { layout: 'gulordava' })).not.toThrow()
  expect(() => read('one-hot.pt', { layout: 'gulordava' })).toThrow('there is no tensor')
  expect(() => read('lstm.pt', { layout: 'lasagne' })).toThrow('"lasagne" is not a layout. Layouts are: pytorch, gulordava, tensorflow.')
})

test('a vocabulary of another size is refused', () => {
  expect(() => importModel(fixture('lstm.pt'), smallVocabulary(12), plain)).toThrow('has a vocabulary of 11 tokens, and the one that was given has 12.')
})
