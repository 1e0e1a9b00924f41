// Gradients beside finite differences of the reference, and training beside the equations of the optimisers.

import { expect, test } from 'vitest'
import type { Engine, TrainerOptions } from '../../../src/engine/engine.ts'
import { applyUpdate, momentCount, type OptimizerConfig } from '../../../src/engine/optimizer.ts'
import { flattenWeights, viewWeights, weightShapes } from '../../../src/model/weights.ts'
import { expectClose, FORWARD, GRADIENT } from '../close.ts'
import { BOTH, CELLS, longestFirst, paddedBatch, SMALL, smallBatch, smallModel, smallSentences } from '../models.ts'
import type { Cell, Size, SmallModel } from '../models.ts'
import { finiteDifferences, referenceLoss, referenceRun, type ReferenceResult } from '../reference.ts'

export function testGradients(cell: Cell, engine: () => Engine): void {
  // where a row ends early its targets are −1, so that what follows counts for nothing
  const sizes: readonly { size: Size; ragged: boolean | 'falling'; loss: TrainerOptions['loss'] }[] = [
    { size: { layers: 2, units: 3, embedding: 4, vocabulary: 5 }, ragged: false, loss: 'mean' },
    { size: { layers: 1, units: 5, embedding: 5, vocabulary: 7, tied: true }, ragged: 'falling', loss: 'sum' },
    { size: { layers: 2, units: 17, embedding: 9, vocabulary: 33, trained: true }, ragged: 'falling', loss: 'sum' },
    { size: { ...BOTH, trained: true }, ragged: 'falling', loss: 'sum' },
    { size: { ...BOTH, layers: 1 }, ragged: false, loss: 'mean' },
    { size: { layers: 3, units: 3, embedding: 4, vocabulary: 6, skip: true }, ragged: false, loss: 'sum' },
    { size: { ...BOTH, layers: 3, skip: true }, ragged: 'falling', loss: 'mean' },
    { size: { layers: 1, units: 17, embedding: 9, vocabulary: 33, tags: 35 }, ragged: 'falling', loss: 'sum' },
  ]
  test.each(sizes)('differentiates $size as finite differences do', ({ size, ragged, loss }) => {
    const model = smallModel(cell, size, 3)
    const batch = { ...smallBatch(model, 3, 4, { ragged, seed: 3 }), carry: false }
    const scale = loss === 'mean' ? 1 / batch.targets.filter((target) => target >= 0).length : 1
    const result = engine().gradients(model, batch, loss)
    const expected = referenceLoss(model.config, model.weights, batch) * scale
    expectClose([result.loss], [expected], FORWARD, 'loss')
    expect(Object.keys(result.gradients)).toEqual(Object.keys(model.weights))
    for (const [name, gradient] of Object.entries(result.gradients)) {
      const coordinates = spread(gradient.length, 24)
      const slopes = finiteDifferences(model.config, model.weights, batch, name, coordinates)
      const ours = coordinates.map((coordinate) => gradient[coordinate])
      expectClose(ours, slopes.map((slope) => slope * scale), GRADIENT, name)
    }
  })
}

/** At most `count` places spread over `length`. */
function spread(length: number, count: number): number[] {
  const stride = Math.max(1, length / count)
  return Array.from({ length: Math.min(length, count) }, (_, index) => Math.floor(index * stride))
}

export function testTraining(engine: () => Engine): void {
  // a large epsilon, because a gradient near zero divided by its own size would turn rounding errors into whole steps
  const optimizers: readonly OptimizerConfig[] = [
    { name: 'sgd', momentum: 0 },
    { name: 'sgd', momentum: 0.9 },
    { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-3 },
    { name: 'rmsprop', decay: 0.95, epsilon: 1e-3 },
  ]
  const learningRate = 0.05

  test.each(optimizers)('trains by $name as its equations say, clipping and carrying the state', (optimizer) => {
    const model = smallModel('lstm', { layers: 1, units: 3, embedding: 3, vocabulary: 5, trained: true }, 5)
    const options: TrainerOptions = { optimizer, clip: 0.3, loss: 'mean', seed: 1 }
    const trainer = engine().trainer(model, options)
    const reference = referenceTrainer(model, options)
    for (let update = 0; update < 4; update++) {
      const batch = { ...smallBatch(model, 2, 4, { seed: update }), carry: update % 3 !== 0 }
      const ours = trainer.update(batch, learningRate)
      const expected = reference.update(batch, learningRate)
      expect(ours.targets).toBe(expected.targets)
      expectClose([ours.loss], [expected.loss], FORWARD, 'loss')
      expectClose([ours.gradientNorm], [expected.gradientNorm], GRADIENT, 'norm')
    }
    const before = flattenWeights(model.config, model.weights)
    const moved = (weights: Float32Array) => weights.map((value, index) => value - before[index])
    const ours = moved(flattenWeights(model.config, trainer.weights))
    expectClose(ours, moved(reference.weights), GRADIENT, 'change of the weights')
  })

  test.each(CELLS)('carries the state of %s cells from one batch to the next', (cell) => {
    const model = smallModel(cell, { ...SMALL, trained: true })
    const trainer = engine().trainer(model, { optimizer: optimizers[0], clip: null, loss: 'sum', seed: 1 })
    const [first, second] = [1, 2].map((seed) => smallBatch(model, 3, 4, { seed }))
    trainer.update({ ...first, carry: false }, 0)
    const { state } = referenceRun(model.config, model.weights, first)
    const expected = referenceLoss(model.config, model.weights, second, state)
    expectClose([trainer.update({ ...second, carry: true }, 0).loss], [expected], FORWARD, 'loss')
  })

  test('a batch of other rows starts from the initial state, even where it would carry on', () => {
    const model = smallModel('gru before', { ...SMALL, trained: true })
    const options: TrainerOptions = { optimizer: optimizers[0], clip: null, loss: 'sum', seed: 1 }
    const carrying = engine().trainer(model, options)
    carrying.update({ ...smallBatch(model, 2, 3), carry: false }, 0)
    const other = smallBatch(model, 3, 3)
    const expected = engine().trainer(model, options).update({ ...other, carry: false }, 0)
    expect(carrying.update({ ...other, carry: true }, 0)).toEqual(expected)
  })

  test('training leaves the given weights alone', () => {
    const model = smallModel('gru after', SMALL)
    const before = flattenWeights(model.config, model.weights).slice()
    const trainer = engine().trainer(model, { optimizer: optimizers[0], clip: null, loss: 'sum', seed: 1 })
    trainer.update({ ...smallBatch(model, 2, 3), carry: false }, learningRate)
    expect(flattenWeights(model.config, model.weights)).toEqual(before)
    expect(flattenWeights(model.config, trainer.weights)).not.toEqual(before)
  })

  test('differentiates a batch of a single step', () => {
    const model = smallModel('lstm', SMALL)
    const batch = { ...smallBatch(model, 2, 1), carry: false }
    const { gradients } = engine().gradients(model, batch, 'sum')
    const coordinates = [...gradients.embedding.keys()]
    const slopes = finiteDifferences(model.config, model.weights, batch, 'embedding', coordinates)
    expectClose(gradients.embedding, slopes, GRADIENT, 'embedding')
  })

  test('a batch without targets moves nothing', () => {
    const model = smallModel('rnn tanh', SMALL)
    const trainer = engine().trainer(model, { optimizer: optimizers[0], clip: 1, loss: 'mean', seed: 1 })
    const batch = smallBatch(model, 2, 3)
    const update = trainer.update({ ...batch, targets: batch.targets.map(() => -1), carry: false }, learningRate)
    expect(update).toEqual({ loss: 0, targets: 0, gradientNorm: 0 })
    expect(flattenWeights(model.config, trainer.weights)).toEqual(flattenWeights(model.config, model.weights))
  })

  test.each(optimizers)('a trainer restored from a snapshot of $name goes on as the first one did', (optimizer) => {
    const model = smallModel('lstm', SMALL)
    const options: TrainerOptions = { optimizer, clip: 1, loss: 'mean', seed: 1 }
    const batches = [0, 1, 2, 3].map((seed) => ({ ...smallBatch(model, 2, 3, { seed }), carry: true }))
    const first = engine().trainer(model, options)
    batches.slice(0, 2).forEach((batch) => first.update(batch, learningRate))
    const snapshot = first.snapshot()
    expect(snapshot.updates).toBe(2)
    const second = engine().trainer(smallModel('lstm', SMALL, 99), options)
    second.restore(snapshot)
    for (const batch of batches.slice(2)) {
      expect(second.update(batch, learningRate)).toEqual(first.update(batch, learningRate))
    }
    expect(second.snapshot()).toEqual(first.snapshot())
  })

  const small: Size = { layers: 1, units: 3, embedding: 3, vocabulary: 5, trained: true }
  const drawers = CELLS.flatMap((cell) => [{ cell, size: small }, { cell, size: { ...small, bidirectional: true, tags: 4 } as const }])
  test.each(drawers)('trains $cell cells on drawn sentences as the equations say: $size', ({ cell, size }) => {
    const model = smallModel(cell, size, 5)
    const options: TrainerOptions = { optimizer: optimizers[1], clip: 0.3, loss: 'mean', seed: 1 }
    const { sentences, draws } = smallSentences(model, 3, 3, 4)
    const rates = [0.05, 0.02, 0.1]
    const reference = referenceTrainer(model, options)
    const expected = rates.map((rate, index) => {
      const batch = paddedBatch(sentences, [...draws.subarray(3 * index, 3 * index + 3)])
      return reference.update(batch, rate)
    })
    const trainer = engine().trainer(model, options)
    const ours = trainer.updateOn(sentences, draws, rates)
    expect(ours.map(({ targets }) => targets)).toEqual(expected.map(({ targets }) => targets))
    expectClose(ours.map(({ loss }) => loss), expected.map(({ loss }) => loss), FORWARD, 'losses')
    const norms = (updates: typeof ours) => updates.map(({ gradientNorm }) => gradientNorm)
    expectClose(norms(ours), norms(expected), GRADIENT, 'norms')
    const before = flattenWeights(model.config, model.weights)
    const moved = (weights: Float32Array) => weights.map((value, index) => value - before[index])
    const trained = flattenWeights(model.config, trainer.weights)
    expectClose(moved(trained), moved(reference.weights), GRADIENT, 'change of the weights')
  })

  // what stands beyond a sentence's end has no target: its gradient is exactly 0, and adding that changes no sum
  const movers = CELLS.flatMap((cell) => [{ cell, size: SMALL }, { cell, size: BOTH }])
  test.each(movers)('drawn sentences move $cell cells exactly as padded batches do, longest first: $size', ({ cell, size }) => {
    const model = smallModel(cell, { ...size, trained: true })
    const options: TrainerOptions = { optimizer: optimizers[2], clip: 1, loss: 'sum', seed: 1 }
    const { sentences, draws } = smallSentences(model, 4, 5)
    const rates = Float32Array.of(0.05, 0.04, 0.03, 0.02, 0.01)
    const [drawing, padding] = [0, 1].map(() => engine().trainer(model, options))
    const reports = [...rates].map((rate, index) => {
      const numbers = longestFirst(sentences, draws.subarray(4 * index, 4 * index + 4))
      const { lengths, ...padded } = paddedBatch(sentences, numbers)
      return padding.update(size.bidirectional ? { ...padded, lengths } : padded, rate)
    })
    expect(drawing.updateOn(sentences, draws, rates)).toEqual(reports)
    const [ours, { updates, arrays }] = [drawing.snapshot(), padding.snapshot()]
    expect(ours).toEqual({ updates, arrays: { ...arrays, state: new Float32Array(0) } })
  })

  test('updates on drawn sentences go on from call to call, and from a snapshot', () => {
    const model = smallModel('lstm', SMALL)
    const options: TrainerOptions = { optimizer: optimizers[2], clip: 1, loss: 'mean', seed: 1 }
    const { sentences, draws } = smallSentences(model, 2, 6)
    const rates = new Float32Array(6).fill(learningRate)
    const whole = engine().trainer(model, options)
    const reports = whole.updateOn(sentences, draws, rates)
    const first = engine().trainer(model, options)
    const begun = first.updateOn(sentences, draws.subarray(0, 4), rates.subarray(0, 2))
    const second = engine().trainer(smallModel('lstm', SMALL, 99), options)
    second.restore(first.snapshot())
    const rest = second.updateOn(sentences, draws.subarray(4), rates.subarray(2))
    expect([...begun, ...rest]).toEqual(reports)
    expect(second.snapshot()).toEqual(whole.snapshot())
  })

  test('drawn sentences leave no state to carry', () => {
    const model = smallModel('gru before', SMALL)
    const options: TrainerOptions = { optimizer: optimizers[0], clip: null, loss: 'sum', seed: 1 }
    const { sentences, draws } = smallSentences(model, 2, 1)
    const trainer = engine().trainer(model, options)
    const batch = smallBatch(model, 2, 3)
    const fromTheStart = trainer.update({ ...batch, carry: false }, 0)
    trainer.updateOn(sentences, draws, [0])
    expect(trainer.update({ ...batch, carry: true }, 0)).toEqual(fromTheStart)
  })

  test('refuses a snapshot of another model', () => {
    const options: TrainerOptions = { optimizer: optimizers[2], clip: null, loss: 'mean', seed: 1 }
    const snapshot = engine().trainer(smallModel('lstm', SMALL), options).snapshot()
    const other = engine().trainer(smallModel('lstm', { ...SMALL, units: 9 }), options)
    expect(() => other.restore(snapshot)).toThrow()
  })
}

/** Training by finite differences and the equations of engine/optimizer.ts. */
function referenceTrainer({ config, weights }: SmallModel, options: TrainerOptions) {
  const flat = flattenWeights(config, weights).slice()
  const live = viewWeights(config, flat)
  const moments = Array.from({ length: momentCount(options.optimizer) }, () => new Float32Array(flat.length))
  let state: ReferenceResult['state'] | undefined
  let updates = 0
  return {
    weights: flat,
    update(batch: ReturnType<typeof smallBatch> & { readonly carry: boolean }, learningRate: number) {
      const from = batch.carry ? state : undefined
      const targets = batch.targets.filter((target) => target >= 0).length
      const loss = referenceLoss(config, live, batch, from)
      const gradient = weightShapes(config)
        .flatMap(({ name }) => finiteDifferences(config, live, batch, name, [...live[name].keys()], from))
        .map((slope) => slope / targets)
      const gradientNorm = Math.hypot(...gradient)
      const kept = Math.min(1, (options.clip ?? Infinity) / gradientNorm)
      state = referenceRun(config, live, batch, { state: from }).state
      updates += 1
      const clipped = Float32Array.from(gradient, (slope) => slope * kept)
      applyUpdate(options.optimizer, flat, clipped, moments, updates, learningRate)
      return { loss, targets, gradientNorm }
    },
  }
}
