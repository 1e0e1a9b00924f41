// Vectors, and products of square matrices without ever multiplying two of them: largest singular values by power
// iteration, and the growth rates of all directions by repeated orthogonalisation. Vectors are brought back to unit
// size after every factor, so that long products neither overflow nor vanish.

import { log } from './math.ts'
import type { Random } from './random.ts'

/** Row-major, [size, size]. */
export interface Matrix {
  readonly size: number
  readonly values: Float32Array | Float64Array
}

/** √Σ x². */
export function norm(vector: ArrayLike<number>): number {
  let sum = 0
  for (let place = 0; place < vector.length; place++) sum += vector[place] * vector[place]
  return Math.sqrt(sum)
}

/** a · b / (‖a‖ ‖b‖); 0 where one of them is. */
export function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let product = 0
  for (let place = 0; place < a.length; place++) product += a[place] * b[place]
  return product / (norm(a) * norm(b) || 1)
}

/** Σ a · b. */
export function dot(a: Float64Array, b: Float64Array): number {
  return dotWithin(a, 0, b, 0, a.length)
}

/** The same of `count` numbers from `fromA` and `fromB` on, in four sums, which need not wait for each other. */
export function dotWithin(a: Float64Array, fromA: number, b: Float64Array, fromB: number, count: number): number {
  let [first, second, third, fourth] = [0, 0, 0, 0]
  const whole = count - (count % 4)
  for (let place = 0; place < whole; place += 4) {
    first += a[fromA + place] * b[fromB + place]
    second += a[fromA + place + 1] * b[fromB + place + 1]
    third += a[fromA + place + 2] * b[fromB + place + 2]
    fourth += a[fromA + place + 3] * b[fromB + place + 3]
  }
  for (let place = whole; place < count; place++) first += a[fromA + place] * b[fromB + place]
  return first + second + (third + fourth)
}

/** A matrix of rows of `width` numbers. */
export interface Rows {
  readonly values: Float64Array
  readonly width: number
}

/** Every `step`-th number from `first` on: a column of a matrix of that width. */
export interface Strided {
  readonly values: Float64Array
  readonly first: number
  readonly step: number
}

/** to[start + i] += Σ factors[r] · rows[r, i] over the first `count` rows, four at a time. */
export function addWeighted({ values, width }: Rows, factors: Strided, count: number, to: Float64Array, start: number): void {
  const factorOf = (row: number): number => factors.values[factors.first + row * factors.step]
  const whole = count - (count % 4)
  for (let row = 0; row < whole; row += 4) {
    const [first, second, third, fourth] = [factorOf(row), factorOf(row + 1), factorOf(row + 2), factorOf(row + 3)]
    for (let i = 0, at = row * width; i < width; i++, at++) {
      to[start + i] +=
        first * values[at] + second * values[at + width] + (third * values[at + 2 * width] + fourth * values[at + 3 * width])
    }
  }
  for (let row = whole; row < count; row++) {
    const factor = factorOf(row)
    for (let i = 0, at = row * width; i < width; i++, at++) to[start + i] += factor * values[at]
  }
}

/** The values of some places. */
export function pick(values: Float64Array, places: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(places.length)
  for (let index = 0; index < places.length; index++) picked[index] = values[places[index]]
  return picked
}

/** to = matrix · from */
export function multiply({ size, values }: Matrix, from: Float64Array, to: Float64Array): void {
  for (let row = 0, place = 0; row < size; row++) {
    let sum = 0
    for (let column = 0; column < size; column++, place++) sum += values[place] * from[column]
    to[row] = sum
  }
}

/** to = matrixᵀ · from */
export function multiplyTransposed({ size, values }: Matrix, from: Float64Array, to: Float64Array): void {
  to.fill(0)
  for (let row = 0, place = 0; row < size; row++) {
    const factor = from[row]
    for (let column = 0; column < size; column++, place++) to[column] += factor * values[place]
  }
}

export interface PowerOptions {
  /** of the first vector */
  readonly random: Random
  /** stops where the logarithm changes by less than this; 1e-6 by default */
  readonly tolerance?: number
  /** 1000 by default */
  readonly mostIterations?: number
}

/**
 * ln of the largest singular value of the product P of the last factors, factors[n − 1] · factors[n − 2] · …, for each of
 * some numbers of factors; −∞ where the product is 0. By power iteration on P Pᵀ, which goes on from the vector of the
 * number before: products that end with the same factors have nearly the same one.
 * @param counts rising
 */
export function logSingularValues(
  factors: readonly Matrix[],
  counts: readonly number[],
  { random, tolerance = 1e-6, mostIterations = 1000 }: PowerOptions,
): number[] {
  const { size } = factors[0]
  let vector = Float64Array.from({ length: size }, () => random.normal())
  let other = new Float64Array(size)
  normalize(vector)
  return counts.map((count) => {
    const product = factors.slice(-count)
    let known = NaN
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      let logNorm = 0
      const apply = (times: typeof multiply, matrix: Matrix): void => {
        times(matrix, vector, other)
        ;[vector, other] = [other, vector]
        logNorm += log(normalize(vector))
      }
      for (const factor of product.toReversed()) apply(multiplyTransposed, factor)
      for (const factor of product) apply(multiply, factor)
      if (logNorm === -Infinity) return logNorm
      const value = logNorm / 2 // ‖Pᵀ w‖² ≤ ‖P Pᵀ w‖ ≤ σ²
      if (Math.abs(value - known) < tolerance) return value
      known = value
    }
    return known
  })
}

/**
 * How much the product factors[n − 1] · … · factors[0] stretches in each direction, by orthogonalising after every
 * factor (Benettin et al. 1980): ln of the diagonal of R, summed; the largest first. Divided by n these are finite-time
 * Lyapunov exponents. −∞ for a direction that is lost.
 * @param lost the share of an image that is outside the larger ones, below which it is rounding and not a direction
 */
export function logStretches(factors: readonly Matrix[], lost = 1e-12): number[] {
  const { size } = factors[0]
  const stretches = new Float64Array(size)
  let basis = Array.from({ length: size }, (_, index) => unitVector(size, index))
  for (const factor of factors) {
    const images = basis.map((vector) => {
      const image = new Float64Array(size)
      multiply(factor, vector, image)
      return image
    })
    orthogonalize(images, lost).forEach((norm, index) => (stretches[index] += log(norm)))
    basis = images
  }
  return [...stretches].sort((a, b) => b - a)
}

/** Gram and Schmidt, twice over because once loses digits (Giraud et al. 2005). Returns what is left of each vector. */
function orthogonalize(vectors: readonly Float64Array[], lost: number): number[] {
  return vectors.map((vector, index) => {
    const whole = norm(vector)
    for (let pass = 0; pass < 2; pass++) {
      for (let before = 0; before < index; before++) {
        const other = vectors[before]
        let product = 0
        for (let place = 0; place < vector.length; place++) product += vector[place] * other[place]
        for (let place = 0; place < vector.length; place++) vector[place] -= product * other[place]
      }
    }
    if (norm(vector) < lost * whole) vector.fill(0)
    return normalize(vector)
  })
}

/** Returns the norm that the vector had; a vector of zeros stays one. */
function normalize(vector: Float64Array): number {
  const length = norm(vector)
  if (length > 0) for (let place = 0; place < vector.length; place++) vector[place] /= length
  return length
}


function unitVector(size: number, index: number): Float64Array {
  const vector = new Float64Array(size)
  vector[index] = 1
  return vector
}
