import { describe, expect, test } from 'vitest'
import { lassoPath } from '../../src/core/lasso.ts'
import { fitLogistic, logLoss, logOdds } from '../../src/core/logistic.ts'
import { Random } from '../../src/core/random.ts'
import { mean, standardDeviation } from '../../src/core/statistics/moments.ts'

const random = new Random('logistic')
const items = 120
const columns = Array.from({ length: 6 }, (_, column) => Float64Array.from({ length: items }, () => random.normal() * (column + 1) + column))
const labels = Uint8Array.from({ length: items }, (_, item) => (columns[0][item] - columns[2][item] / 4 + random.normal() > 0 ? 1 : 0))
const standardised = columns.map((column) => {
  const [center, spread] = [mean(column), standardDeviation(column)]
  return column.map((value) => (value - center) / spread)
})

/** The mean loss of weights of standardised columns. */
function loss(weights: readonly number[], intercept: number): number {
  return mean(Array.from(labels, (label, item) =>
    logLoss(intercept + weights.reduce((sum, weight, column) => sum + weight * standardised[column][item], 0), label)))
}

describe('fitLogistic', () => {
  test('no step away from the solution makes the penalised loss smaller', () => {
    for (const penalty of [0.001, 0.1, 5]) {
      const fit = fitLogistic(columns, labels, penalty)
      const weights = [...fit.weights].map((weight, column) => weight * standardDeviation(columns[column]))
      const intercept = fit.intercept + fit.weights.reduce((sum, weight, column) => sum + weight * mean(columns[column]), 0)
      const objective = (own: readonly number[], constant: number) =>
        loss(own, constant) + (penalty / 2) * own.reduce((sum, weight) => sum + weight * weight, 0)
      const least = objective(weights, intercept)
      for (const step of [-1e-3, 1e-3]) {
        expect(objective(weights, intercept + step)).toBeGreaterThan(least)
        weights.forEach((_, place) => {
          expect(objective(weights.map((weight, index) => (index === place ? weight + step : weight)), intercept)).toBeGreaterThan(least)
        })
      }
    }
  })

  test('has an answer where a line separates the labels, and none for a column that does not vary', () => {
    const separated = Uint8Array.from(columns[0], (value) => (value > 0 ? 1 : 0))
    const fit = fitLogistic([columns[0], new Float64Array(items).fill(2)], separated, 0.01)
    expect(fit.weights[1]).toBe(0)
    const odds = logOdds([columns[0], new Float64Array(items)], fit)
    expect(odds.filter((value, item) => value > 0 === (separated[item] === 1)).length / items).toBeGreaterThan(0.97)
  })

  test('losses are −log p, near 0 and far from it', () => {
    expect(logLoss(0, 1)).toBeCloseTo(Math.log(2), 12)
    expect(logLoss(3, 0)).toBeCloseTo(-Math.log(1 - 1 / (1 + Math.exp(-3))), 12)
    expect(logLoss(1000, 0)).toBe(1000)
    expect(logLoss(-1000, 0)).toBe(0)
  })
})

describe('lassoPath', () => {
  const penalties = [0.5, 0.2, 0.1, 0.03, 0.01]
  const path = lassoPath(columns, labels, penalties)

  test('meets the conditions of an optimum: the slope of the loss is the penalty where a weight is not 0, and no more elsewhere', () => {
    for (const { penalty, weights, intercept } of path) {
      const slopeOf = (column: number) => {
        const moved = (step: number) => loss([...weights].map((weight, index) => (index === column ? weight + step : weight)), intercept)
        return (moved(1e-5) - moved(-1e-5)) / 2e-5
      }
      weights.forEach((weight, column) => {
        if (weight === 0) expect(Math.abs(slopeOf(column))).toBeLessThanOrEqual(penalty + 1e-3)
        else expect(slopeOf(column)).toBeCloseTo(-Math.sign(weight) * penalty, 3)
      })
    }
  })

  test('lets in more columns as the penalty falls, those that matter first, and predicts as it fits', () => {
    const counts = path.map(({ weights }) => weights.filter((weight) => weight !== 0).length)
    expect(counts[0]).toBe(0)
    expect(counts[4]).toBeGreaterThan(counts[1])
    expect(path[1].weights[0]).toBeGreaterThan(0)
    const odds = path[4].odds(columns)
    expect(odds[0]).toBeCloseTo(path[4].intercept + standardised.reduce((sum, column, index) => sum + column[0] * path[4].weights[index], 0), 10)
  })
})
