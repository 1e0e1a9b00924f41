import { beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { ablate, clamp, scale } from '../../src/intervention/edits.ts'
import { unitMeans } from '../../src/intervention/means.ts'
import { fillMeans, needsMean, parseEdit } from '../../src/intervention/parse.ts'
import { patch } from '../../src/intervention/patch.ts'
import { record } from '../../src/recording/record.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const model = modelWithVocabulary('lstm')
const sequences = [6, 4, 9].map((length, index) => ({ tokens: randomTokens(length, 9, index) }))

test('the mean over blocks is the mean over all rows', async () => {
  const wide = modelWithVocabulary('gru after', { layers: 1, embedding: 1200 })
  const text = Array.from({ length: 100 }, (_, index) => ({ tokens: randomTokens(40, 9, index) }))
  const recording = await record(wide, text, { engine, sites: ['embedding', '0.hidden'], memory: 0 })
  const means = await unitMeans(recording, 'training text')
  const { values } = recording.read(0, recording.count)
  for (const [site, width, unit] of [['embedding', 1200, 0], ['embedding', 1200, 1199], ['0.hidden', 5, 3]] as const) {
    let sum = 0
    for (let row = 0; row < 4000; row++) sum += values[site][row * width + unit]
    expect(means.values[site][unit]).toBe(sum / 4000)
  }
  expect([means.source, means.count]).toEqual(['training text', 4000])
  recording.dispose()
})

test('helpers build exactly the edits that they are named after', () => {
  const means = { source: 'training text', count: 2, values: { '1.cell': Float64Array.of(0.25, -0.5) } }
  expect(ablate(['1.cell.1', '1.cell.0'], means)).toEqual([
    { unit: '1.cell.1', set: -0.5 },
    { unit: '1.cell.0', set: 0.25 },
  ])
  const cut = { unit: '0.hidden.3', set: 0, readers: ['decoder'] }
  expect(ablate(['0.hidden.3'], 'zero', { readers: ['decoder'] })).toEqual([cut])
  expect(clamp('0.cell.2', 1.5, { steps: [3] })).toEqual({ unit: '0.cell.2', set: 1.5, steps: [3] })
  expect(scale('0.cell.2', -1, { rows: [0] })).toEqual({ unit: '0.cell.2', scale: -1, rows: [0] })
  expect(() => ablate(['0.cell.0'], means)).toThrow('over training text. There are means of the sites: 1.cell.')
  expect(() => ablate(['1.cell.2'], means)).toThrow('no mean of 1.cell.2')
})

test('patching every unit of the state at one word makes the rest of the run that of the source', async () => {
  const pair = [randomTokens(5, 9, 'source'), randomTokens(5, 9, 'target')]
  pair[0].set(pair[1].subarray(3), 3) // the same words from step 3 on
  const runs = pair.map((tokens) => ({ tokens }))
  const sites = ['0.cell', '0.hidden', '1.cell', '1.hidden']
  const source = await record(model, runs, { engine, sites })
  const units = sites.flatMap((site) => Array.from({ length: 5 }, (_, unit) => `${site}.${unit}`))
  const edits = units.map((unit) => patch(unit, source, { steps: [2], from: [0, 0] }))
  const patched = await record(model, runs, { engine, sites, edits })
  const after = (recording: typeof source, sequence: number) =>
    recording.read(recording.offsets[sequence] + 2, 3).values['1.hidden']
  expect(after(patched, 1)).toEqual(after(source, 0))
  expect(after(source, 1)).not.toEqual(after(source, 0))
  expect(() => patch('0.cell.1', source, { steps: [5], from: [1] })).toThrow('has 5 tokens; it has no step 5')
  expect(() => patch('0.input.1', source, { steps: [0], from: [1] })).toThrow('The recording has no unit 0.input.1.')
})

test('a unit set to its mean records as its mean', async () => {
  const means = await unitMeans(await record(model, sequences, { engine, sites: ['cell'] }), 'the items')
  const recording = await record(model, sequences, { engine, sites: ['cell'], edits: ablate(['1.cell.3'], means) })
  const { values } = recording.read(0, recording.count)
  const own = values['1.cell'].filter((_, index) => index % 5 === 3)
  expect(new Set(own)).toEqual(new Set([Math.fround(means.values['1.cell'][3])]))
})

test.each([
  ['0.cell.4=0', { unit: '0.cell.4', set: 0 }],
  ['1.hidden.0=-1.5e-1', { unit: '1.hidden.0', set: -0.15 }],
  ['0.cell.4*0.5', { unit: '0.cell.4', scale: 0.5 }],
  ['0.cell.4 += 1 @ 3, 4', { unit: '0.cell.4', add: 1, steps: [3, 4] }],
  ['0.cell.4=mean@0', { unit: '0.cell.4', set: 'mean', steps: [0] }],
  ['embedding.3*-1', { unit: 'embedding.3', scale: -1 }],
])('%s is understood', (text, edit) => {
  expect(parseEdit(text, model.config)).toEqual(edit)
})

test.each([
  '0.cell.4', '0.cell.4=', '0.cell.4=median', '0.cell.4=0@', '0.cell.4=0@1,,2', '0.cell.4=0@-1', '=0', '0.cell.4-=1',
  '0.cell.4=NaN', '',
])('"%s" is no edit, and the sentence shows what is', (text) => {
  expect(() => parseEdit(text, model.config)).toThrow('is not an edit. Edits are: "0.cell.41=0", "0.cell.41=mean"')
})

test('an edit of a unit that the model does not have says which it has', () => {
  expect(() => parseEdit('0.cell.5=0', model.config)).toThrow('the site 0.cell has 5 units, 0 to 4.')
  expect(() => parseEdit('cell.5=0', model.config)).toThrow('leaves out the layer: write 0.cell')
})

test('means are filled in where they were asked for', () => {
  const means = { source: 'text', count: 1, values: { '0.cell': Float64Array.of(2, 3) } }
  const edits = ['0.cell.1=mean@2', '0.cell.0=5'].map((text) => parseEdit(text, model.config))
  expect(edits.map(needsMean)).toEqual([true, false])
  expect(fillMeans(edits, means)).toEqual([{ unit: '0.cell.1', set: 3, steps: [2] }, { unit: '0.cell.0', set: 5 }])
})
