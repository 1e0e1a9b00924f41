// The bits themselves: a tiny training run ends with these weights on x86-64, on every machine and for ever. When this test
// fails, the numbers of the toolkit have changed: raise NUMERICS in src/engine/native/engine.ts, so that no stored model is
// taken for one of the new numbers, and say so in the changelog.

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { Trainer, TrainerOptions } from '../../src/engine/engine.ts'
import { createNativeEngine, nativeProblem } from '../../src/engine/native/engine.ts'
import { flattenWeights } from '../../src/model/weights.ts'
import { smallBatch, smallModel, smallSentences, type Cell, type Size, type SmallModel } from './models.ts'

/** The first digits of the SHA-256 of the weights after twenty updates. */
const GOLDEN: Record<Cell, string> = {
  lstm: '567dcd1f79405597',
  'gru before': 'df455d43dec67cd4',
  'gru after': 'da7762b674f0341f',
  'rnn tanh': 'af7fa37aae633e2a',
  'rnn relu': 'c51d4b48467a3907',
}

/** Likewise after twenty updates on drawn sentences, in one call. */
const GOLDEN_DRAWN: Record<Cell, string> = {
  lstm: 'c49084512b868936',
  'gru before': '21b2476caa855acf',
  'gru after': '6acb83905281279d',
  'rnn tanh': '74bd0fb8835dbbb7',
  'rnn relu': '4b671045b577d8c1',
}

const SIZE: Size = { layers: 2, units: 19, embedding: 7, vocabulary: 37, dropout: 0.25 }
const OPTIONS: TrainerOptions = {
  optimizer: { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, clip: 0.5, loss: 'mean', seed: 3,
}

const problem = nativeProblem() ?? (process.arch === 'x64' ? null : 'bits are promised on x86-64 only.')

describe.skipIf(problem !== null)(`the kernels' numbers${problem === null ? '' : ` are not compared: ${problem}`}`, () => {
  test.each(Object.entries(GOLDEN))('are the recorded ones for %s cells', (cell, golden) => {
    const model = smallModel(cell as Cell, SIZE)
    const trainer = createNativeEngine().trainer(model, OPTIONS)
    for (let update = 0; update < 20; update++) {
      trainer.update({ ...smallBatch(model, 5, 11, { seed: update }), carry: update > 0 }, 0.01)
    }
    expect(digest(model, trainer)).toBe(golden)
  })

  test.each(Object.entries(GOLDEN_DRAWN))('are the recorded ones for %s cells on drawn sentences', (cell, golden) => {
    const model = smallModel(cell as Cell, { ...SIZE, trained: true })
    const { sentences, draws } = smallSentences(model, 5, 20, 11)
    const trainer = createNativeEngine().trainer(model, OPTIONS)
    trainer.updateOn(sentences, draws, Array<number>(20).fill(0.01))
    expect(digest(model, trainer)).toBe(golden)
  })
})

function digest({ config }: SmallModel, trainer: Trainer): string {
  const weights = flattenWeights(config, trainer.weights)
  const bytes = new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength)
  return createHash('sha256').update(bytes).digest('hex').slice(0, 16)
}
