// Logistic regression with an absolute penalty, under which most weights are exactly 0: coordinate descent on quadratic
// approximations of the loss, from the largest penalty to the smallest, each starting where the one before ended (Friedman,
// Hastie & Tibshirani 2010).

import { exp } from './math.ts'
import { mean, standardDeviation } from './statistics/moments.ts'

export interface LassoFit {
  readonly penalty: number
  /** of standardised columns; 0 where a column has no say */
  readonly weights: Float64Array
  readonly intercept: number
  /** log p(1) − log p(0) of other items */
  odds(columns: readonly ArrayLike<number>[]): Float64Array
}

const MOST_ROUNDS = 50
const MOST_SWEEPS = 100
const CLOSE = 1e-5
/** Curvatures of items whose probability is nearly 0 or 1 are taken to be at least that. */
const LEAST_CURVE = 1e-5

/**
 * Minimises the mean of −log p(label) + penalty · Σ |w|, w the weights of standardised columns.
 * @param penalties falling
 */
export function lassoPath(columns: readonly ArrayLike<number>[], labels: ArrayLike<number>, penalties: readonly number[]): LassoFit[] {
  const centers = columns.map((column) => mean(column))
  const spreads = columns.map((column) => standardDeviation(column))
  const standardise = (own: readonly ArrayLike<number>[]) => own.map((column, index) =>
    Float64Array.from({ length: column.length }, (_, item) => (spreads[index] === 0 ? 0 : (column[item] - centers[index]) / spreads[index])))
  const x = standardise(columns)
  const weights = new Float64Array(columns.length)
  let intercept = 0
  return penalties.map((penalty): LassoFit => {
    intercept = descend(x, labels, penalty, weights, intercept)
    const [own, constant] = [weights.slice(), intercept]
    return { penalty, weights: own, intercept: constant, odds: (others) => oddsOf(standardise(others), own, constant) }
  })
}

/** Changes the weights in place. @returns the intercept */
function descend(x: readonly Float64Array[], labels: ArrayLike<number>, penalty: number, weights: Float64Array, start: number): number {
  const items = labels.length
  let intercept = start
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const odds = oddsOf(x, weights, intercept)
    const probability = odds.map((value) => 1 / (1 + exp(-value)))
    const curve = probability.map((p) => Math.max(LEAST_CURVE, p * (1 - p)))
    // what is left of the working response, z − odds
    const left = curve.map((own, item) => (labels[item] - probability[item]) / own)
    let moved = 0
    for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      const step = centred(curve, left)
      intercept += step
      let largest = Math.abs(step)
      x.forEach((column, index) => {
        let [slope, bend] = [0, 0]
        for (let item = 0; item < items; item++) {
          slope += curve[item] * column[item] * (left[item] + weights[index] * column[item])
          bend += curve[item] * column[item] * column[item]
        }
        const next = bend === 0 ? 0 : shrunk(slope / items, penalty) / (bend / items)
        const change = next - weights[index]
        if (change === 0) return
        weights[index] = next
        for (let item = 0; item < items; item++) left[item] -= change * column[item]
        largest = Math.max(largest, Math.abs(change))
      })
      moved = Math.max(moved, largest)
      if (largest < CLOSE) break
    }
    if (moved < CLOSE) break
  }
  return intercept
}

/** Takes the weighted mean off what is left. @returns the mean */
function centred(curve: Float64Array, left: Float64Array): number {
  let [sum, total] = [0, 0]
  for (let item = 0; item < left.length; item++) {
    sum += curve[item] * left[item]
    total += curve[item]
  }
  for (let item = 0; item < left.length; item++) left[item] -= sum / total
  return sum / total
}

function shrunk(value: number, by: number): number {
  return value > by ? value - by : value < -by ? value + by : 0
}

function oddsOf(x: readonly Float64Array[], weights: Float64Array, intercept: number): Float64Array {
  const odds = new Float64Array(x[0].length).fill(intercept)
  x.forEach((column, index) => {
    if (weights[index] === 0) return
    for (let item = 0; item < odds.length; item++) odds[item] += weights[index] * column[item]
  })
  return odds
}
