// Literals come from SciPy 1.17:
//   st.norm.sf(z) * 2; st.binomtest(k, n).proportion_ci(method='wilson'); st.binomtest(k, n, p).pvalue
//   st.false_discovery_control(p); st.pearsonr(x, y); st.rankdata(x); np.quantile([1, 2, 4, 8, 16], p)
import { describe, expect, test } from 'vitest'
import { quantile } from '../../../src/core/statistics/interval.ts'
import { correlation, mean, standardDeviation } from '../../../src/core/statistics/moments.ts'
import { benjaminiHochberg, maximumStatistic } from '../../../src/core/statistics/multiplicity.ts'
import { twoSidedNormal } from '../../../src/core/statistics/normal.ts'
import { binomialTest, mcnemar, wilson } from '../../../src/core/statistics/proportions.ts'

describe('moments', () => {
  test('mean, deviation and correlation agree with NumPy', () => {
    const x = [1, 2, 3, 4, 5, 7]
    const y = [2, 1, 4, 3, 7, 5]
    expect(mean(x)).toBeCloseTo(22 / 6, 14)
    expect(standardDeviation(y)).toBeCloseTo(2.160246899469287, 14)
    expect(correlation(x, y)).toBeCloseTo(0.7428571428571428, 14)
  })

  test('a side that does not vary has correlation 0, and one value has no spread', () => {
    expect(correlation([1, 2, 3], [5, 5, 5])).toBe(0)
    expect(standardDeviation([4])).toBe(0)
  })
})

test('quantiles interpolate as NumPy does', () => {
  const sorted = [1, 2, 4, 8, 16]
  expect(quantile(sorted, 0.025)).toBeCloseTo(1.1, 14)
  expect(quantile(sorted, 0.5)).toBe(4)
  expect(quantile(sorted, 0.975)).toBeCloseTo(15.2, 13)
})

test('tails of the normal distribution agree with SciPy from the middle to far out', () => {
  const expected: readonly (readonly [number, number])[] = [
    [0, 1],
    [0.5, 0.6170750774519738],
    [1.96, 0.04999579029644087],
    [3.4, 0.0006738585313537617],
    [-3.6, 0.00031821718031506727],
    [8, 1.244192114854348e-15],
    [30, 9.813427854295816e-198],
  ]
  for (const [z, p] of expected) expect(twoSidedNormal(z) / p).toBeCloseTo(1, 11)
})

describe('proportions', () => {
  test('Wilson intervals agree with SciPy, at the edges too', () => {
    const expected: readonly (readonly [number, number, number, number])[] = [
      [18, 20, 0.6989663547715128, 0.9721335187862319],
      [0, 10, 0, 0.27753279986288926],
      [10, 10, 0.7224672001371109, 1],
      [523, 600, 0.8425209881260344, 0.8960834807871146],
    ]
    for (const [successes, trials, low, high] of expected) {
      const interval = wilson(successes, trials)
      expect(interval.low).toBeCloseTo(low, 12)
      expect(interval.high).toBeCloseTo(high, 12)
    }
  })

  test('with no success an interval begins at 0, with nothing but successes it ends at 1, exactly', () => {
    for (let trials = 1; trials <= 200; trials++) {
      expect(wilson(0, trials).low).toBe(0)
      expect(wilson(trials, trials).high).toBe(1)
    }
  })

  test('the exact binomial test agrees with SciPy', () => {
    expect(binomialTest(18, 20)).toBeCloseTo(0.0004024505615234375, 13)
    expect(binomialTest(3, 15, 0.3)).toBeCloseTo(0.5752464876826837, 12)
    expect(binomialTest(0, 7, 0.1)).toBeCloseTo(1, 12)
    expect(binomialTest(340, 600)).toBeCloseTo(0.0012405061912254254, 12)
  })

  test('McNemar counts only the pairs that changed, in either order', () => {
    expect(mcnemar(5, 15)).toBeCloseTo(0.04138946533203125, 13)
    expect(mcnemar(15, 5)).toBe(mcnemar(5, 15))
    expect(mcnemar(0, 0)).toBe(1)
  })
})

describe('multiplicity', () => {
  test('Benjamini and Hochberg agree with SciPy', () => {
    const adjusted = benjaminiHochberg([0.01, 0.04, 0.03, 0.005, 0.8, 0.039])
    const expected = [0.03, 0.048, 0.048, 0.03, 0.8, 0.048]
    adjusted.forEach((value, index) => expect(value).toBeCloseTo(expected[index], 14))
  })

  test('the largest of each shuffle is what a statistic has to beat', () => {
    const { pValues, chanceBest } = maximumStatistic([0.5, 2, 9], [[1, 2, 0], [3, 0, 1], [0, 1, 0]])
    expect([...pValues]).toEqual([1, 0.75, 0.25])
    expect(chanceBest).toBeCloseTo(2.9, 14)
  })
})
