// Runs a model over a batch: records sites, applies edits, asks the decoder.

import * as tf from '@tensorflow/tfjs'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import type { ModelConfig } from '../../model/config.ts'
import { compileEdits, type CompiledEdit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { parseSite, siteName, siteWidth } from '../../model/sites.ts'
import { checkBatch, checkOutputs, checkPositions, recordingOf } from '../checks.ts'
import type { Batch, RunOptions, RunResult, State } from '../engine.ts'
import { applyEdits, editsOf } from './edits.ts'
import { initialState, runLayers, stateTensors, weightTensors } from './network.ts'
import type { Observer, TensorState, TensorWeights } from './network.ts'
import { readCandidates, readLogits, readTargets } from './readout.ts'

export function run(model: Pick<Model, 'config' | 'weights'>, batch: Batch, options: RunOptions = {}): RunResult {
  const { config } = model
  const { rows, steps, lengths } = batch
  const { targets, candidates, logitsAt } = options
  checkBatch(batch, config)
  if (targets) checkOutputs(targets, rows * steps, config, -1)
  if (candidates) checkOutputs(candidates.tokens, candidates.positions.length * candidates.width, config, 0)
  checkPositions(candidates?.positions, rows * steps)
  checkPositions(logitsAt, rows * steps)
  const edits = compileEdits(options.edits ?? [], config, batch)
  const recorded = emptyRecording(config, batch, options)

  return withoutLeaks(() => {
    const weights = weightTensors(config, model.weights)
    const logProbabilities = targets && readTargets(config, weights, batch, targets)
    const candidateLogits = candidates && readCandidates(config, weights, batch, candidates)
    const logits = logitsAt && readLogits(config, weights, batch, logitsAt)

    const before = options.state ? stateTensors(config, options.state, rows) : initialState(config, weights, rows)
    const embedded = embed(weights, batch)
    const { tops, state } = runLayers(config, weights, embedded, before, lengths, observer(edits, recorded, steps))
    tops.forEach((top, step) => {
      for (const reading of [logProbabilities, candidateLogits, logits]) tf.tidy(() => reading?.read(step, top))
    })
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

/** The tokens' rows of the embedding, [rows, embedding] a step. */
export function embed(weights: TensorWeights, batch: Batch): Tensor2D[] {
  const embedding = weights.embedding as Tensor2D
  return Array.from({ length: batch.steps }, (_, step) => embedding.gather(columnOf(batch.tokens, batch, step)))
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

/** Applies the edits of each value, and records it where it is wanted. */
function observer(
  edits: readonly CompiledEdit[],
  recorded: Readonly<Record<string, Float32Array>>,
  steps: number,
): Observer {
  return (site, value, step) => {
    const edited = applyEdits(editsOf(site, edits), value, step)
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
