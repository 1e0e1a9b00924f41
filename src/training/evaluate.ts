// The loss of a model on a running text: every token but the first is predicted exactly once. The text is cut into
// streams that are read side by side; each stream first reads the end of the one before, so that it starts warm.

import { setImmediate } from 'node:timers/promises'
import type { Batch, Engine, State } from '../engine/engine.ts'
import { gatherState } from '../engine/state.ts'
import type { Model } from '../model/model.ts'

export interface EvaluationOptions {
  /** parts of the text that are read side by side; 32 by default, 1 reads the text as one stream */
  readonly streams?: number
  /** tokens before its own that each stream but the first reads without counting them; 64 by default */
  readonly overlap?: number
  readonly signal?: AbortSignal
}

/** Tokens of each stream in one run of the engine. */
const STEPS = 128

/** Mean −log p of a text, nats per token, summed in the order of the text. */
export async function evaluateLoss(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  tokens: Int32Array,
  options: EvaluationOptions = {},
): Promise<number> {
  const logProbabilities = await tokenLogProbabilities(engine, model, tokens, options)
  let sum = 0
  for (let index = 1; index < logProbabilities.length; index++) sum -= logProbabilities[index]
  return sum / (logProbabilities.length - 1)
}

/**
 * log p of every token given those before it, nats; NaN for the first, which nothing predicts.
 * @throws the signal's reason where it is aborted
 */
export async function tokenLogProbabilities(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  tokens: Int32Array,
  { streams = 32, overlap = 64, signal }: EvaluationOptions = {},
): Promise<Float32Array> {
  const found = new Float32Array(tokens.length).fill(NaN)
  let active = cutStreams(tokens.length - 1, streams, overlap)
  let state: State | undefined
  for (let start = 0; active.length > 0; start += STEPS) {
    signal?.throwIfAborted()
    const batch = windowOf(tokens, active, start)
    const result = engine.run(model, batch, { state, targets: batch.targets })
    const { logProbabilities = new Float32Array(0) } = result
    active.forEach(({ first, last, counted }, row) => {
      for (let step = 0; step < batch.lengths[row]; step++) {
        const predicted = first + start + step + 1
        if (predicted > counted && predicted <= last) found[predicted] = logProbabilities[row * batch.steps + step]
      }
    })
    const rows = active.flatMap(({ first, last }, row) => (first + start + STEPS < last ? [row] : []))
    state = gatherState(result.state, model.config.units, rows)
    active = rows.map((row) => active[row])
    await setImmediate()
  }
  return found
}

/** Reads the tokens `first` to `last − 1`; the predictions of `counted + 1` to `last` are its own. */
interface Stream {
  readonly first: number
  readonly counted: number
  readonly last: number
}

/** The next tokens of some streams, padded. */
interface Window extends Batch {
  readonly lengths: Int32Array
  /** −1 in the padding */
  readonly targets: Int32Array
}

function cutStreams(predictions: number, streams: number, overlap: number): Stream[] {
  const length = Math.ceil(predictions / streams)
  const cut: Stream[] = []
  for (let counted = 0; counted < predictions; counted += length) {
    cut.push({ first: Math.max(0, counted - overlap), counted, last: Math.min(counted + length, predictions) })
  }
  return cut
}

function windowOf(tokens: Int32Array, streams: readonly Stream[], start: number): Window {
  const lengths = Int32Array.from(streams, ({ first, last }) => Math.min(STEPS, last - first - start))
  const steps = Math.max(...lengths)
  const rows = streams.length
  const window = { tokens: new Int32Array(rows * steps), targets: new Int32Array(rows * steps), rows, steps, lengths }
  window.targets.fill(-1)
  streams.forEach(({ first }, row) => {
    const from = first + start
    window.tokens.set(tokens.subarray(from, from + lengths[row]), row * steps)
    window.targets.set(tokens.subarray(from + 1, from + 1 + lengths[row]), row * steps)
  })
  return window
}
