import { describe, expect, test } from 'vitest'
import { Random } from '../../src/core/random.ts'
import { loadEngine } from '../../src/engine/load.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { DEFAULT_INITIALIZATION, type ModelConfig } from '../../src/model/config.ts'
import type { Edit } from '../../src/model/edits.ts'
import type { Model } from '../../src/model/model.ts'
import { viewWeights } from '../../src/model/weights.ts'
import type { InitialState } from '../../src/recording/sequences.ts'
import { marginsOfVariants } from '../../src/tasks/margins.ts'
import { encodeChoices } from '../../src/tasks/score-items.ts'
import { plantedItems, vocabulary } from '../analysis/planted.ts'

const engine = await loadEngine()
const choices = encodeChoices([...plantedItems(4), { prefix: ['near'], right: 'verb1S', wrong: 'verb1P' }], vocabulary)

const common = {
  layers: 3, units: 8, embedding: 5, vocabulary: vocabulary.tokens.length, tied: false, dropout: 0,
  initialState: 'trained', initialization: DEFAULT_INITIALIZATION,
} as const
const CONFIGS: readonly ModelConfig[] = [
  { ...common, cell: 'lstm', forgetBias: 1 },
  { ...common, cell: 'lstm', forgetBias: 1, embedding: 8, tied: true, initialState: 'zeros' },
  { ...common, cell: 'gru', reset: 'before' },
  { ...common, cell: 'gru', reset: 'after' },
  { ...common, cell: 'rnn', activation: 'tanh' },
]

function modelOf(config: ModelConfig): Model {
  const weights = viewWeights(config)
  const random = new Random('upper layers')
  for (const values of Object.values(weights)) for (let place = 0; place < values.length; place++) values[place] = 0.6 * random.normal()
  return { config, vocabulary, weights }
}

/** The engine, and the layers of every model that it runs. */
function watched(): { readonly engine: Engine; readonly layers: number[] } {
  const layers: number[] = []
  const run: Engine['run'] = (model, batch, options) => {
    layers.push(model.config.layers)
    return engine.run(model, batch, options)
  }
  return { engine: { ...engine, run }, layers }
}

const variants: readonly (readonly Edit[])[] = [
  [], [{ unit: '2.hidden.3', set: 0 }], [{ unit: '1.hidden.2', scale: -1 }, { unit: '2.hidden.0', add: 0.5 }],
  [{ unit: '1.hidden.5', set: 0.4, steps: [0, 2] }], [{ unit: '1.hidden.1', set: 0, readers: ['above'] }],
]
const STATES: readonly InitialState[] = ['zeros', 'end-of-sentence', { context: Int32Array.of(4, 3, 2) }]

describe.each(CONFIGS)('variants of the upper layers of $cell, tied $tied', (config) => {
  const model = modelOf(config)

  test.each(STATES)('have the margins that each has alone, after %o', async (initial) => {
    const alone = await Promise.all(variants.map((edits) => marginsOfVariants(engine, model, choices, [edits], { initial })))
    for (const rowsPerRun of [5, 4096]) {
      const { engine: counted, layers } = watched()
      const together = await marginsOfVariants(counted, model, choices, variants, { initial, rowsPerRun })
      // a sum of the same numbers: equal to the last bit
      expect([...together]).toEqual(alone.flatMap((margins) => [...margins]))
      expect(new Set(layers)).toEqual(new Set([3, 2]))
      expect(layers.lastIndexOf(3)).toBeLessThan(layers.indexOf(2))
    }
  })

  test('are computed in whole where one of them changes the lowest layer', async () => {
    const { engine: counted, layers } = watched()
    await marginsOfVariants(counted, model, choices, [...variants, [{ unit: '0.hidden.0', set: 0 }]])
    expect(new Set(layers)).toEqual(new Set([3]))
  })
})
