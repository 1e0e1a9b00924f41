// Logistic regression with a squared penalty, by Newton's method; columns are standardised on the items that the weights are
// fitted to, and on no others.

import { solvePositive } from './cholesky.ts'
import { exp, log } from './math.ts'
import { dot } from './matrix.ts'
import { mean, standardDeviation } from './statistics/moments.ts'

export interface LogisticFit {
  /** of the columns as they are */
  readonly weights: Float64Array
  readonly intercept: number
}

const MOST_STEPS = 25
/** Largest change of a standardised weight at which Newton's method ends. */
const CLOSE = 1e-6

/**
 * Minimises the mean of −log p(label) + penalty / 2 · ‖w‖², w the weights of standardised columns; the intercept is free. A
 * column that does not vary has the weight 0.
 * @param columns each [items]
 * @param labels 0 or 1
 * @param penalty above 0, so that labels that a line separates have an answer
 */
export function fitLogistic(columns: readonly ArrayLike<number>[], labels: ArrayLike<number>, penalty: number): LogisticFit {
  const items = labels.length
  const centers = columns.map((column) => mean(column))
  const spreads = columns.map((column, index) => standardDeviation(column, centers[index]))
  const size = columns.length + 1
  const standardised = columns.map((column, index) => {
    const values = new Float64Array(items)
    for (let item = 0; spreads[index] > 0 && item < items; item++) values[item] = (column[item] - centers[index]) / spreads[index]
    return values
  })
  standardised.push(new Float64Array(items).fill(1)) // the constant
  let weights = new Float64Array(size)
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivatives(standardised, labels, weights, penalty)
    const change = solvePositive(hessian, gradient)
    weights = weights.map((weight, index) => weight - change[index])
    if (change.every((value) => Math.abs(value) < CLOSE)) break
  }
  const own = weights.subarray(0, size - 1).map((weight, index) => (spreads[index] === 0 ? 0 : weight / spreads[index]))
  return { weights: own, intercept: weights[size - 1] - own.reduce((sum, weight, index) => sum + weight * centers[index], 0) }
}

/** log p(1) − log p(0) of every item. */
export function logOdds(columns: readonly ArrayLike<number>[], { weights, intercept }: LogisticFit): Float64Array {
  const odds = new Float64Array(columns[0].length).fill(intercept)
  columns.forEach((column, index) => {
    for (let item = 0; item < odds.length; item++) odds[item] += weights[index] * column[item]
  })
  return odds
}

/** −log p(label), nats, without overflow. */
export function logLoss(odds: number, label: number): number {
  const signed = label === 1 ? odds : -odds
  return signed > 0 ? log(1 + exp(-signed)) : log(1 + exp(signed)) - signed
}

/** @param columns as many as weights, each [items] */
function derivatives(columns: readonly Float64Array[], labels: ArrayLike<number>, weights: Float64Array, penalty: number) {
  const size = weights.length
  const items = labels.length
  const slope = new Float64Array(items)
  columns.forEach((column, index) => {
    for (let item = 0; item < items; item++) slope[item] += weights[index] * column[item] // the odds
  })
  const curve = new Float64Array(items)
  for (let item = 0; item < items; item++) {
    const probability = 1 / (1 + exp(-slope[item]))
    slope[item] = (probability - labels[item]) / items
    curve[item] = (probability * (1 - probability)) / items
  }
  const gradient = Float64Array.from(columns, (column) => dot(column, slope))
  const hessian = new Float64Array(size * size)
  const scaled = new Float64Array(items)
  for (let a = 0; a < size; a++) {
    for (let item = 0; item < items; item++) scaled[item] = columns[a][item] * curve[item]
    for (let b = 0; b <= a; b++) hessian[a * size + b] = dot(scaled, columns[b])
  }
  for (let column = 0; column < size; column++) {
    const own = column + 1 < size ? penalty : 1e-9 // the constant is free; this only keeps the matrix definite
    gradient[column] += column + 1 < size ? penalty * weights[column] : 0
    hessian[column * size + column] += own
  }
  return { gradient, hessian }
}
