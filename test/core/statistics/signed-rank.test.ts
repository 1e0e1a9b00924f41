// Literals come from SciPy 1.17: stats.wilcoxon(differences, method='exact'), and where sizes are tied
// method=stats.PermutationMethod(n_resamples=10**6), which goes through all signs. Critical values of T for 5 %,
// two-sided, are those of the usual tables: 8 for 10 pairs, 52 for 20.
import { expect, test } from 'vitest'
import { signedRank } from '../../../src/core/statistics/signed-rank.ts'

/** Differences of sizes 1 to `count`, some of them negative. */
const differences = (count: number, negative: readonly number[]) =>
  Array.from({ length: count }, (_, index) => index + 1).map((size) => (negative.includes(size) ? -size : size))

test('agrees with SciPy where all sizes differ', () => {
  expect(signedRank(differences(5, [])).p).toBe(0.0625)
  expect(signedRank([-1, 2, 3, -4, 5, 6, 7, 8, 9, 10]).p).toBe(0.01953125)
  expect(signedRank(differences(20, [])).p).toBe(1.9073486328125e-6)
})

test('crosses 5 % at the critical values of the tables', () => {
  expect(signedRank(differences(10, [1, 7])).p).toBe(0.048828125)
  expect(signedRank(differences(10, [2, 7])).p).toBe(0.064453125)
  expect(signedRank(differences(20, [13, 19, 20])).p).toBeCloseTo(0.04844093322753906, 15)
  expect(signedRank(differences(20, [14, 19, 20])).p).toBeCloseTo(0.05316925048828125, 15)
})

test('agrees with SciPy where sizes are tied and pairs do not differ', () => {
  expect(signedRank([3, 3, -3, 5, 5, 0, 0, 8, -1, 2])).toEqual({
    positive: 6, negative: 2, zero: 2, p: 0.078125, smallestP: 1 / 512,
  })
  expect(signedRank([900, 900, 900, 850, 20, -20, 0, 900, 13, 12]).p).toBe(0.0234375)
  expect(signedRank([1, 1, 1, 1, -1]).p).toBe(0.375)
})

test('does not know which side is called the first', () => {
  const some = [5, -2, 7, 7, 0, 1]
  expect(signedRank(some.map((value) => -value)).p).toBe(signedRank(some).p)
})

test('says nothing of pairs that do not differ, and no p is below the smallest', () => {
  expect(signedRank([0, 0, 0])).toEqual({ positive: 0, negative: 0, zero: 3, p: 1, smallestP: 0.25 })
  expect(signedRank([])).toMatchObject({ p: 1, smallestP: 1 })
  expect(signedRank([4])).toMatchObject({ p: 1, smallestP: 1 })
  for (const pairs of [2, 6, 10]) expect(signedRank(differences(pairs, [])).p).toBe(2 ** (1 - pairs))
  expect(signedRank(differences(10, [])).smallestP).toBe(1 / 512)
})
