import { beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import type { InitialState } from '../../src/recording/sequences.ts'
import { statesAfter } from '../../src/recording/states-after.ts'
import { expectClose, FORWARD } from '../engine/close.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

let engine: Engine
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

const model = modelWithVocabulary('lstm', { trained: true })
const sequences = [5, 0, 5000, 3].map((length, index) => randomTokens(length, 9, index))
const places = [
  { sequence: 3, position: 2 },
  { sequence: 2, position: 4500 }, // beyond what one run reads
  { sequence: 0, position: -1 },
  { sequence: 2, position: 0 },
  { sequence: 1, position: -1 },
  { sequence: 0, position: 3 },
]

const contexts: readonly { name: string; initial: InitialState; before: readonly number[] }[] = [
  { name: 'nothing', initial: 'zeros', before: [] },
  { name: 'the end of a sentence', initial: 'end-of-sentence', before: [0] },
  { name: 'a context', initial: { context: Int32Array.of(3, 1, 2) }, before: [3, 1, 2] },
]
test.each(contexts)('states are those of a run up to the place, after $name', async ({ initial, before }) => {
  const states = await statesAfter(engine, model, sequences, places, { initial })
  expect(Object.keys(states)).toEqual(['0.hidden', '0.cell', '1.hidden', '1.cell'])
  places.forEach(({ sequence, position }, place) => {
    const tokens = [...before, ...sequences[sequence].subarray(0, position + 1)]
    for (const [name, values] of Object.entries(states)) {
      const [layer, quantity] = name.split('.')
      const expected =
        tokens.length === 0
          ? model.weights[`${layer}.initial${quantity === 'cell' ? 'Cell' : 'Hidden'}`]
          : engine.run(model, { tokens: Int32Array.from(tokens), rows: 1, steps: tokens.length }).state[name]
      expectClose(values.subarray(place * 5, (place + 1) * 5), expected, FORWARD, `${name} at place ${place}`)
    }
  })
})
