import { expect, test } from 'vitest'
import { meanInterval, studentQuantile } from '../../../src/core/statistics/student.ts'

// R: qt(0.975, c(1, 2, 4, 30, 31, 40, 120))
test('quantiles are those of R, in the table and beyond it', () => {
  const degrees = [1, 2, 4, 30, 31, 40, 120]
  const expected = [12.7062, 4.30265, 2.77645, 2.04227, 2.03951, 2.02108, 1.97993]
  degrees.forEach((own, index) => expect(studentQuantile(own)).toBeCloseTo(expected[index], 3))
})

// R: t.test(c(2.1, 3.4, 2.9))$conf.int
test('the interval of a mean is that of a t test', () => {
  const { low, high } = meanInterval([2.1, 3.4, 2.9])
  expect(low).toBeCloseTo(1.171, 2)
  expect(high).toBeCloseTo(4.429, 2)
  expect(meanInterval([5, 5, 5])).toEqual({ low: 5, high: 5 })
  expect(meanInterval([5])).toEqual({ low: null, high: null })
})
