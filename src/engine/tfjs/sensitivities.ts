// Each row's scalar and its gradient with respect to sites, by automatic differentiation. The definition is taken at
// its word: zeros are added to every value of a site, and the scalar is differentiated with respect to them.

import * as tf from '@tensorflow/tfjs'
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs'
import { outputsOf, type ModelConfig } from '../../model/config.ts'
import { compileEdits, type CompiledEdit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { parseSite, siteName, siteWidth, stateNames } from '../../model/sites.ts'
import { checkBatch, checkScalars } from '../checks.ts'
import type { Batch, Scalars, Sensitivities, SensitivityOptions, Terms } from '../engine.ts'
import { applyEdits, editsOf } from './edits.ts'
import { decode, initialState, runLayers, stateTensors, weightTensors } from './network.ts'
import type { Observer, TensorState, TensorWeights } from './network.ts'
import { embed, withoutLeaks } from './run.ts'

/** The zeros that are added to the values of each site, a tensor [rows, units] a step. */
type Nudges = Readonly<Record<string, readonly Tensor2D[]>>

export function sensitivities(
  { config, weights }: Pick<Model, 'config' | 'weights'>,
  batch: Batch,
  of: Scalars,
  options: SensitivityOptions = {},
): Sensitivities {
  checkBatch(batch, config)
  checkScalars(of, batch, config)
  const { rows, steps } = batch
  const { sites = [], state } = options
  const edits = compileEdits(options.edits ?? [], config, batch)
  return withoutLeaks(() => {
    const tensors = weightTensors(config, weights)
    const names = stateNames(config)
    const before = state ? stateTensors(config, state, rows) : initialState(config, tensors, rows)
    const zeros = sites.flatMap((name) => {
      const width = siteWidth(parseSite(name, config), config)
      return Array.from({ length: steps }, () => tf.zeros<tf.Rank.R2>([rows, width]))
    })
    const values = new Float32Array(rows)
    const total = (...inputs: Tensor[]): Scalar => {
      const [nudged, start] = [inputs.slice(0, zeros.length), inputs.slice(zeros.length)] as [Tensor2D[], Tensor2D[]]
      const nudges = Object.fromEntries(sites.map((name, at) => [name, nudged.slice(at * steps, (at + 1) * steps)]))
      const initial = Object.fromEntries(names.map((name, index) => [name, start[index]]))
      const parts = scalarParts(config, tensors, batch, of, initial, edits, nudges)
      for (const { row, value } of parts) value.dataSync().forEach((own, index) => (values[row[index]] += own))
      // what nothing depends on has a gradient too, of zeros
      const unused = inputs.map((input) => input.sum().mul<Scalar>(0))
      return tf.addN([...parts.map(({ value }) => value.sum<Scalar>()), ...unused])
    }
    const { grads } = tf.valueAndGrads(total)([...zeros, ...names.map((name) => before[name])])
    return {
      values,
      gradients: Object.fromEntries(
        sites.map((name, at) => [name, rowsOutermost(grads.slice(at * steps, (at + 1) * steps), rows)]),
      ),
      state: Object.fromEntries(
        names.map((name, index) => [name, Float32Array.from(grads[zeros.length + index].dataSync())]),
      ),
    }
  })
}

/** Some terms of the scalars: `value` [terms], and the row to which each belongs. */
interface Part {
  readonly row: readonly number[]
  readonly value: Tensor
}

function scalarParts(
  config: ModelConfig,
  weights: TensorWeights,
  batch: Batch,
  of: Scalars,
  initial: TensorState,
  edits: readonly CompiledEdit[],
  nudges: Nudges,
): Part[] {
  const parts: Part[] = []
  const { lengths } = batch
  const { tops, state } = runLayers(config, weights, embed(weights, batch), initial, lengths, nudge(edits, nudges))
  tops.forEach((top, step) => {
    const read = (terms: Terms | undefined, answer: (logits: Tensor2D) => Tensor2D): void => {
      const part = terms && termsAt(config, weights, batch, step, terms, top, answer)
      if (part) parts.push(part)
    }
    read(of.logProbabilities, (logits) => logits.logSoftmax())
    read(of.logits, (logits) => logits)
  })
  for (const [name, factors] of Object.entries(of.state ?? {})) {
    const value = state[name].mul(tf.tensor2d(factors, [batch.rows, config.units])).sum(1)
    parts.push({ row: Array.from({ length: batch.rows }, (_, row) => row), value })
  }
  return parts
}

/** Edits, then the zeros, which every reader sees. */
function nudge(edits: readonly CompiledEdit[], nudges: Nudges): Observer {
  return (site, value, step) => {
    const { recurrent, output } = applyEdits(editsOf(site, edits), value, step)
    const zeros = nudges[siteName(site)]?.[step]
    return zeros ? { recurrent: recurrent.add(zeros), output: output.add(zeros) } : { recurrent, output }
  }
}

/** The terms that lie in one step, times their factors. */
function termsAt(
  config: ModelConfig,
  weights: TensorWeights,
  { steps }: Batch,
  step: number,
  { positions, tokens, factors }: Terms,
  top: Tensor2D,
  answer: (logits: Tensor2D) => Tensor2D,
): Part | undefined {
  const places = [...positions.keys()].filter((place) => positions[place] % steps === step)
  if (places.length === 0) return undefined
  const row = places.map((place) => Math.floor(positions[place] / steps))
  const chosen = tf.oneHot(places.map((place) => tokens[place]), outputsOf(config))
  const answers = answer(decode(config, weights, top.gather(row)))
  const value = answers.mul(chosen).sum(1).mul(tf.tensor1d(places.map((place) => factors?.[place] ?? 1)))
  return { row, value }
}

/** [rows, steps, units] from a tensor [rows, units] a step. */
function rowsOutermost(bySteps: readonly Tensor[], rows: number): Float32Array {
  const steps = bySteps.length
  const result = new Float32Array(bySteps.reduce((sum, { size }) => sum + size, 0))
  bySteps.forEach((tensor, step) => {
    const width = tensor.size / rows
    const values = tensor.dataSync()
    for (let row = 0; row < rows; row++) {
      result.set(values.subarray(row * width, (row + 1) * width), (row * steps + step) * width)
    }
  })
  return result
}
