// What only the native engine promises: the same bytes with any number of threads and any set of instructions, dropout
// that is keyed and fair, and kernels that in 64 bits agree with finite differences far beyond what 32 bits could show.

import { afterEach, describe, expect, test, vi } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import type { Engine, Trainer, TrainerOptions } from '../../src/engine/engine.ts'
import {
  createNativeEngine,
  gradientsInDouble,
  nativeCapabilities,
  nativeProblem,
} from '../../src/engine/native/engine.ts'
import type { Edit } from '../../src/model/edits.ts'
import { layerName, layersOf, siteName, sitesOf } from '../../src/model/sites.ts'
import { countParameters, viewWeights } from '../../src/model/weights.ts'
import { expectClose } from './close.ts'
import { askEverything, expectSame } from './conformance/everything.ts'
import { digests } from './digests.ts'
import { BOTH, CELLS, longestFirst, paddedBatch, smallBatch, smallModel, smallSentences } from './models.ts'
import type { Size, SmallModel } from './models.ts'
import { finiteDifferences, referenceRun } from './reference.ts'

const problem = nativeProblem()
const instructionSets = problem === null ? nativeCapabilities().instructionSets : []

/** Widths that no vector divides, and with `ROWS` enough work that two threads share it. */
const UNEVEN: Size = { layers: 2, units: 53, embedding: 53, vocabulary: 533, tied: true, trained: true }
const UNEVEN_BOTH: Size = { layers: 2, units: 37, embedding: 41, vocabulary: 213, tags: 39, trained: true, bidirectional: true, skip: true }
const ROWS = 67

describe.skipIf(problem !== null)(`the native engine${problem === null ? '' : ` is not here: ${problem}`}`, () => {
  afterEach(() => void vi.unstubAllEnvs())

  const both = CELLS.flatMap((cell) => [{ cell, size: UNEVEN }, { cell, size: UNEVEN_BOTH }])
  describe.each(both)('gives the same bytes for $cell cells of $size', ({ cell, size }) => {
    const model = smallModel(cell, size)

    test('with one thread and two, and with every set of instructions, in a run', () => {
      const [first, ...others] = everyEngine().map((engine) => runEverything(engine, model))
      for (const other of others) expect(other).toEqual(first)
    })

    test('with one thread and two, and with every set of instructions, in training with dropout', () => {
      const dropping = { ...model, config: { ...model.config, dropout: 0.3 } }
      const [first, ...others] = everyEngine().map((engine) => train(engine.trainer(dropping, ADAM), dropping, 0, 3))
      for (const other of others) expect(other).toEqual(first)
    })

    test('with one thread and two, and with every set of instructions, on drawn sentences with dropout', () => {
      const dropping = { ...model, config: { ...model.config, dropout: 0.3 } }
      const { sentences, draws } = smallSentences(dropping, ROWS, 3, 5)
      const [first, ...others] = everyEngine().map((engine) => {
        const trainer = engine.trainer(dropping, ADAM)
        const updates = trainer.updateOn(sentences, draws, [0.01, 0.01, 0.01])
        return { updates, ...digests(trainer.snapshot().arrays) }
      })
      for (const other of others) expect(other).toEqual(first)
    })
  })

  test.each(both)('drops the same values of $cell cells on drawn sentences as on padded batches: $size', ({ cell, size }) => {
    const model = smallModel(cell, { ...size, dropout: 0.3 })
    const { sentences, draws } = smallSentences(model, 8, 3)
    const [drawing, padding] = [0, 1].map(() => createNativeEngine().trainer(model, ADAM))
    const reports = [0, 1, 2].map((index) => {
      const numbers = longestFirst(sentences, draws.subarray(8 * index, 8 * index + 8))
      const { lengths, ...padded } = paddedBatch(sentences, numbers)
      return padding.update(size.bidirectional ? { ...padded, lengths } : padded, 0.01)
    })
    expect(drawing.updateOn(sentences, draws, [0.01, 0.01, 0.01])).toEqual(reports)
    expect(drawing.weights).toEqual(padding.weights)
  })

  /** Both shapes are cut into blocks of rows, of steps and of decoded positions. */
  const blocks = [{ rows: 515, steps: 6 }, { rows: 2, steps: 1030 }]
  describe.each(blocks)('computes $rows rows of $steps steps', ({ rows, steps }) => {
    const sizes: readonly Size[] = [
      { layers: 2, units: 3, embedding: 3, vocabulary: 5, trained: true },
      { layers: 2, units: 2, embedding: 3, vocabulary: 5, tags: 5, trained: true, bidirectional: true },
    ]
    const cells = sizes.flatMap((size) => CELLS.map((cell) => ({ cell, size })))
    test.each(cells)('in blocks as the reference does in one, with $cell cells of $size', ({ cell, size }) => {
      const model = smallModel(cell, size, 7)
      const [first, top] = [layersOf(model.config)[0], layersOf(model.config).at(-1)!].map(layerName)
      const batch = smallBatch(model, rows, steps, { ragged: true })
      const ends = { rows: [0, rows - 1], steps: [0, steps - 1] }
      const edits: readonly Edit[] = [
        { unit: `${first}.hidden.1`, set: Float32Array.of(0.1, 0.2, 0.3, 0.4), ...ends },
        { unit: `${top}.hidden.0`, add: 0.5, readers: ['decoder'] },
        { unit: 'embedding.2', scale: 2, rows: [rows - 1] },
      ]
      const options = { ...askEverything(model, batch), edits }
      const expected = referenceRun(model.config, model.weights, batch, options)
      expectSame(createNativeEngine().run(model, batch, options), expected, batch)
    })
  })

  test('training with dropout goes on from a snapshot as if it had never stopped', () => {
    const model = smallModel('lstm', { ...UNEVEN, dropout: 0.3 })
    const whole = train(createNativeEngine().trainer(model, ADAM), model, 0, 4)
    const begun = createNativeEngine().trainer(model, ADAM)
    train(begun, model, 0, 2)
    const resumed = createNativeEngine().trainer(smallModel('lstm', { ...UNEVEN, dropout: 0.3 }, 9), ADAM)
    resumed.restore(begun.snapshot())
    expect(train(resumed, model, 2, 4)).toEqual(whole)
  })

  test('takes a row among a quarter of a million tokens as it takes the row alone, to the bit', () => {
    const model = smallModel('rnn tanh', { layers: 2, units: 1, embedding: 1, vocabulary: 2 })
    const [rows, steps] = [512, 512]
    const alone = { ...smallBatch(model, 1, steps), carry: false }
    const tokens = new Int32Array(rows * steps).fill(alone.tokens[0]) // the tokens appear in the same order
    const targets = new Int32Array(rows * steps).fill(-1)
    tokens.set(alone.tokens, (rows - 1) * steps)
    targets.set(alone.targets, (rows - 1) * steps)
    const engine = createNativeEngine()
    const crowd = { tokens, targets, rows, steps, carry: false }
    expect(engine.gradients(model, crowd, 'sum')).toEqual(engine.gradients(model, alone, 'sum'))
  })

  test('PROBE_SIMD chooses the instructions, and an unknown one is refused in a sentence', () => {
    vi.stubEnv('PROBE_SIMD', 'portable')
    expect(() => createNativeEngine()).not.toThrow()
    vi.stubEnv('PROBE_SIMD', 'mmx')
    expect(() => createNativeEngine()).toThrow(UserError)
    expect(() => createNativeEngine()).toThrow('It can be: ')
  })

  const sizes: readonly { readonly size: Size; readonly ragged: false | 'falling' }[] = [
    { size: { layers: 2, units: 5, embedding: 4, vocabulary: 6, trained: true }, ragged: false },
    { size: { ...BOTH, tags: 7, trained: true }, ragged: 'falling' },
  ]
  const differentiated = sizes.flatMap((given) => CELLS.map((cell) => ({ cell, ...given })))
  test.each(differentiated)('differentiates $cell cells of $size in 64 bits as finite differences do, to six digits', (given) => {
    const model = smallModel(given.cell, given.size, 6)
    const batch = { ...smallBatch(model, 3, 5, { ragged: given.ragged, seed: 6 }), carry: false }
    const flat = Float64Array.from(Object.values(model.weights).flatMap((values) => [...values]))
    const gradients = new Float64Array(countParameters(model.config))
    gradientsInDouble(model.config, flat, batch, 'sum', gradients)
    let offset = 0
    for (const [name, { length }] of Object.entries(model.weights)) {
      const slopes = finiteDifferences(model.config, model.weights, batch, name, [...Array(length).keys()])
      expectClose(gradients.subarray(offset, offset + length), slopes, 1e-6, name)
      offset += length
    }
  })

  describe('dropout', () => {
    const RATE = 0.3
    const size: Size = { layers: 2, units: 40, embedding: 50, vocabulary: 5, dropout: RATE }
    const model = smallModel('lstm', size)
    const masks = problem === null ? dropoutMasks(model, 60, 1) : { embedding: [], between: [], decoder: [] }

    test('drops each value with its probability, at the embedding, between layers and before the decoder', () => {
      for (const [place, values] of Object.entries(masks)) {
        const dropped = values.flat().filter((value) => value === 0).length / values.flat().length
        const standardError = Math.sqrt((RATE * (1 - RATE)) / values.flat().length)
        expect(Math.abs(dropped - RATE), place).toBeLessThan(4 * standardError)
      }
    })

    test('keeps the expectation: what is not dropped grows by 1 / (1 − p)', () => {
      const token = 2
      const embedding = model.weights.embedding.subarray(token * size.embedding, (token + 1) * size.embedding)
      for (const values of masks.embedding) {
        const kept = embedding.map((value, unit) => (values[unit] === 0 ? 0 : value / (1 - RATE)))
        expectClose(values, kept, 1e-4, 'embedding')
      }
    })

    test('draws anew for each update, place and seed', () => {
      const pattern = (values: readonly number[]) => values.map((value) => (value === 0 ? '0' : '1')).join('')
      const patterns = Object.values(masks).flatMap((values) => values.map(pattern))
      expect(new Set(patterns).size).toBe(patterns.length)
      const others = dropoutMasks(model, 60, 2)
      expect(others.decoder.map(pattern)).not.toEqual(masks.decoder.map(pattern))
      expect(dropoutMasks(model, 60, 1)).toEqual(masks)
    })

    test('plays no part in a run or in a gradient', () => {
      const engine = createNativeEngine()
      const plain = { ...model, config: { ...model.config, dropout: 0 } }
      const batch = { ...smallBatch(model, 2, 3), carry: false }
      expect(runEverything(engine, model)).toEqual(runEverything(engine, plain))
      expect(engine.gradients(model, batch, 'mean')).toEqual(engine.gradients(plain, batch, 'mean'))
    })
  })
})

const ADAM: TrainerOptions = {
  optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  clip: 1,
  loss: 'mean',
  seed: 4,
}

/** Every set of instructions that this machine has, with one thread and with two. */
function everyEngine(): Engine[] {
  const choices = instructionSets.flatMap((instructionSet) => [1, 2].map((threads) => ({ instructionSet, threads })))
  return choices.map(createNativeEngine)
}

function runEverything(engine: Engine, model: SmallModel) {
  const batch = smallBatch(model, ROWS, 4, { ragged: true })
  const [first, top] = [layersOf(model.config)[0], layersOf(model.config).at(-1)!].map(layerName)
  const { recorded, ...answers } = engine.run(model, batch, {
    record: sitesOf(model.config).map(siteName),
    edits: [{ unit: `${first}.hidden.3`, scale: 2 }, { unit: `${top}.hidden.36`, round: 'float16', rows: [2, 18] }],
    targets: batch.targets,
    logitsAt: Int32Array.of(0, 7),
    candidates: { positions: Int32Array.of(3, 11), tokens: Int32Array.of(1, 2, 3, 4), width: 2 },
  })
  const within = (position: number) => position % batch.steps < batch.lengths![Math.floor(position / batch.steps)]
  const meaningful = Object.entries(recorded).map(([site, values]) => {
    const width = values.length / batch.tokens.length
    return [site, values.filter((_, index) => within(Math.floor(index / width)))]
  })
  return digests({ ...answers, ...answers.state, ...Object.fromEntries(meaningful) })
}

/** Updates number `from` to `to`, each on its own batch; what the last one reported, and the snapshot's digests. */
function train(trainer: Trainer, model: SmallModel, from: number, to: number) {
  let update
  for (let index = from; index < to; index++) {
    const carry = index > 0 && !model.config.bidirectional
    update = trainer.update({ ...smallBatch(model, ROWS, 3, { seed: index }), carry }, 0.01)
  }
  return { update, ...digests(trainer.snapshot().arrays) }
}

/**
 * What reaches a matrix in training, with zeros where it was dropped, once for each of `updates` updates. For one token
 * the gradient of a matrix is the product of its input and the gradient of its bias, so that their ratio is the input.
 * The gradient is read from a momentum that forgets all but the last one; a learning rate of 0 keeps the weights.
 */
function dropoutMasks({ config, weights }: SmallModel, updates: number, seed: number) {
  const optimizer = { name: 'sgd', momentum: 1e-30 } as const
  const trainer = createNativeEngine().trainer({ config, weights }, { optimizer, clip: null, loss: 'sum', seed })
  const batch = { tokens: Int32Array.of(2), targets: Int32Array.of(1), rows: 1, steps: 1, carry: false }
  const masks = { embedding: [] as number[][], between: [] as number[][], decoder: [] as number[][] }
  for (let update = 0; update < updates; update++) {
    trainer.update(batch, 0)
    const gradients = viewWeights(config, trainer.snapshot().arrays['moment0'].slice())
    const inputsOf = (matrix: string, bias: string): number[] => {
      const [product, slope] = [gradients[matrix], gradients[bias]]
      const column = slope.reduce((best, value, index) => (Math.abs(value) > Math.abs(slope[best]) ? index : best), 0)
      const rows = Array.from({ length: product.length / slope.length }, (_, row) => row)
      const transposed = matrix === 'decoder' // [vocabulary, units]
      return rows.map((row) => {
        const ratio = product[transposed ? column * rows.length + row : row * slope.length + column] / slope[column]
        return Math.abs(ratio) < 1e-20 ? 0 : ratio
      })
    }
    masks.embedding.push(inputsOf('0.kernel', '0.bias'))
    masks.between.push(inputsOf('1.kernel', '1.bias'))
    masks.decoder.push(inputsOf('decoder', 'decoderBias'))
  }
  return masks
}
