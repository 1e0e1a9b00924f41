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

const MOST_ROUNDS = 30
const MOST_SWEEPS = 200
/** Largest change of a weight at which an approximation is solved, and at which no other one is made. */
const SOLVED = 1e-6
const CLOSE = 1e-3
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
  // the constant is the last column, and has no penalty
  const columns = [...x, new Float64Array(labels.length).fill(1)]
  const all = new Float64Array([...weights, start])
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = all.slice()
    const { bends, slopes } = approximate(columns, labels, all)
    solve(bends, slopes, penalty, all)
    if (all.every((weight, index) => Math.abs(weight - before[index]) < CLOSE)) break
  }
  weights.set(all.subarray(0, weights.length))
  return all[weights.length]
}

/** The loss around the weights: second derivatives [columns, columns], and the slopes at the weights, negative. */
function approximate(columns: readonly Float64Array[], labels: ArrayLike<number>, weights: Float64Array) {
  const [items, size] = [labels.length, columns.length]
  const odds = oddsOf(columns, weights, 0)
  const bends = new Float64Array(size * size)
  const slopes = new Float64Array(size)
  const curve = new Float64Array(items)
  const left = new Float64Array(items)
  for (let item = 0; item < items; item++) {
    const probability = 1 / (1 + exp(-odds[item]))
    curve[item] = Math.max(LEAST_CURVE, probability * (1 - probability)) / items
    left[item] = (labels[item] - probability) / items
  }
  const scaled = new Float64Array(items)
  for (let a = 0; a < size; a++) {
    const own = columns[a]
    let slope = 0
    for (let item = 0; item < items; item++) {
      scaled[item] = own[item] * curve[item]
      slope += own[item] * left[item]
    }
    slopes[a] = slope
    for (let b = 0; b <= a; b++) {
      const other = columns[b]
      let sum = 0
      for (let item = 0; item < items; item++) sum += scaled[item] * other[item]
      bends[a * size + b] = sum
      bends[b * size + a] = sum
    }
  }
  return { bends, slopes }
}

/** Coordinate descent on the approximation; weights change in place, and slopes with them. */
function solve(bends: Float64Array, slopes: Float64Array, penalty: number, weights: Float64Array): void {
  const size = weights.length
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let largest = 0
    for (let column = 0; column < size; column++) {
      const bend = bends[column * size + column]
      if (bend === 0) continue
      const target = slopes[column] + bend * weights[column]
      const change = (column === size - 1 ? target : shrunk(target, penalty)) / bend - weights[column]
      if (change === 0) continue
      weights[column] += change
      for (let other = 0; other < size; other++) slopes[other] -= change * bends[column * size + other]
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest < SOLVED) return
  }
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
