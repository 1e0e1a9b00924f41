// Softmax regression on a scalar mix of layers (Peters et al. 2018, equation 1): x = γ Σ softmax(w)ⱼ hⱼ, with γ and w learned
// together with the probe. Its parameters, what it says of a token, and the gradient of −log p.

import { exp } from '../../core/math.ts'
import { dotWithin } from '../../core/matrix.ts'

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
  readonly parameters: Float64Array
  /** softmax(w) */
  mix: readonly number[]
  /** γ */
  scale = 1
  readonly #width: number
  readonly #classes: number
  /** γ softmax(w) */
  readonly #weights: Float64Array
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
    this.parameters = new Float64Array(classes * width + classes + (layers > 1 ? layers + 1 : 0))
    if (layers > 1) this.parameters[this.parameters.length - 1] = 1
    this.mix = Array.from({ length: layers }, () => 1 / layers)
    this.#weights = Float64Array.from(this.mix)
  }

  /** γ and softmax(w), from parameters that have changed. */
  readMix(): void {
    const layers = this.mix.length
    if (layers === 1) return
    const powers = Array.from(this.parameters.subarray(-1 - layers, -1), (weight) => exp(weight))
    const sum = powers.reduce((total, power) => total + power, 0)
    this.mix = powers.map((power) => power / sum)
    this.scale = this.parameters[this.parameters.length - 1]
    this.#weights.set(this.mix.map((weight) => this.scale * weight))
  }

  /** @param inputs [layers, width] @returns the most probable class */
  classify(inputs: Float64Array): number {
    const mixed = this.#mixed, probabilities = this.#probabilities, parameters = this.parameters
    const width = this.#width, classes = this.#classes
    mixed.fill(0)
    addRows(inputs, width, this.#weights, 0, 1, this.#weights.length, mixed, 0)
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
    if (this.mix.length > 1) this.#addMixGradients(inputs, slopes, gradients)
  }

  /** ∂/∂γ = Σ sⱼ hⱼ · ∂x, and ∂/∂wⱼ = γ sⱼ (hⱼ − Σ sᵢ hᵢ) · ∂x, where s = softmax(w) and ∂x is the gradient of the mix. */
  #addMixGradients(inputs: Float64Array, slopes: Float64Array, gradients: Float64Array): void {
    const { mix, scale } = this
    const width = this.#width, first = gradients.length - 1 - mix.length
    const inputSlopes = this.#inputSlopes.fill(0)
    addRows(this.parameters, width, slopes, 0, 1, slopes.length, inputSlopes, 0)
    const along = mix.map((_, layer) => dotWithin(inputs, layer * width, inputSlopes, 0, width))
    const mean = along.reduce((sum, value, layer) => sum + mix[layer] * value, 0)
    along.forEach((value, layer) => (gradients[first + layer] += scale * mix[layer] * (value - mean)))
    gradients[gradients.length - 1] += mean
  }

  /** Adds the gradient for W of what was learned since the last time. */
  finish(gradients: Float64Array): void {
    const width = this.#width, classes = this.#classes
    for (let k = 0; k < classes; k++) {
      addRows(this.#batchInputs, width, this.#batchSlopes, k, classes, this.#learned, gradients, k * width)
    }
    this.#learned = 0
  }
}

/** to[start + i] += Σ factors[first + r · step] · rows[r, i] over `count` rows, four at a time. */
function addRows(
  rows: Float64Array,
  width: number,
  factors: Float64Array,
  first: number,
  step: number,
  count: number,
  to: Float64Array,
  start: number,
): void {
  const whole = count - (count % 4)
  for (let r = 0; r < whole; r += 4) {
    const [a, b, c, d] = [r * width, (r + 1) * width, (r + 2) * width, (r + 3) * width]
    const f = first + r * step
    const [u, v, w, x] = [factors[f], factors[f + step], factors[f + 2 * step], factors[f + 3 * step]]
    for (let i = 0; i < width; i++) {
      to[start + i] += u * rows[a + i] + v * rows[b + i] + (w * rows[c + i] + x * rows[d + i])
    }
  }
  for (let r = whole; r < count; r++) {
    const factor = factors[first + r * step]
    for (let i = 0; i < width; i++) to[start + i] += factor * rows[r * width + i]
  }
}
