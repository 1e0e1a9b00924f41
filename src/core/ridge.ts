// Ridge regression of a label on many columns, by the normal equations and Cholesky's decomposition. Columns are
// standardised on the items that the weights are fitted to, and on no others.

import { solvePositive } from './cholesky.ts'
import { dot } from './matrix.ts'
import { mean, standardDeviation } from './statistics/moments.ts'

/** Weights of the columns as they are, not standardised. A constant, which changes no order, is left out. */
export type Direction = Float64Array

export interface RidgeFit {
  readonly weights: Direction
  /** of columns of standard deviation 1: what a deviation of each adds to the prediction */
  readonly standardised: Float64Array
  /** prediction = intercept + Σ weight · column */
  readonly intercept: number
}

/** As `fitRidge` with one penalty. */
export function ridge(columns: readonly ArrayLike<number>[], labels: ArrayLike<number>, penalty: number): Direction {
  return fitRidge(columns, labels, [penalty])[0].weights
}

/**
 * Minimises the mean of (label − w · z)² plus penalty · ‖w‖², z the standardised columns and the labels centred. A
 * column that does not vary has the weight 0.
 * @param columns each [items]
 * @param penalties each above 0; the columns are multiplied with each other once for all of them
 */
export function fitRidge(
  columns: readonly ArrayLike<number>[],
  labels: ArrayLike<number>,
  penalties: readonly number[],
): RidgeFit[] {
  const items = labels.length
  const centers = columns.map((column) => mean(column))
  const spreads = columns.map((column, index) => (isConstant(column) ? 0 : standardDeviation(column, centers[index])))
  const standardised = columns.map((column, index) => {
    const [center, spread] = [centers[index], spreads[index]]
    const values = new Float64Array(items)
    for (let item = 0; spread > 0 && item < items; item++) values[item] = (column[item] - center) / spread
    return values
  })
  const center = mean(labels)
  const centred = Float64Array.from({ length: items }, (_, item) => labels[item] - center)
  const size = columns.length
  const covariances = new Float64Array(size * size)
  const target = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    target[row] = dot(standardised[row], centred) / items
    for (let column = 0; column <= row; column++) {
      covariances[row * size + column] = dot(standardised[row], standardised[column]) / items
    }
  }
  return penalties.map((penalty): RidgeFit => {
    const matrix = covariances.slice()
    for (let row = 0; row < size; row++) matrix[row * size + row] += penalty
    const solved = solvePositive(matrix, target).map((weight, index) => (spreads[index] === 0 ? 0 : weight))
    const weights = solved.map((weight, index) => (spreads[index] === 0 ? 0 : weight / spreads[index]))
    const offset = weights.reduce((sum, weight, index) => sum + weight * centers[index], 0)
    return { weights, standardised: solved, intercept: center - offset }
  })
}

/** Σ weight · column for every item. */
export function project(columns: readonly ArrayLike<number>[], direction: Direction): Float64Array {
  const sums = new Float64Array(columns[0].length)
  columns.forEach((column, index) => {
    for (let item = 0; item < sums.length; item++) sums[item] += direction[index] * column[item]
  })
  return sums
}

function isConstant(column: ArrayLike<number>): boolean {
  for (let item = 1; item < column.length; item++) if (column[item] !== column[0]) return false
  return true
}
