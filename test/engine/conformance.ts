// What every engine must do. The suite runs over each implementation, beside a reference in 64-bit floats that is written
// straight from the equations (reference.ts), and states the laws that hold whatever the numbers are.

import { beforeAll, describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import type { Batch, Engine, RunOptions, RunResult, TrainerOptions } from '../../src/engine/engine.ts'
import { applyUpdate, momentCount, type OptimizerConfig } from '../../src/engine/optimizer.ts'
import { GATES } from '../../src/model/config.ts'
import type { Change, Edit } from '../../src/model/edits.ts'
import { siteName, sitesOf } from '../../src/model/sites.ts'
import { flattenWeights, viewWeights, weightShapes } from '../../src/model/weights.ts'
import { expectClose, FORWARD, GRADIENT } from './close.ts'
import { CELLS, smallBatch, smallModel, type Cell, type Size, type SmallModel } from './models.ts'
import { finiteDifferences, referenceLoss, referenceRun, type ReferenceResult } from './reference.ts'

/** Sizes around the widths of vectors (1, 4, 8, 16) and one more; tied and not; zero and trained initial states. */
const SIZES: readonly { readonly size: Size; readonly rows: number; readonly steps: number }[] = [
  { size: { layers: 1, units: 1, embedding: 2, vocabulary: 5 }, rows: 1, steps: 4 },
  { size: { layers: 2, units: 7, embedding: 7, vocabulary: 5, tied: true, trained: true }, rows: 3, steps: 5 },
  { size: { layers: 1, units: 16, embedding: 5, vocabulary: 33 }, rows: 17, steps: 3 },
  { size: { layers: 3, units: 17, embedding: 17, vocabulary: 33, tied: true }, rows: 3, steps: 4 },
  { size: { layers: 2, units: 37, embedding: 9, vocabulary: 33, trained: true }, rows: 3, steps: 3 },
  { size: { layers: 4, units: 9, embedding: 3, vocabulary: 7 }, rows: 40, steps: 2 },
  { size: { layers: 1, units: 70, embedding: 33, vocabulary: 300 }, rows: 5, steps: 2 },
]

const SMALL: Size = { layers: 2, units: 7, embedding: 8, vocabulary: 5 }

export function testEngine(name: string, makeEngine: () => Promise<Engine>): void {
  describe(`the ${name} engine`, () => {
    let engine: Engine
    beforeAll(async () => {
      engine = await makeEngine()
    })
    const current = (): Engine => engine

    describe.each(CELLS)('with %s cells', (cell) => {
      testForward(cell, current)
      testState(cell, current)
      testEdits(cell, current)
      testGradients(cell, current)
    })
    testIdentities(current)
    testTraining(current)
    testMistakes(current)
  })
}

function testForward(cell: Cell, engine: () => Engine): void {
  test.each(SIZES)('computes every value of $size for $rows rows', ({ size, rows, steps }) => {
    const model = smallModel(cell, size)
    const batch = smallBatch(model, rows, steps, { ragged: true })
    const options = askEverything(model, batch)
    expectSame(engine().run(model, batch, options), referenceRun(model.config, model.weights, batch, options), batch)
  })

  test('recording a site changes no other number', () => {
    const model = smallModel(cell, SMALL)
    const batch = smallBatch(model, 3, 5)
    const everything = askEverything(model, batch)
    const recorded = engine().run(model, batch, everything)
    const plain = engine().run(model, batch, { ...everything, record: [] })
    expect(plain.recorded).toEqual({})
    expect(recorded.logits).toEqual(plain.logits)
    expect(recorded.logProbabilities).toEqual(plain.logProbabilities)
    expect(recorded.candidateLogits).toEqual(plain.candidateLogits)
    expect(recorded.state).toEqual(plain.state)
  })

  test('answers nothing that was not asked', () => {
    const model = smallModel(cell, SMALL)
    const { recorded, logProbabilities, candidateLogits, logits } = engine().run(model, smallBatch(model, 1, 2))
    expect({ recorded, logProbabilities, candidateLogits, logits }).toEqual({ recorded: {} })
  })

  test('gives each row the numbers that it gets alone', () => {
    const model = smallModel(cell, SMALL)
    const batch = smallBatch(model, 3, 4)
    const together = engine().run(model, batch, { targets: batch.targets })
    for (let row = 0; row < batch.rows; row++) {
      const own = (matrix: Int32Array) => matrix.slice(row * batch.steps, (row + 1) * batch.steps)
      const targets = own(batch.targets)
      const alone = engine().run(model, { tokens: own(batch.tokens), rows: 1, steps: batch.steps }, { targets })
      const expected = together.logProbabilities!.subarray(row * batch.steps, (row + 1) * batch.steps)
      expectClose(alone.logProbabilities!, expected, FORWARD, `row ${row}`)
    }
  })
}

function testState(cell: Cell, engine: () => Engine): void {
  test('two halves with the state carried over are the whole', () => {
    const model = smallModel(cell, { ...SMALL, trained: true })
    const whole = smallBatch(model, 3, 6)
    const record = [`${model.config.layers - 1}.hidden`]
    const expected = engine().run(model, whole, { record })
    const half = (from: number): Batch => {
      const rows = [0, 1, 2].flatMap((row) => [...whole.tokens.slice(row * 6 + from, row * 6 + from + 3)])
      return { tokens: Int32Array.from(rows), rows: 3, steps: 3 }
    }
    const first = engine().run(model, half(0), { record })
    const second = engine().run(model, half(3), { record, state: first.state })
    for (const [name, values] of Object.entries(expected.state)) expectClose(second.state[name], values, FORWARD, name)
    const [units, joined] = [model.config.units, [] as number[]]
    for (let row = 0; row < 3; row++) {
      for (const { recorded } of [first, second]) joined.push(...recorded[record[0]].slice(row * 3 * units, (row + 1) * 3 * units))
    }
    expectClose(joined, expected.recorded[record[0]], FORWARD, 'recording')
  })
}

function testEdits(cell: Cell, engine: () => Engine): void {
  const model = smallModel(cell, { ...SMALL, trained: true }, 2)
  const batch = smallBatch(model, 3, 4, { seed: 2 })
  const everything = askEverything(model, batch)
  const sites = sitesOf(model.config).map(siteName)
  const scopes: readonly Pick<Edit, 'rows' | 'steps'>[] = [{}, { steps: [3, 1] }, { rows: [2, 0], steps: [0, 2] }]

  const expectEdited = (edits: readonly Edit[]): void => {
    const options = { ...everything, edits }
    expectSame(engine().run(model, batch, options), referenceRun(model.config, model.weights, batch, options), batch)
  }

  test.each(sites)('changes %s by every operation, in all or some rows and steps', (site) => {
    for (const scope of scopes) {
      const count = (scope.rows?.length ?? batch.rows) * (scope.steps?.length ?? batch.steps)
      expectEdited(everyChange(count).map((change, index) => ({ unit: `${site}.${index}`, ...change, ...scope })))
    }
  })

  test('shows an edited hidden unit only to the readers that the edit names', () => {
    for (let layer = 0; layer < model.config.layers; layer++) {
      const above = layer === model.config.layers - 1 ? 'decoder' : 'above'
      for (const readers of [['recurrent'], [above], ['recurrent', above]] as const) {
        expectEdited([
          { unit: `${layer}.hidden.1`, set: 0.7, readers },
          { unit: `${layer}.hidden.4`, scale: -2, rows: [1, 2], readers },
        ])
      }
    }
  })

  test('records what was computed where only some readers see the edit', () => {
    const record = ['0.hidden']
    const seen = engine().run(model, batch, { record, edits: [{ unit: '0.hidden.2', set: 5, steps: [3], readers: ['above'] }] })
    expect(seen.recorded).toEqual(engine().run(model, batch, { record }).recorded)
  })

  test('applies the edits of one unit in their order', () => {
    expectEdited([
      { unit: '0.hidden.3', set: 0.5 },
      { unit: '0.hidden.3', scale: 3 },
      { unit: '0.hidden.3', add: -0.25, readers: ['recurrent'] },
      { unit: '1.hidden.0', add: 1 },
      { unit: '1.hidden.0', scale: 0.5, rows: [1] },
    ])
  })

  test('an edit of one row leaves the other rows as they were, to the bit', () => {
    const plain = engine().run(model, batch, everything)
    const edits = sites.map((site): Edit => ({ unit: `${site}.5`, add: 1, rows: [1] }))
    const edited = engine().run(model, batch, { ...everything, edits })
    for (const row of [0, 2]) {
      const own = (values: Float32Array): Float32Array => {
        const width = values.length / batch.rows
        return values.slice(row * width, (row + 1) * width)
      }
      expect(own(edited.logProbabilities!)).toEqual(own(plain.logProbabilities!))
      for (const site of sites) expect(own(edited.recorded[site]), site).toEqual(own(plain.recorded[site]))
      for (const name of Object.keys(plain.state)) expect(own(edited.state[name]), name).toEqual(own(plain.state[name]))
    }
    expect(edited.logProbabilities).not.toEqual(plain.logProbabilities)
  })

  test('setting a unit to the values that it had changes nothing', () => {
    const plain = engine().run(model, batch, everything)
    for (const site of sites) {
      const values = plain.recorded[site]
      const width = values.length / (batch.rows * batch.steps)
      const set = values.filter((_, index) => index % width === 3)
      const edited = engine().run(model, batch, { ...everything, edits: [{ unit: `${site}.3`, set }] })
      expect(edited.logits, site).toEqual(plain.logits)
      expect(edited.state, site).toEqual(plain.state)
    }
  })
}

function testGradients(cell: Cell, engine: () => Engine): void {
  const sizes: readonly { readonly size: Size; readonly ragged: boolean; readonly loss: TrainerOptions['loss'] }[] = [
    { size: { layers: 2, units: 3, embedding: 4, vocabulary: 5 }, ragged: false, loss: 'mean' },
    { size: { layers: 1, units: 5, embedding: 5, vocabulary: 7, tied: true, trained: true }, ragged: true, loss: 'sum' },
    { size: { layers: 2, units: 17, embedding: 9, vocabulary: 33, trained: true }, ragged: false, loss: 'sum' },
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

function testIdentities(engine: () => Engine): void {
  test('in an LSTM, hidden at zero, cell at zero and no outgoing weights are one and the same', () => {
    const size: Size = { layers: 2, units: 7, embedding: 6, vocabulary: 9 }
    const model = smallModel('lstm', size, 4)
    const batch = smallBatch(model, 3, 5)
    const ask = { logitsAt: Int32Array.from(batch.tokens.keys()) }
    for (const layer of [0, 1]) {
      const hidden = engine().run(model, batch, { ...ask, edits: [{ unit: `${layer}.hidden.2`, set: 0 }] })
      const cell = engine().run(model, batch, { ...ask, edits: [{ unit: `${layer}.cell.2`, set: 0 }] })
      const cut = engine().run(withoutOutgoing(model, layer, 2), batch, ask)
      expect(cell.logits).toEqual(hidden.logits)
      expectClose(cut.logits!, hidden.logits!, FORWARD, `layer ${layer}`)
      expect(hidden.logits).not.toEqual(engine().run(model, batch, ask).logits)
    }
  })

  test('a GRU whose update gate is set to zero keeps its state', () => {
    const model = smallModel('gru before', { ...SMALL, layers: 1, trained: true })
    const batch = smallBatch(model, 1, 4)
    const edits = Array.from({ length: SMALL.units }, (_, unit): Edit => ({ unit: `0.update.${unit}`, set: 0 }))
    expect(engine().run(model, batch, { edits }).state['0.hidden']).toEqual(model.weights['0.initialHidden'])
  })
}

/** The model with the weights gone by which `unit` of a layer is read. */
function withoutOutgoing({ config, weights }: SmallModel, layer: number, unit: number): SmallModel {
  const copy = viewWeights(config, flattenWeights(config, weights).slice())
  const columns = GATES[config.cell].length * config.units
  const top = layer === config.layers - 1
  const outgoing = top ? copy.decoder : copy[`${layer + 1}.kernel`]
  copy[`${layer}.recurrentKernel`].fill(0, unit * columns, (unit + 1) * columns)
  if (top) for (let token = 0; token < config.vocabulary; token++) outgoing[token * config.units + unit] = 0
  else outgoing.fill(0, unit * columns, (unit + 1) * columns)
  return { config, weights: copy }
}

function testTraining(engine: () => Engine): void {
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
    const moved = (weights: Float32Array) => weights.map((value, index) => value - flattenWeights(model.config, model.weights)[index])
    const ours = moved(flattenWeights(model.config, trainer.weights))
    expectClose(ours, moved(reference.weights), GRADIENT, 'change of the weights')
  })

  test('training leaves the given weights alone', () => {
    const model = smallModel('gru after', SMALL)
    const before = flattenWeights(model.config, model.weights).slice()
    const trainer = engine().trainer(model, { optimizer: optimizers[0], clip: null, loss: 'sum', seed: 1 })
    trainer.update({ ...smallBatch(model, 2, 3), carry: false }, learningRate)
    expect(flattenWeights(model.config, model.weights)).toEqual(before)
    expect(flattenWeights(model.config, trainer.weights)).not.toEqual(before)
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

function testMistakes(engine: () => Engine): void {
  const model = smallModel('gru before', SMALL)
  const batch = smallBatch(model, 2, 3)
  const mistakes: readonly { readonly what: string; readonly options: RunOptions }[] = [
    { what: 'a site that the cell does not have', options: { record: ['0.forget'] } },
    { what: 'a unit beyond the last', options: { edits: [{ unit: '0.hidden.7', set: 0 }] } },
    { what: 'a row beyond the batch', options: { edits: [{ unit: '0.hidden.1', set: 0, rows: [2] }] } },
    { what: 'values that do not fit', options: { edits: [{ unit: '0.hidden.1', set: new Float32Array(5) }] } },
    { what: 'readers of a gate', options: { edits: [{ unit: '0.update.1', set: 0, readers: ['above'] }] } },
  ]
  test.each(mistakes)('refuses $what in a sentence', ({ options }) => {
    expect(() => engine().run(model, batch, options)).toThrow(UserError)
  })
}

/** Records every site and asks the decoder in all three ways. */
function askEverything({ config }: SmallModel, batch: ReturnType<typeof smallBatch>): RunOptions {
  const inside = [...batch.tokens.keys()].filter(
    (position) => position % batch.steps < (batch.lengths?.[Math.floor(position / batch.steps)] ?? batch.steps),
  )
  const someBackwards = inside.filter((_, index) => index % 2 === 0).reverse()
  const positions = Int32Array.from([...someBackwards, inside[0]]) // one position twice
  const width = 3
  return {
    record: sitesOf(config).map(siteName),
    targets: batch.targets,
    logitsAt: Int32Array.from(inside),
    candidates: {
      positions,
      width,
      tokens: Int32Array.from({ length: positions.length * width }, (_, index) => (index * 7) % config.vocabulary),
    },
  }
}

/** One change of each kind, for seven units of an edit of `count` rows × steps. */
function everyChange(count: number): readonly Change[] {
  return [
    { set: 0.375 },
    { set: Float32Array.from({ length: count }, (_, index) => Math.sin(index + 1)) },
    { scale: -1.5 },
    { add: 0.2 },
    { round: 'bfloat16' },
    { round: 'float16' },
    { round: 'int8' },
  ]
}

/** Everything but what stands beyond the end of a row, where a recording has no meaning. */
function expectSame(actual: RunResult, expected: ReferenceResult, batch: Batch): void {
  const { rows, steps, lengths } = batch
  for (const [site, values] of Object.entries(expected.recorded)) {
    const width = values.length / (rows * steps)
    const ours = actual.recorded[site].map((value, index) => {
      const position = Math.floor(index / width)
      return position % steps < (lengths?.[Math.floor(position / steps)] ?? steps) ? value : 0
    })
    expectClose(ours, values, FORWARD, site)
  }
  expect(Object.keys(actual.recorded).sort()).toEqual(Object.keys(expected.recorded).sort())
  for (const [name, values] of Object.entries(expected.state)) expectClose(actual.state[name], values, FORWARD, `state ${name}`)
  expectClose(actual.logProbabilities!, expected.logProbabilities, FORWARD, 'log probabilities')
  expectClose(actual.candidateLogits!, expected.candidateLogits, FORWARD, 'candidates')
  expectClose(actual.logits!, expected.logits, FORWARD, 'logits')
}

/** At most `count` places spread over `length`. */
function spread(length: number, count: number): number[] {
  const stride = Math.max(1, length / count)
  return Array.from({ length: Math.min(length, count) }, (_, index) => Math.floor(index * stride))
}
