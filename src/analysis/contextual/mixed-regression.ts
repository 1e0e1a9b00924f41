// Softmax regression on a scalar mix of layers (Peters et al. 2018, equation 1): x = γ Σ softmax(w)ⱼ hⱼ, with γ and w learned
// together with the probe. Its parameters, what it says of a token, and the gradient of −log p.

import { exp } from '../../core/math.ts'
import { addWeighted, dotWithin } from '../../core/matrix.ts'

export interface RegressionShape {
  readonly width: number
  /** 1: nothing is mixed */
  readonly layers: number
  readonly classes: number
  /** most tokens that are learned together */
  readonly batch: number
}

export class MixedRegression {
  /** W [classes, width], b [classes], then of a mix the w of every layer, and γ */
  readonly #parameters: Float64Array
  #mix: readonly number[]
  #scale = 1
  /** γ softmax(w) */
  readonly #weights: Float64Array
  readonly #width: number
  readonly #classes: number
  readonly #mixed: Float64Array
  readonly #probabilities: Float64Array
  readonly #inputSlopes: Float64Array
  // The tokens of a batch, whose outer products are added up together: x [batch, width], ∂/∂logits [batch, classes].
  readonly #batchInputs: Float64Array
  readonly #batchSlopes: Float64Array
  #learned = 0

  constructor({ width, layers, classes, batch }: RegressionShape) {
    this.#width = width
    this.#classes = classes
    this.#mixed = new Float64Array(width)
    this.#probabilities = new Float64Array(classes)
    this.#inputSlopes = new Float64Array(width)
    this.#batchInputs = new Float64Array(batch * width)
    this.#batchSlopes = new Float64Array(batch * classes)
    this.#parameters = new Float64Array(classes * width + classes + (layers > 1 ? layers + 1 : 0))
    this.#mix = Array.from({ length: layers }, () => 1 / layers)
    this.#weights = Float64Array.from(this.#mix)
    if (layers > 1) this.#parameters[this.#parameters.length - 1] = 1
  }

  /** number of parameters, and of gradients */
  get size(): number {
    return this.#parameters.length
  }

  /** softmax(w), one a layer */
  get mix(): readonly number[] {
    return this.#mix
  }

  /** γ */
  get scale(): number {
    return this.#scale
  }

  /** @param change sets the parameters, in place */
  update(change: (parameters: Float64Array) => void): void {
    change(this.#parameters)
    const layers = this.#mix.length
    if (layers === 1) return
    const powers = Array.from(this.#parameters.subarray(-1 - layers, -1), (weight) => exp(weight))
    const sum = powers.reduce((total, power) => total + power, 0)
    this.#mix = powers.map((power) => power / sum)
    this.#scale = this.#parameters[this.#parameters.length - 1]
    this.#weights.set(this.#mix.map((weight) => this.#scale * weight))
  }

  /** @param inputs [layers, width] @returns the most probable class */
  classify(inputs: Float64Array): number {
    const mixed = this.#mixed, probabilities = this.#probabilities, parameters = this.#parameters
    const width = this.#width, classes = this.#classes
    mixed.fill(0)
    addWeighted({ values: inputs, width }, { values: this.#weights, first: 0, step: 1 }, this.#weights.length, mixed, 0)
    let best = 0
    for (let k = 0; k < classes; k++) {
      probabilities[k] = parameters[classes * width + k] + dotWithin(parameters, k * width, mixed, 0, width)
      if (probabilities[k] > probabilities[best]) best = k
    }
    const largest = probabilities[best]
    let sum = 0
    for (let k = 0; k < classes; k++) sum += probabilities[k] = exp(probabilities[k] - largest)
    for (let k = 0; k < classes; k++) probabilities[k] /= sum
    return best
  }

  /**
   * Adds the gradient of −log p(label) for b, w and γ; that for W comes with `finish`, before `batch` more are learned.
   * @param inputs [layers, width]
   */
  learn(inputs: Float64Array, label: number, gradients: Float64Array): void {
    const width = this.#width, classes = this.#classes
    this.classify(inputs)
    const slopes = this.#probabilities
    slopes[label] -= 1
    for (let k = 0; k < classes; k++) gradients[classes * width + k] += slopes[k]
    this.#batchInputs.set(this.#mixed, this.#learned * width)
    this.#batchSlopes.set(slopes, this.#learned * classes)
    this.#learned += 1
    if (this.#mix.length > 1) this.#addMixGradients(inputs, slopes, gradients)
  }

  /** ∂/∂γ = Σ sⱼ hⱼ · ∂x, and ∂/∂wⱼ = γ sⱼ (hⱼ − Σ sᵢ hᵢ) · ∂x, where s = softmax(w) and ∂x is the gradient of the mix. */
  #addMixGradients(inputs: Float64Array, slopes: Float64Array, gradients: Float64Array): void {
    const mix = this.#mix, scale = this.#scale
    const width = this.#width, first = gradients.length - 1 - mix.length
    const inputSlopes = this.#inputSlopes.fill(0)
    addWeighted({ values: this.#parameters, width }, { values: slopes, first: 0, step: 1 }, this.#classes, inputSlopes, 0)
    const along = mix.map((_, layer) => dotWithin(inputs, layer * width, inputSlopes, 0, width))
    const mean = along.reduce((sum, value, layer) => sum + mix[layer] * value, 0)
    along.forEach((value, layer) => (gradients[first + layer] += scale * mix[layer] * (value - mean)))
    gradients[gradients.length - 1] += mean
  }

  /** Adds the gradient for W of what was learned since the last time. */
  finish(gradients: Float64Array): void {
    const width = this.#width, classes = this.#classes
    const inputs = { values: this.#batchInputs, width }
    for (let k = 0; k < classes; k++) {
      addWeighted(inputs, { values: this.#batchSlopes, first: k, step: classes }, this.#learned, gradients, k * width)
    }
    this.#learned = 0
  }
}
