// Sentences drawn at random: how often each comes, what the loss is over, and that a stopped training goes on the same.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { silent } from '../../src/core/log.ts'
import type { Engine, Trainer } from '../../src/engine/engine.ts'
import { loadEngine } from '../../src/engine/load.ts'
import type { Model } from '../../src/model/model.ts'
import { DEFAULT_DRAWN, type DrawnTraining } from '../../src/training/config.ts'
import { readDrawnSentences, type SentencePool } from '../../src/training/drawn-sentences.ts'
import { snapshotUpdates } from '../../src/training/snapshots.ts'
import { train } from '../../src/training/train.ts'
import { modelWithVocabulary } from '../small.ts'

let engine: Engine
let directory = ''
beforeAll(async () => {
  engine = await loadEngine({ threads: 1 })
  directory = mkdtempSync(join(tmpdir(), 'probe-drawn-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

/** `1 0`, `2 2 0` and `3 3 3 0`; 0 is the end. */
const sentences = { tokens: Int32Array.of(1, 0, 2, 2, 0, 3, 3, 3, 0), starts: Int32Array.of(0, 2, 5), context: 0 }
const pool: SentencePool = { training: sentences, validation: sentences, probabilities: null }
const config: DrawnTraining = { ...DEFAULT_DRAWN, updates: 60, batch: 3, evaluations: 4, keep: 'best' }

/** Lengths of all sentences that a training reads. */
function lengthsDrawn(probabilities: Float64Array | null, updates: number): number[] {
  const lengths: number[] = []
  const trainer: Pick<Trainer, 'updateOn'> = {
    updateOn({ tokens, starts }, draws, learningRates) {
      for (const number of draws) lengths.push((starts[number + 1] ?? tokens.length) - starts[number])
      return Array.from(learningRates, () => ({ loss: 1, targets: 1, gradientNorm: 1 }))
    },
  }
  const reading = readDrawnSentences({ ...pool, probabilities }, { ...config, updates }, 1)
  for (let from = 0; from < updates; ) from += reading.advance(trainer as Trainer, from, updates, () => 0.1).length
  return lengths
}

test('every sentence comes as often as its probability says', () => {
  const share = (lengths: number[], length: number) => lengths.filter((one) => one === length).length / lengths.length
  const alike = lengthsDrawn(null, 1000)
  expect(alike).toHaveLength(3000)
  // 3,000 draws: a share of 1/3 has a standard error of 0.009
  for (const length of [2, 3, 4]) expect(Math.abs(share(alike, length) - 1 / 3)).toBeLessThan(0.035)
  const weighted = lengthsDrawn(Float64Array.of(0.7, 0, 0.3), 1000)
  expect(share(weighted, 3)).toBe(0)
  expect(Math.abs(share(weighted, 2) - 0.7)).toBeLessThan(0.035)
})

test('the validation loss counts each sentence as often as it is to be expected', async () => {
  const model = modelWithVocabulary('gru before')
  const probabilities = Float64Array.of(0.5, 0.5, 0)
  const found = await readDrawnSentences({ ...pool, probabilities }, config, 1).validationLoss(engine, model, undefined)
  const scored = [[0, 1, 0], [0, 2, 2, 0]].map((tokens) => {
    const targets = Int32Array.of(...tokens.slice(1), -1)
    return engine.run(model, { tokens: Int32Array.from(tokens), rows: 1, steps: tokens.length }, { targets }).logProbabilities!
  })
  const sum = scored.flatMap((values) => [...values]).reduce((total, value) => total - value, 0)
  expect(found).toBeCloseTo(sum / 5, 6)
})

test('a training learns what follows, and one that was stopped ends with the same bytes', async () => {
  const options = { engine, model: modelWithVocabulary('lstm'), data: pool, config, seed: 3 }
  const whole = await train(options)
  expect(whole.history.map(({ update }) => update)).toEqual([15, 30, 45, 60])
  expect(whole.history[3].validationLoss).toBeLessThan(whole.history[0].validationLoss)

  const controller = new AbortController()
  const log = { ...silent, progress: ({ done }: { done: number }) => { if (done >= 30) controller.abort() } }
  const checkpoint = { directory, seconds: 1e9 }
  await expect(train({ ...options, checkpoint, log, signal: controller.signal })).rejects.toThrow(/checkpoint is saved/)
  const resumed = await train({ ...options, checkpoint })
  expect(resumed.model.weights).toEqual(whole.model.weights)
  expect(resumed.history).toEqual(whole.history)
})

test('weights on the way are those of a training that ends there', async () => {
  const options = { engine, model: modelWithVocabulary('lstm'), data: pool, seed: 3 }
  const snapshots = new Map<number, Model>()
  const onSnapshot = (updates: number, model: Model) => void snapshots.set(updates, model)
  await train({ ...options, onSnapshot, config: { ...config, keep: 'last', snapshots: [0, 0.55] } })
  expect([...snapshots.keys()]).toEqual([0, 33])
  expect(snapshots.get(0)!.weights).toEqual(options.model.weights)
  const shorter = await train({ ...options, config: { ...config, keep: 'last', updates: 33 } })
  expect(snapshots.get(33)!.weights).toEqual(shorter.model.weights)
})

test('snapshots are taken at powers of two, or at shares', () => {
  expect(snapshotUpdates('doubling', 20)).toEqual([0, 1, 2, 4, 8, 16])
  expect(snapshotUpdates([0.5, 0, 0.999], 100)).toEqual([0, 50])
  expect(snapshotUpdates(undefined, 100)).toEqual([])
})
