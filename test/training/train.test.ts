import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { silent, type Log } from '../../src/core/log.ts'
import { Random } from '../../src/core/random.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import { DEFAULT_TRAINING, type TrainingConfig } from '../../src/training/config.ts'
import { evaluateLoss } from '../../src/training/evaluate.ts'
import { Interrupted } from '../../src/training/interrupted.ts'
import { train, type Trained, type TrainOptions } from '../../src/training/train.ts'
import { modelWithVocabulary, randomTokens } from '../small.ts'

vi.setConfig({ testTimeout: 30_000 }) // for TensorFlow.js, where there is no compiler

let engine: Engine
let directory = ''
beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })
beforeEach(() => { directory = mkdtempSync(join(tmpdir(), 'probe-train-')) })
afterEach(() => rmSync(directory, { recursive: true }))

/** Two epochs of 20 updates, evaluated twice each; the last window of an epoch is shorter. */
const config: TrainingConfig = {
  ...DEFAULT_TRAINING,
  epochs: 2, batch: 3, steps: 4, evaluations: 2, learningRate: 0.01, keep: 'best',
  schedule: { name: 'plateau', divide: 2 },
}
const data = { training: randomTokens(3 * 78 + 1, 9, 'training'), validation: randomTokens(90, 9, 'validation') }

function options(more: Partial<TrainOptions> = {}): TrainOptions {
  const dropout = engine.name === 'native' ? 0.3 : 0
  return { engine, model: modelWithVocabulary('lstm', { dropout }), data, config, seed: 5, ...more }
}

/** Aborts when so many updates have been made. */
function abortAfter(updates: number): { signal: AbortSignal; log: Log } {
  const controller = new AbortController()
  let made = 0
  const progress = (): void => {
    made += 1
    if (made === updates) controller.abort()
  }
  return { signal: controller.signal, log: { ...silent, progress } }
}

async function interruptAfter(updates: number, more: Partial<TrainOptions> = {}): Promise<unknown> {
  const interrupted = { ...abortAfter(updates), checkpoint: { directory, seconds: 1e9 }, ...more }
  return train(options(interrupted)).catch((error: unknown) => error)
}

function expectSame(a: Trained, b: Trained): void {
  expect(a.model.weights).toEqual(b.model.weights)
  expect({ ...a, model: null }).toEqual({ ...b, model: null })
}

test('a training that is stopped at random moments and goes on ends with the same bytes', async () => {
  const whole = await train(options())
  expect(whole.history.map(({ update, epoch }) => [update, epoch])).toEqual([[10, 1], [20, 1], [30, 2], [40, 2]])
  const random = new Random('stops')
  for (let left = 40; left > 12; ) {
    const some = 1 + random.integer(12)
    left -= some
    const error = await interruptAfter(some)
    expect(error).toMatchObject({ saved: true, updates: 40 - left })
  }
  expectSame(await train(options({ checkpoint: { directory } })), whole)
})

test('checkpoints on the way do not change the result, and leave two files', async () => {
  const whole = await train(options())
  writeFileSync(join(directory, 'checkpoint.next.safetensors.123.partial'), 'of a process that was killed')
  expectSame(await train(options({ checkpoint: { directory, seconds: 0 } })), whole)
  expect(readdirSync(directory).sort()).toEqual(['checkpoint.previous.safetensors', 'checkpoint.safetensors'])
})

test('a damaged checkpoint is said so, and the one before it is used', async () => {
  const whole = await train(options())
  await interruptAfter(7)
  await interruptAfter(9)
  const newest = join(directory, 'checkpoint.safetensors')
  const bytes = readFileSync(newest)
  for (const damage of [bytes.subarray(0, 500), flipped(bytes, bytes.length - 100), flipped(bytes, 60)]) {
    writeFileSync(newest, damage)
    const messages: string[] = []
    const log = { ...silent, info: (text: string) => messages.push(text), warn: (text: string) => messages.push(text) }
    const checkpoint = { directory, seconds: 1e9 }
    expectSame(await train(options({ checkpoint, log })), whole)
    expect(messages[0]).toMatch(/damaged.*The one before it is used\.$/)
    expect(messages[1]).toBe('Going on after 7 updates.')
  }
})

function flipped(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes)
  copy[index] ^= 4
  return copy
}

test('the checkpoint of another training is refused', async () => {
  await interruptAfter(3)
  const other = options({ checkpoint: { directory }, seed: 6 })
  await expect(train(other)).rejects.toThrow('the checkpoint of another training')
})

test('without a checkpoint an interruption says that nothing was saved', async () => {
  const error = await interruptAfter(3, { checkpoint: null })
  expect(error).toBeInstanceOf(Interrupted)
  expect((error as Interrupted).message).toBe('Stopped after 3 updates. Nothing was saved.')
  expect(existsSync(join(directory, 'checkpoint.safetensors'))).toBe(false)
})

test('a text with a rule is learned: the loss falls far below that of guessing', async () => {
  const cycle = Int32Array.from({ length: 1201 }, (_, index) => index % 5)
  const { history } = await train(options({
    data: { training: cycle, validation: cycle.subarray(0, 200) },
    config: { ...config, epochs: 3, steps: 8, learningRate: 0.03 },
  }))
  expect(history[history.length - 1].validationLoss).toBeLessThan(0.2) // guessing: log 5 = 1.6
})

test('the kept model is the one whose validation loss is reported as the best, or the last', async () => {
  for (const keep of ['best', 'last'] as const) {
    const overfitting = { ...config, epochs: 6, learningRate: 0.05, keep, schedule: { name: 'constant' } as const }
    const { model, history } = await train(options({ config: overfitting }))
    const losses = history.map(({ validationLoss }) => validationLoss)
    const expected = keep === 'best' ? Math.min(...losses) : losses[losses.length - 1]
    expect(await evaluateLoss(engine, model, data.validation)).toBe(expected)
    expect(Math.min(...losses)).toBeLessThan(losses[losses.length - 1])
  }
})

test('early stopping ends after so many evaluations without a better one', async () => {
  const stubborn = { ...config, epochs: 30, learningRate: 0.05, earlyStopping: 3 }
  const { history, stoppedEarly, updates } = await train(options({ config: stubborn }))
  const losses = history.map(({ validationLoss }) => validationLoss)
  const best = losses.indexOf(Math.min(...losses))
  expect([stoppedEarly, losses.length, updates]).toEqual([true, best + 4, 10 * (best + 4)])
})

test('a loss that is no number ends the training with advice', async () => {
  const wild = { ...config, clip: null, learningRate: 1e38, optimizer: { name: 'sgd', momentum: 0 } as const }
  await expect(train(options({ config: wild }))).rejects.toThrow('Lower learningRate, or set clip.')
})

