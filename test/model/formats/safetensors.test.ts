import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { UserError } from '../../../src/core/errors.ts'
import { readModel, writeModel } from '../../../src/model/formats/formats.ts'
import { encodeTensors, type Tensor } from '../../../src/model/formats/tensors.ts'
import { weightShapes } from '../../../src/model/weights.ts'
import { CELLS } from '../../engine/models.ts'
import { modelWithVocabulary } from '../../small.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'probe-model-')) })
afterAll(() => rmSync(folder, { recursive: true }))

const at = (name: string): string => join(folder, name)

test.each(CELLS)('a model (%s) that is written and read again is the same, bit for bit', (cell) => {
  for (const size of [{}, { tied: true, embedding: 5, trained: true }, { tags: 3, bidirectional: true as const, trained: true }]) {
    const model = modelWithVocabulary(cell, size)
    writeModel(at('model.safetensors'), model)
    expect(readModel(at('model.safetensors'))).toEqual(model)
  }
  expect(readdirSync(folder)).toEqual(['model.safetensors'])
})

test('the file is laid out as the safetensors format says', () => {
  const model = modelWithVocabulary('lstm')
  writeModel(at('layout.safetensors'), model)
  const file = readFileSync(at('layout.safetensors'))
  const length = Number(file.readBigUInt64LE(0))
  const text = file.toString('utf8', 8, 8 + length)
  const header = JSON.parse(text) as Record<string, { shape: number[]; data_offsets: number[] }>
  expect((8 + length) % 8).toBe(0)
  let end = 0
  for (const { name, shape } of weightShapes(model.config)) {
    const [begin, next] = header[name].data_offsets
    expect([header[name].shape, begin]).toEqual([shape, end])
    expect(file.readFloatLE(8 + length + begin)).toBe(model.weights[name][0])
    end = next
  }
  expect(8 + length + end).toBe(file.length)
})

test('a file that was cut off anywhere is refused in a sentence', () => {
  writeModel(at('whole.safetensors'), modelWithVocabulary('gru before'))
  const whole = readFileSync(at('whole.safetensors'))
  for (let length = 0; length < whole.length; length += 97) {
    writeFileSync(at('cut.safetensors'), whole.subarray(0, length))
    expect(() => readModel(at('cut.safetensors'))).toThrow(UserError)
  }
})

test('any changed byte of the header is refused, or changes the model, and is never a crash', () => {
  writeModel(at('good.safetensors'), modelWithVocabulary('rnn tanh', { layers: 1 }))
  const good = readFileSync(at('good.safetensors'))
  const end = 8 + Number(good.readBigUInt64LE(0))
  for (let index = 0; index < end; index += 3) {
    const bad = Buffer.from(good)
    bad[index] ^= 1
    writeFileSync(at('bad.safetensors'), bad)
    try {
      readModel(at('bad.safetensors'))
    } catch (error) {
      expect(error).toBeInstanceOf(UserError)
    }
  }
})

interface Change {
  config?: object
  tensor?: Tensor & { name: string }
}

/** A model file with one thing changed. */
function altered(change: Change): string {
  const { config, vocabulary, weights } = modelWithVocabulary('rnn tanh')
  const shapes = weightShapes(config)
  const tensors: Record<string, Tensor> = Object.fromEntries(
    shapes.map(({ name, shape }) => [name, { shape, values: weights[name] }]),
  )
  if (change.tensor) tensors[change.tensor.name] = change.tensor
  const metadata = { config: JSON.stringify({ ...config, ...change.config }), vocabulary: JSON.stringify(vocabulary) }
  writeFileSync(at('altered.safetensors'), Buffer.concat(encodeTensors({ tensors, metadata })))
  return at('altered.safetensors')
}

test('what does not fit is named', () => {
  const wrongShape = { name: '0.bias', shape: [4], values: new Float32Array(4) }
  const infinite = { name: '0.bias', shape: [5], values: Float32Array.of(0, 0, Infinity, 0, 0) }
  const extra = { name: '7.bias', shape: [1], values: new Float32Array(1) }
  expect(() => readModel(altered({ tensor: wrongShape }))).toThrow('has the shape [4]; its config asks for [5].')
  expect(() => readModel(altered({ tensor: infinite }))).toThrow('"0.bias" holds a value that is not a finite number.')
  expect(() => readModel(altered({ tensor: extra }))).toThrow('a tensor "7.bias", which its config has no place for.')
  expect(() => readModel(altered({ config: { layers: 3 } }))).toThrow('lacks the tensor "2.kernel" of its config.')
  expect(() => readModel(altered({ config: { units: 2 ** 31 - 1 } }))).toThrow('its config asks for')
  expect(() => readModel(altered({ config: { cell: 'ltsm' } }))).toThrow('config.cell is not what a model has')
  expect(() => readModel(altered({ config: { vocabulary: 8 } }))).toThrow('has 9 tokens; its config says 8')
})

test('a missing file and an unknown extension are sentences', () => {
  expect(() => readModel(at('nothing.safetensors'))).toThrow(/^There is no file/)
  expect(() => readModel(at('model.pt'))).toThrow('Its extension is one of: .safetensors.')
})
