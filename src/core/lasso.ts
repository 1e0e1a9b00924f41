// Logistic regression with an absolute penalty, under which most weights are exactly 0: coordinate descent on quadratic
// approximations of the loss, from the largest penalty to the smallest, each starting where the one before ended (Friedman,
// Hastie & Tibshirani 2010).

import { exp } from './math.ts'
import { dot } from './matrix.ts'
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
  const spreads = columns.map((column, index) => standardDeviation(column, centers[index]))
  const standardise = (own: readonly ArrayLike<number>[]) => own.map((column, index) =>
    spreads[index] === 0 ? new Float64Array(column.length) : standardised(column, centers[index], spreads[index]))
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
    solve(approximate(columns, labels, all), penalty, all)
    if (all.every((weight, index) => Math.abs(weight - before[index]) < CLOSE)) break
  }
  weights.set(all.subarray(0, weights.length))
  return all[weights.length]
}

/** The loss around some weights. */
interface Approximation {
  /** at the weights, negative */
  readonly slopes: Float64Array
  /** second derivatives [columns] by a column and each other one: made for the few columns that come to have a say */
  bendsOf(column: number): Float64Array
}

function approximate(columns: readonly Float64Array[], labels: ArrayLike<number>, weights: Float64Array): Approximation {
  const items = labels.length
  const odds = oddsOf(columns, weights, 0)
  const curve = new Float64Array(items)
  const left = new Float64Array(items)
  for (let item = 0; item < items; item++) {
    const probability = 1 / (1 + exp(-odds[item]))
    curve[item] = Math.max(LEAST_CURVE, probability * (1 - probability)) / items
    left[item] = (labels[item] - probability) / items
  }
  const known: Float64Array[] = []
  return {
    slopes: Float64Array.from(columns, (own) => dot(own, left)),
    bendsOf(column) {
      if (known[column] === undefined) {
        const scaled = columns[column].map((value, item) => value * curve[item])
        known[column] = Float64Array.from(columns, (other) => dot(scaled, other))
      }
      return known[column]
    },
  }
}

/** Coordinate descent on the approximation; weights change in place, and slopes with them. */
function solve({ slopes, bendsOf }: Approximation, penalty: number, weights: Float64Array): void {
  const constant = weights.length - 1
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let largest = 0
    for (let column = 0; column < weights.length; column++) {
      if (column !== constant && weights[column] === 0 && Math.abs(slopes[column]) <= penalty) continue // stays 0
      const bends = bendsOf(column)
      const bend = bends[column]
      if (bend === 0) continue
      const target = slopes[column] + bend * weights[column]
      const change = (column === constant ? target : shrunk(target, penalty)) / bend - weights[column]
      if (change === 0) continue
      weights[column] += change
      for (let other = 0; other < weights.length; other++) slopes[other] -= change * bends[other]
      largest = Math.max(largest, Math.abs(change))
    }
    if (largest < SOLVED) return
  }
}

function shrunk(value: number, by: number): number {
  return value > by ? value - by : value < -by ? value + by : 0
}

function standardised(column: ArrayLike<number>, center: number, spread: number): Float64Array {
  const values = new Float64Array(column.length)
  for (let item = 0; item < values.length; item++) values[item] = (column[item] - center) / spread
  return values
}

function oddsOf(x: readonly Float64Array[], weights: Float64Array, intercept: number): Float64Array {
  const odds = new Float64Array(x[0].length).fill(intercept)
  x.forEach((column, index) => {
    if (weights[index] === 0) return
    for (let item = 0; item < odds.length; item++) odds[item] += weights[index] * column[item]
  })
  return odds
}
