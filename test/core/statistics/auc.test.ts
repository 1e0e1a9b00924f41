// Expected values follow the definitions with explicit loops over all pairs (NumPy):
//   V10 = [mean(psi(a, b) for b in neg) for a in pos]; DeLong: V10.var(ddof=1)/6 + V01.var(ddof=1)/7;
//   Obuchowski (1997): S10, S01, S11 from sums of V - AUC over clusters.
import { expect, test } from 'vitest'
import { Random } from '../../../src/core/random.ts'
import { auc, aucInterval, midranks } from '../../../src/core/statistics/auc.ts'

const values = [3, 5, 5, 7, 9, 2, 1, 3, 4, 5, 0, 2, 2]
const positive = [1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]

test('tied values share the mean of their ranks', () => {
  expect([...midranks([3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5])]).toEqual([4.5, 1.5, 6, 1.5, 8, 11, 3, 10, 8, 4.5, 8])
})

test('the area is the share of pairs in the right order', () => {
  expect(auc(values, positive)).toBeCloseTo(0.8214285714285714, 14)
  const random = new Random(5)
  const noise = Array.from({ length: 60 }, () => random.integer(10))
  const labels = Array.from({ length: 60 }, () => random.integer(2))
  let ordered = 0
  let pairs = 0
  noise.forEach((a, i) => {
    noise.forEach((b, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return
      pairs++
      ordered += a > b ? 1 : a === b ? 0.5 : 0
    })
  })
  expect(auc(noise, labels)).toBeCloseTo(ordered / pairs, 14)
})

test('without clusters the interval is that of DeLong', () => {
  const { low, high } = aucInterval(values, positive)
  expect(low).toBeCloseTo(0.587866313152219, 12)
  expect(high).toBe(1) // 1.055, cut
})

test('items of one cluster count together', () => {
  const { low, high } = aucInterval(values, positive, [...'aabbcd', ...'abbcdde'])
  expect(low).toBeCloseTo(0.7218293455507921, 12)
  expect(high).toBeCloseTo(0.9210277973063509, 12)
})

test('repeating every item within its cluster does not narrow the interval', () => {
  const random = new Random(8)
  const scores = Array.from({ length: 30 }, (_, index) => random.normal() + (index % 2))
  const labels = scores.map((_, index) => index % 2)
  const names = scores.map((_, index) => `lemma ${index}`)
  const four = <T>(list: readonly T[]) => [...list, ...list, ...list, ...list]
  const once = aucInterval(scores, labels, names)
  const repeated = aucInterval(four(scores), four(labels), four(names))
  expect(repeated.low).toBeCloseTo(once.low, 12)
  expect(repeated.high).toBeCloseTo(once.high, 12)
})

test('perfect separation of few clusters is not certainty', () => {
  const { low, high } = aucInterval([1, 2, 3, 7, 8, 9], [0, 0, 0, 1, 1, 1])
  expect(high).toBe(1)
  expect(low).toBeCloseTo(0.025 ** (1 / 3), 12)
})
