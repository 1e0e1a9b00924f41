// A linear probe: softmax regression on the vectors of one layer, or on a scalar mix of several. Every column of a layer is
// standardised on the tokens that the probe learns from, so that the weights of layers can be compared. Adam, the rate falling
// to 0 in a straight line.

import { setImmediate } from 'node:timers/promises'
import type { Random } from '../../core/random.ts'
import { applyUpdate } from '../../engine/optimizer.ts'
import { MixedRegression } from './mixed-regression.ts'

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
  vectors: ProbeVectors,
  labels: Int32Array,
  classes: number,
  { epochs, random, signal }: ProbeTraining,
): Promise<SoftmaxProbe> {
  const { width, layers } = vectors
  const standards = layers.map((layer) => standardOf(layer, width))
  const regression = new MixedRegression({ width, layers: layers.length, classes, batch: BATCH })
  const inputs = new Float64Array(layers.length * width)
  const gradients = new Float64Array(regression.size)
  const moments = [new Float64Array(gradients.length), new Float64Array(gradients.length)]
  const updates = epochs * Math.ceil(labels.length / BATCH)
  let update = 0

  for (let epoch = 0; epoch < epochs; epoch++) {
    const order = random.shuffle([...labels.keys()])
    for (let first = 0; first < order.length; first += BATCH) {
      const items = order.slice(first, first + BATCH)
      gradients.fill(0)
      for (const item of items) {
        standardise(vectors, item, standards, inputs)
        regression.learn(inputs, labels[item], gradients)
      }
      regression.finish(gradients)
      for (let index = 0; index < gradients.length; index++) gradients[index] /= items.length
      const rate = LEARNING_RATE * (1 - update / updates)
      update += 1
      regression.update((parameters) => applyUpdate(ADAM, parameters, gradients, moments, update, rate))
    }
    await setImmediate() // lets a signal arrive
    signal?.throwIfAborted()
  }
  return {
    mix: regression.mix,
    scale: regression.scale,
    predict: (asked) =>
      Int32Array.from({ length: asked.layers[0].length / width }, (_, item) => {
        standardise(asked, item, standards, inputs)
        return regression.classify(inputs)
      }),
  }
}

interface Standard {
  readonly centers: Float64Array
  /** 1 / standard deviation */
  readonly factors: Float64Array
}

/** Mean and standard deviation of each column; a column that does not vary stays as it is. */
function standardOf(layer: Float32Array, width: number): Standard {
  const items = layer.length / width
  const [centers, spreads] = [new Float64Array(width), new Float64Array(width)]
  for (let at = 0; at < layer.length; at++) centers[at % width] += layer[at] / items
  for (let at = 0; at < layer.length; at++) spreads[at % width] += (layer[at] - centers[at % width]) ** 2 / items
  return { centers, factors: spreads.map((spread) => 1 / (Math.sqrt(spread) || 1)) }
}

/** @param to [layers, width] */
function standardise({ width, layers }: ProbeVectors, item: number, standards: readonly Standard[], to: Float64Array): void {
  for (let layer = 0; layer < layers.length; layer++) {
    const values = layers[layer]
    const { centers, factors } = standards[layer]
    for (let i = 0; i < width; i++) to[layer * width + i] = (values[item * width + i] - centers[i]) * factors[i]
  }
}
