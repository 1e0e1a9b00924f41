// A linear probe: softmax regression on the vectors of one layer, or on a scalar mix of several (Peters et al. 2018, equation
// 1): x = γ Σ softmax(w)ⱼ hⱼ, with γ and w learned together with the probe. Every column of a layer is standardised on the
// tokens that the probe learns from, so that the weights of layers can be compared. Adam, the rate falling to 0 in a straight
// line.

import { setImmediate } from 'node:timers/promises'
import { exp } from '../../core/math.ts'
import type { Random } from '../../core/random.ts'
import { applyUpdate } from '../../engine/optimizer.ts'

/** Vectors [items, width] of the same items, a matrix a layer. */
export interface ProbeVectors {
  readonly width: number
  readonly layers: readonly Float32Array[]
}

export interface ProbeTraining {
  /** how often the probe goes through the items */
  readonly epochs: number
  /** the order in which it does */
  readonly random: Random
  readonly signal?: AbortSignal
}

export interface SoftmaxProbe {
  /** softmax(w), one a layer; 1 where there is one */
  readonly mix: readonly number[]
  /** γ; 1 where there is one layer */
  readonly scale: number
  /** the most probable class of every item */
  predict(vectors: ProbeVectors): Int32Array
}

const BATCH = 64
const LEARNING_RATE = 0.01
const ADAM = { name: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const

/** @param labels classes from 0 on @throws the signal's reason where it is aborted */
export async function trainProbe(
  { width, layers }: ProbeVectors,
  labels: Int32Array,
  classes: number,
  { epochs, random, signal }: ProbeTraining,
): Promise<SoftmaxProbe> {
  const standards = layers.map((layer) => standardOf(layer, width))
  const many = layers.length > 1
  // W [width, classes], b [classes], then of a mix the w of every layer, and γ
  const matrix = width * classes
  const parameters = new Float64Array(matrix + classes + (many ? layers.length + 1 : 0))
  if (many) parameters[parameters.length - 1] = 1
  const moments = [new Float64Array(parameters.length), new Float64Array(parameters.length)]
  const gradients = new Float64Array(parameters.length)
  const inputs = layers.map(() => new Float64Array(width))
  const [mixed, slopes, inputSlopes] = [new Float64Array(width), new Float64Array(classes), new Float64Array(width)]
  const updates = epochs * Math.ceil(labels.length / BATCH)
  let update = 0

  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.shuffle([...labels.keys()])
    for (let first = 0; first < order.length; first += BATCH) {
      const items = order.slice(first, first + BATCH)
      gradients.fill(0)
      const { mix, scale } = mixOf(parameters, layers.length)
      for (const item of items) {
        read(item)
        blend(inputs, mix, scale, mixed)
        classify(mixed, parameters, classes, slopes)
        slopes[labels[item]] -= 1
        addOuter(mixed, slopes, gradients)
        for (let k = 0; k < classes; k++) gradients[matrix + k] += slopes[k]
        if (many) addMixSlopes(mix, scale)
      }
      for (let index = 0; index < gradients.length; index++) gradients[index] /= items.length
      update += 1
      applyUpdate(ADAM, parameters, gradients, moments, update, LEARNING_RATE * (1 - (update - 1) / updates))
    }
    await setImmediate() // lets a signal arrive
    signal?.throwIfAborted()
  }
  const learned = mixOf(parameters, layers.length)
  return {
    ...learned,
    predict(vectors) {
      const count = vectors.layers[0].length / width
      return Int32Array.from({ length: count }, (_, item) => {
        vectors.layers.forEach((layer, index) => standardise(layer, item, standards[index], inputs[index]))
        blend(inputs, learned.mix, learned.scale, mixed)
        return classify(mixed, parameters, classes, slopes)
      })
    },
  }

  function read(item: number): void {
    layers.forEach((layer, index) => standardise(layer, item, standards[index], inputs[index]))
  }

  /** ∂loss/∂x through the mix: ∂/∂γ = Σ sⱼ hⱼ · ∂x, and ∂/∂wⱼ = γ sⱼ (hⱼ − Σ sᵢ hᵢ) · ∂x. */
  function addMixSlopes(mix: readonly number[], scale: number): void {
    for (let i = 0; i < width; i++) {
      let sum = 0
      for (let k = 0; k < classes; k++) sum += parameters[i * classes + k] * slopes[k]
      inputSlopes[i] = sum
    }
    const along = inputs.map((input) => input.reduce((sum, value, i) => sum + value * inputSlopes[i], 0))
    const mean = along.reduce((sum, value, layer) => sum + mix[layer] * value, 0)
    along.forEach((value, layer) => (gradients[matrix + classes + layer] += scale * mix[layer] * (value - mean)))
    gradients[gradients.length - 1] += mean
  }
}

function mixOf(parameters: Float64Array, layers: number): { mix: readonly number[]; scale: number } {
  if (layers === 1) return { mix: [1], scale: 1 }
  const weights = parameters.subarray(parameters.length - 1 - layers, parameters.length - 1)
  const powers = Array.from(weights, (weight) => exp(weight))
  const sum = powers.reduce((total, power) => total + power, 0)
  return { mix: powers.map((power) => power / sum), scale: parameters[parameters.length - 1] }
}

/** x = γ Σ sⱼ hⱼ */
function blend(inputs: readonly Float64Array[], mix: readonly number[], scale: number, to: Float64Array): void {
  to.fill(0)
  inputs.forEach((input, layer) => {
    const weight = scale * mix[layer]
    for (let i = 0; i < to.length; i++) to[i] += weight * input[i]
  })
}

/** Puts softmax(x W + b) into `probabilities`, and returns the most probable class. */
function classify(x: Float64Array, parameters: Float64Array, classes: number, probabilities: Float64Array): number {
  const matrix = x.length * classes
  for (let k = 0; k < classes; k++) probabilities[k] = parameters[matrix + k]
  for (let i = 0, at = 0; i < x.length; i++) {
    const value = x[i]
    for (let k = 0; k < classes; k++, at++) probabilities[k] += value * parameters[at]
  }
  let best = 0
  for (let k = 1; k < classes; k++) if (probabilities[k] > probabilities[best]) best = k
  const largest = probabilities[best]
  let sum = 0
  for (let k = 0; k < classes; k++) sum += probabilities[k] = exp(probabilities[k] - largest)
  for (let k = 0; k < classes; k++) probabilities[k] /= sum
  return best
}

/** gradients[i, k] += x[i] · slopes[k] */
function addOuter(x: Float64Array, slopes: Float64Array, gradients: Float64Array): void {
  for (let i = 0, at = 0; i < x.length; i++) {
    const value = x[i]
    for (let k = 0; k < slopes.length; k++, at++) gradients[at] += value * slopes[k]
  }
}

interface Standard {
  readonly centers: Float64Array
  readonly spreads: Float64Array
}

/** Mean and standard deviation of each column; a column that does not vary stays as it is. */
function standardOf(layer: Float32Array, width: number): Standard {
  const items = layer.length / width
  const [centers, spreads] = [new Float64Array(width), new Float64Array(width)]
  for (let at = 0; at < layer.length; at++) centers[at % width] += layer[at] / items
  for (let at = 0; at < layer.length; at++) spreads[at % width] += (layer[at] - centers[at % width]) ** 2 / items
  return { centers, spreads: spreads.map((spread) => Math.sqrt(spread) || 1) }
}

function standardise(layer: Float32Array, item: number, { centers, spreads }: Standard, to: Float64Array): void {
  const start = item * to.length
  for (let i = 0; i < to.length; i++) to[i] = (layer[start + i] - centers[i]) / spreads[i]
}
