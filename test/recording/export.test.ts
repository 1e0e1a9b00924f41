import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sourceOf } from '../../src/core/byte-source.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { valuesOf } from '../../src/model/formats/stored-tensor.ts'
import { openTensors } from '../../src/model/formats/tensors.ts'
import type { Model } from '../../src/model/model.ts'
import { exportRecording } from '../../src/recording/export.ts'
import { record } from '../../src/recording/record.ts'
import type { Recording } from '../../src/recording/recording.ts'
import { readNpz } from '../model/formats/read-npz.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let folder = ''
let recording: Recording
const vocabulary = ['<eos>', '<unk>', 'the', '"', ',', 'naïve', '𝄞', 'line\nend', '9']

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'probe-export-'))
  const small = modelWithVocabulary('gru before')
  const model: Model = { ...small, vocabulary: { ...small.vocabulary, tokens: vocabulary } }
  const sequences = [
    { tokens: Int32Array.of(2, 3, 4), tags: ['AT', '"', ','] },
    { tokens: randomTokens(600, 9, 'untagged') },
    { tokens: Int32Array.of(7), tags: ['NN'] },
  ]
  const engine = await loadEngine({ threads: 1 })
  recording = await record(model, sequences, { engine, sites: ['1.update', '0.hidden'] })
})
afterAll(() => rmSync(folder, { recursive: true }))

test('an .npz holds every value and the whole row table', async () => {
  const path = join(folder, 'recording.npz')
  await exportRecording(recording, path)
  const arrays = readNpz(path)
  const { values, rows } = recording.read(0, 604)
  for (const site of ['1.update', '0.hidden']) {
    expect(arrays[site]).toEqual({ shape: [604, 5], values: [...values[site]] })
  }
  for (const column of ['sequence', 'position', 'token'] as const) {
    expect(arrays[column]).toEqual({ shape: [604], values: [...rows[column]] })
  }
  expect(arrays['vocabulary'].values).toEqual(vocabulary)
  const tags = arrays['tag'].values.map((id) => arrays['tags'].values[Number(id)])
  expect(tags).toEqual(['AT', '"', ',', ...Array<undefined>(600).fill(undefined), 'NN'])
})

test('a .csv holds the same, however awkward the tokens are', async () => {
  const path = join(folder, 'recording.csv')
  await exportRecording(recording, path)
  const { data } = Papa.parse<string[]>(readFileSync(path, 'utf8').trimEnd(), { header: false })
  const [header, ...lines] = data
  expect(header.slice(0, 5)).toEqual(['sequence', 'position', 'token', 'tag', '1.update.0'])
  expect(header).toHaveLength(4 + 10)
  const { values, rows } = recording.read(0, 604)
  expect(lines.map((line) => line[2])).toEqual(Array.from(rows.token, (token) => vocabulary[token]))
  expect(lines.map((line) => line[3]).filter((tag) => tag !== '')).toEqual(['AT', '"', ',', 'NN'])
  expect(lines.flatMap((line) => line.slice(4, 9)).map(Number)).toEqual([...values['1.update']])
  expect(lines.flatMap((line) => line.slice(9)).map(Number)).toEqual([...values['0.hidden']])
})

test('another extension is a sentence', async () => {
  await expect(exportRecording(recording, 'a.pickle')).rejects.toThrow('Its extension is one of: .npz, .parquet, .csv, .safetensors.')
})

test('a .safetensors holds the same', async () => {
  const path = join(folder, 'recording.safetensors')
  await exportRecording(recording, path)
  const { tensors, metadata } = openTensors(sourceOf(readFileSync(path), path))
  const { values, rows } = recording.read(0, 604)
  for (const site of ['1.update', '0.hidden']) {
    expect(tensors[site].shape).toEqual([604, 5])
    expect(valuesOf(tensors[site])).toEqual(Float32Array.from(values[site]))
  }
  for (const column of ['sequence', 'position', 'token'] as const) expect([...valuesOf(tensors[column])]).toEqual([...rows[column]])
  expect(JSON.parse(metadata['vocabulary'])).toEqual(vocabulary)
  const tags = JSON.parse(metadata['tags']) as string[]
  expect([...valuesOf(tensors['tag'])].map((id) => tags[id]).filter((tag) => tag !== undefined)).toEqual(['AT', '"', ',', 'NN'])
})

test('a .parquet holds the same, a column a unit', async () => {
  const path = join(folder, 'recording.parquet')
  await exportRecording(recording, path)
  const bytes = readFileSync(path)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  const read = await parquetReadObjects({ file })
  const { values, rows } = recording.read(0, 604)
  expect(Object.keys(read[0])).toEqual(['sequence', 'position', 'token', 'tag', ...[0, 1, 2, 3, 4].map((unit) => `1.update.${unit}`), ...[0, 1, 2, 3, 4].map((unit) => `0.hidden.${unit}`)])
  expect(read.map((row) => row['token'])).toEqual(Array.from(rows.token, (token) => vocabulary[token]))
  expect(read.map((row) => row['position'])).toEqual([...rows.position])
  expect(read.map((row) => row['tag'] ?? null).filter((tag) => tag !== null)).toEqual(['AT', '"', ',', 'NN'])
  expect(read.flatMap((row) => [0, 1, 2, 3, 4].map((unit) => row[`0.hidden.${unit}`]))).toEqual([...values['0.hidden']])
})

test('a .parquet of several row groups is one table', async () => {
  const sequences = Array.from({ length: 40 }, (_, index) => ({ tokens: randomTokens(500, 9, index) }))
  const model = modelWithVocabulary('rnn tanh')
  const long = await record(model, sequences, { engine: await loadEngine({ threads: 1 }), sites: ['0.hidden'] })
  const path = join(folder, 'long.parquet')
  await exportRecording(long, path)
  const bytes = readFileSync(path)
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)
  expect((await parquetMetadataAsync(file)).row_groups.length).toBeGreaterThan(1)
  const read = await parquetReadObjects({ file, columns: ['sequence', '0.hidden.3'] })
  const { values } = long.read(0, 20_000)
  expect(read.map((row) => row['0.hidden.3'])).toEqual([...values['0.hidden']].filter((_, index) => index % 5 === 3))
  expect(read.at(-1)?.['sequence']).toBe(39)
})
