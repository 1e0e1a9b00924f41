// Runs a model over a batch: records sites, applies edits, asks the decoder.

import * as tf from '@tensorflow/tfjs'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import type { ModelConfig } from '../../model/config.ts'
import { compileEdits, type CompiledEdit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { parseSite, siteName, siteWidth } from '../../model/sites.ts'
import { checkBatch, checkPositions, checkTokens, recordingOf } from '../checks.ts'
import type { Batch, RunOptions, RunResult, State } from '../engine.ts'
import { applyEdits } from './edits.ts'
import { holdEnded, initialState, stackStep, stateTensors, weightTensors } from './network.ts'
import type { Observer, TensorState } from './network.ts'
import { readCandidates, readLogits, readTargets } from './readout.ts'

export function run(model: Pick<Model, 'config' | 'weights'>, batch: Batch, options: RunOptions = {}): RunResult {
  const { config } = model
  const { rows, steps, lengths } = batch
  const { targets, candidates, logitsAt } = options
  checkBatch(batch, config)
  if (targets) checkTokens(targets, rows * steps, config, -1)
  if (candidates) checkTokens(candidates.tokens, candidates.positions.length * candidates.width, config, 0)
  checkPositions(candidates?.positions, rows * steps)
  checkPositions(logitsAt, rows * steps)
  const edits = compileEdits(options.edits ?? [], config, batch)
  const recorded = emptyRecording(config, batch, options)

  return withoutLeaks(() => {
    const weights = weightTensors(config, model.weights)
    const logProbabilities = targets && readTargets(config, weights, batch, targets)
    const candidateLogits = candidates && readCandidates(config, weights, batch, candidates)
    const logits = logitsAt && readLogits(config, weights, batch, logitsAt)

    let state = options.state ? stateTensors(config, options.state, rows) : initialState(config, weights, rows)
    for (let step = 0; step < steps; step++) {
      const before = state
      state = tf.tidy(() => {
        const observe = observer(edits, recorded, step, steps)
        const embedded = weights.embedding.gather(columnOf(batch.tokens, batch, step)) as Tensor2D
        const next = stackStep(config, weights, embedded, before, observe)
        for (const reading of [logProbabilities, candidateLogits, logits]) reading?.read(step, next.top)
        return holdEnded(before, next.state, lengths, step)
      })
      tf.dispose(before)
    }
    return {
      state: readState(state),
      recorded,
      logProbabilities: logProbabilities?.values,
      candidateLogits: candidateLogits?.values,
      logits: logits?.values,
    }
  })
}

/** Runs a computation whose result is numbers, and frees every tensor that it made. */
export function withoutLeaks<T>(compute: () => T): T {
  tf.engine().startScope()
  try {
    return compute()
  } finally {
    tf.engine().endScope()
  }
}

/** The ids of one step, [rows], from a matrix [rows, steps]. */
export function columnOf(ids: Int32Array, { rows, steps }: Batch, step: number): Tensor1D {
  return tf.tensor1d(Int32Array.from({ length: rows }, (_, row) => ids[row * steps + step]), 'int32')
}

export function readState(state: TensorState): State {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, Float32Array.from(value.dataSync())]))
}

/** Zeros [rows, steps, units] for each site. */
function emptyRecording(config: ModelConfig, { rows, steps }: Batch, { record = [], into }: RunOptions) {
  const entries = record.map((name) => {
    const site = parseSite(name, config)
    return [name, recordingOf(rows * steps * siteWidth(site, config), into?.[name])] as const
  })
  return Object.fromEntries(entries)
}

/** Applies the edits of each value at `step`, and records it where it is wanted. */
function observer(
  edits: readonly CompiledEdit[],
  recorded: Readonly<Record<string, Float32Array>>,
  step: number,
  steps: number,
): Observer {
  return (site, value) => {
    const own = edits.filter(({ layer, quantity }) => layer === site.layer && quantity === site.quantity)
    const edited = applyEdits(own, value, step)
    const target = recorded[siteName(site)]
    if (target) {
      const [rows, units] = value.shape
      const values = edited.recorded.dataSync()
      for (let row = 0; row < rows; row++) {
        target.set(values.subarray(row * units, (row + 1) * units), (row * steps + step) * units)
      }
    }
    return edited
  }
}
