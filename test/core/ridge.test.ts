import { expect, test } from 'vitest'
import { Random } from '../../src/core/random.ts'
import { fitRidge, project, ridge } from '../../src/core/ridge.ts'
import { mean, standardDeviation } from '../../src/core/statistics/moments.ts'

const random = new Random('ridge')
const draw = () => Float64Array.from({ length: 40 }, () => random.normal())
const [first, noise] = [draw(), draw()]
/** nearly the same as the first, on another scale */
const second = first.map((value, item) => 100 * (value + 0.1 * noise[item]) + 7)
const labels = first.map((value, item) => (value + noise[item] > 0 ? 1 : 0))

/** What ridge says that it minimises, written out. */
function objective(columns: readonly Float64Array[], weights: readonly number[], penalty: number): number {
  const standardised = columns.map((column) => {
    const [center, spread] = [mean(column), standardDeviation(column)]
    return column.map((value) => (value - center) / spread)
  })
  const errors = labels.map((label, item) => {
    const predicted = weights.reduce((sum, weight, index) => sum + weight * standardised[index][item], 0)
    return (label - mean(labels) - predicted) ** 2
  })
  return mean(errors) + penalty * weights.reduce((sum, weight) => sum + weight * weight, 0)
}

test('no step away from the solution makes the penalised error smaller', () => {
  const columns = [first, second, noise]
  for (const penalty of [0.001, 0.1, 10]) {
    const fitted = [...ridge(columns, labels, penalty)]
    const weights = fitted.map((weight, index) => weight * standardDeviation(columns[index]))
    const least = objective(columns, weights, penalty)
    for (let index = 0; index < weights.length; index++) {
      for (const step of [-1e-3, 1e-3]) {
        const moved = weights.map((weight, place) => (place === index ? weight + step : weight))
        expect(objective(columns, moved, penalty)).toBeGreaterThan(least)
      }
    }
  }
})

test('a column that does not vary has no weight, and one in other units the same say', () => {
  const constant = new Float64Array(40).fill(0.1)
  const [weight, none] = ridge([first, constant], labels, 0.1)
  expect(none).toBe(0)
  expect(ridge([first.map((value) => 1000 * value)], labels, 0.1)[0] * 1000).toBeCloseTo(weight, 10)
})

test('fits many penalties as it fits each, and predicts the mean of the labels at the mean of the columns', () => {
  const columns = [first, second, noise]
  const fits = fitRidge(columns, labels, [0.001, 0.1, 10])
  fits.forEach(({ weights, standardised, intercept }, index) => {
    expect([...weights]).toEqual([...ridge(columns, labels, [0.001, 0.1, 10][index])])
    weights.forEach((weight, column) => expect(standardised[column]).toBeCloseTo(weight * standardDeviation(columns[column]), 12))
    const atMean = intercept + weights.reduce((sum, weight, column) => sum + weight * mean(columns[column]), 0)
    expect(atMean).toBeCloseTo(mean(labels), 12)
  })
})

test('projects items as the weighted sum of their columns', () => {
  expect([...project([[1, 2], [10, 20]], Float64Array.of(3, -1))]).toEqual([-7, -14])
})
