// Logistic regression with a squared penalty, by Newton's method; columns are standardised on the items that the weights are
// fitted to, and on no others.

import { solvePositive } from './cholesky.ts'
import { exp, log } from './math.ts'
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
  const spreads = columns.map((column) => standardDeviation(column))
  const size = columns.length + 1
  // the last column is the constant
  const rows = new Float64Array(items * size)
  for (let item = 0; item < items; item++) {
    for (let column = 0; column + 1 < size; column++) {
      rows[item * size + column] = spreads[column] === 0 ? 0 : (columns[column][item] - centers[column]) / spreads[column]
    }
    rows[item * size + size - 1] = 1
  }
  let weights = new Float64Array(size)
  for (let step = 0; step < MOST_STEPS; step++) {
    const { gradient, hessian } = derivatives(rows, labels, weights, penalty)
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

/** @param rows [items, weights] */
function derivatives(rows: Float64Array, labels: ArrayLike<number>, weights: Float64Array, penalty: number) {
  const size = weights.length
  const items = labels.length
  const gradient = new Float64Array(size)
  const hessian = new Float64Array(size * size)
  for (let item = 0; item < items; item++) {
    const row = rows.subarray(item * size, (item + 1) * size)
    let odds = 0
    for (let column = 0; column < size; column++) odds += weights[column] * row[column]
    const probability = 1 / (1 + exp(-odds))
    const slope = (probability - labels[item]) / items
    const curve = (probability * (1 - probability)) / items
    for (let a = 0; a < size; a++) {
      gradient[a] += slope * row[a]
      const scaled = curve * row[a]
      for (let b = 0; b <= a; b++) hessian[a * size + b] += scaled * row[b]
    }
  }
  for (let column = 0; column < size; column++) {
    const own = column + 1 < size ? penalty : 1e-9 // the constant is free; this only keeps the matrix definite
    gradient[column] += column + 1 < size ? penalty * weights[column] : 0
    hessian[column * size + column] += own
  }
  return { gradient, hessian }
}
