import { beforeAll, expect, test } from 'vitest'
import { writeSamples, type SamplesOptions } from '../../src/analysis/samples.ts'
import { Random } from '../../src/core/random.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { record } from '../../src/recording/record.ts'
import { modelWithVocabulary } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const model = modelWithVocabulary('lstm', { trained: true })
const subject = { name: 'small', seed: 3, model }
const options: SamplesOptions = {
  length: 40, temperatures: [0.5, 1], held: [-2, 2], prompt: new Int32Array(0), random: new Random(1),
}
test('every temperature and every value at which the unit is held has a text, with what the unit did in it', async () => {
  const { text, rows } = await writeSamples(engine, subject, { unit: '0.cell.1', note: 'x' }, options)
  expect(rows.map(({ temperature, held }) => [temperature, held])).toEqual([[0.5, null], [1, null], [0.5, -2], [0.5, 2]])
  expect(text.passages).toHaveLength(4)
  expect(text.passages[2].values).toEqual(Array.from({ length: 40 }, () => -2))
  expect(text.passages[3].values).toEqual(Array.from({ length: 40 }, () => 2))

  // What was written, read again, gives the same values.
  const [free] = text.passages
  const ids = free.tokens.map((token) => (token === '\n' ? 0 : model.vocabulary.tokens.indexOf(token)))
  const recording = await record(model, [{ tokens: Int32Array.from(ids) }], { engine, sites: ['0.cell'] })
  const width = recording.widths['0.cell']
  const read = recording.read(0, 40).values['0.cell']
  expect(free.values).toEqual(ids.map((_, at) => read[at * width + 1]))
  expect(rows[0].text).toBe(free.tokens.join(' '))
})

test('the same seed writes the same text; other temperatures write other texts', async () => {
  const sampled = { unit: '0.hidden.0', note: '' }
  const [first, second] = [
    await writeSamples(engine, subject, sampled, options), await writeSamples(engine, subject, sampled, options),
  ]
  expect(second).toEqual(first)
  expect(first.rows[1].text).not.toBe(first.rows[0].text)
})
