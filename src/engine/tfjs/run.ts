// Runs a model over a batch: records sites, applies edits, asks the decoder.

import * as tf from '@tensorflow/tfjs'
import type { Tensor1D, Tensor2D } from '@tensorflow/tfjs'
import type { ModelConfig } from '../../model/config.ts'
import { compileEdits, type CompiledEdit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { parseSite, siteName, siteWidth } from '../../model/sites.ts'
import type { Batch, RunOptions, RunResult, State } from '../engine.ts'
import { applyEdits } from './edits.ts'
import { holdEnded, initialState, stackStep, stateTensors, weightTensors, type Observer, type TensorState } from './network.ts'
import { readCandidates, readLogits, readTargets } from './readout.ts'

export function run(model: Pick<Model, 'config' | 'weights'>, batch: Batch, options: RunOptions = {}): RunResult {
  const { config } = model
  const { rows, steps, lengths } = batch
  const { targets, candidates, logitsAt } = options
  const edits = compileEdits(options.edits ?? [], config, batch)
  const recorded = emptyRecording(config, batch, options.record ?? [])

  return tf.tidy(() => {
    const weights = weightTensors(config, model.weights)
    const logProbabilities = targets && readTargets(config, weights, batch, targets)
    const candidateLogits = candidates && readCandidates(config, weights, batch, candidates)
    const logits = logitsAt && readLogits(config, weights, batch, logitsAt)

    let state = options.state ? stateTensors(config, options.state, rows) : initialState(config, weights, rows)
    for (let step = 0; step < steps; step++) {
      const before = state
      state = tf.tidy(() => {
        const observe = observer(edits, recorded, step, steps)
        const next = stackStep(config, weights, tokensAt(batch, step), before, observe)
        for (const reading of [logProbabilities, candidateLogits, logits]) reading?.read(step, next.top)
        return holdEnded(before, next.state, lengths, step) as Record<string, Tensor2D>
      })
      tf.dispose(before as Record<string, Tensor2D>)
    }
    return {
      state: readState(state),
      recorded,
      logProbabilities: logProbabilities?.values,
      candidateLogits: candidateLogits?.values,
      logits: logits?.values,
    }
  }) as RunResult
}

/** The tokens of every row at one step, [rows]. */
export function tokensAt({ tokens, rows, steps }: Batch, step: number): Tensor1D {
  return tf.tensor1d(columnOf(tokens, rows, steps, step), 'int32')
}

/** One column of a matrix [rows, steps]. */
export function columnOf(matrix: Int32Array, rows: number, steps: number, step: number): Int32Array {
  return Int32Array.from({ length: rows }, (_, row) => matrix[row * steps + step])
}

export function readState(state: TensorState): State {
  return Object.fromEntries(Object.entries(state).map(([name, value]) => [name, Float32Array.from(value.dataSync())]))
}

function emptyRecording(config: ModelConfig, { rows, steps }: Batch, names: readonly string[]): Record<string, Float32Array> {
  const sites = names.map((name) => parseSite(name, config))
  return Object.fromEntries(sites.map((site) => [siteName(site), new Float32Array(rows * steps * siteWidth(site, config))]))
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
