import { describe, expect, test } from 'vitest'
import { acceptanceRows, ruleRow, type ScoredNetwork } from '../../../src/analysis/counting/acceptance.ts'
import { Random } from '../../../src/core/random.ts'

/** A network of which only the words matter here; offsets −1 and 2. */
function network(smallest: readonly number[], tooShort: readonly number[], tooLong: readonly number[], trainedTo = 2) {
  const row = {
    model: 'gru', seed: 1, language: 'a^n b^n', cell: 'gru', trainedTo, parameters: 9, units: 2, trained: true,
    converged: true, horizon: 2, tested: 4, ngramHorizon: 2, untrainedHorizon: 0, validationLoss: 2, bestLoss: 1,
  } as const
  const offBy = new Map([[-1, Float32Array.from(tooShort)], [2, Float32Array.from(tooLong)]])
  const own = Float32Array.from(smallest)
  const scores = { longest: own.length, determined: new Float32Array(0), smallest: own, offBy }
  return { row, scores } satisfies ScoredNetwork
}

test('the rule of a threshold is told within the training range and beyond it, mistakes apart', () => {
  const own = network([0.5, 0.02, 0.3, 0.01], [NaN, 0.2, 0, 0], [0, 0, 0.3, 0.3])
  const common = { model: 'gru', seed: 1, language: 'a^n b^n', cell: 'gru', trainedTo: 2 }
  expect(ruleRow(own, 0.25)).toEqual({
    ...common, threshold: 0.25, acceptedTo: 1,
    accepted: 1 / 2, falselyAccepted: 0, acceptedBeyond: 1 / 2, falselyAcceptedBeyond: 2 / 4,
  })
  // a word of n = 0 letters in its last block is none: three are left within the training range
  const lower = { acceptedTo: 3, accepted: 1, falselyAccepted: 1 / 3, acceptedBeyond: 1 / 2 }
  expect(ruleRow(own, 0.015)).toMatchObject(lower)
  expect(ruleRow(own, 0.001)).toMatchObject({ acceptedTo: 4, acceptedBeyond: 1 })
})

describe('acceptance over seeds', () => {
  const random = new Random('acceptance')
  const noise = (length: number) => Array.from({ length }, () => random.uniform())
  const noisy = [1, 2, 3].map(() => network(noise(1000), [NaN, ...noise(999)], noise(1000), 100))
  const rows = acceptanceRows(noisy, 0.5)

  const wordsOf = (offset: number) =>
    noisy.map(({ scores }) => (offset === 0 ? scores.smallest : scores.offBy.get(offset)!))

  test('covers every n of every offset once, in few stretches however much it changes', () => {
    for (const offset of [-1, 0, 2]) {
      const own = rows.filter((row) => row.offset === offset)
      expect(own[0].from).toBe(offset === -1 ? 2 : 1)
      expect(own[own.length - 1].to).toBe(1000)
      own.slice(1).forEach((row, index) => expect(row.from).toBe(own[index].to + 1))
      expect(own.length).toBeLessThan(32)
    }
  })

  test('is exact at the end of the training range', () => {
    for (const offset of [-1, 0, 2]) {
      const row = rows.find(({ offset: own, from, to }) => own === offset && from <= 100 && to >= 100)
      expect(row!.share).toBe(wordsOf(offset).filter((list) => list[99] > 0.5).length / 3)
    }
  })

  test('is the mean over the n of a stretch and the seeds', () => {
    for (const { offset, from, to, share } of rows) {
      const accepted = wordsOf(offset).flatMap((list) => [...list.subarray(from - 1, to)]).filter((value) => value > 0.5)
      expect(share).toBeCloseTo(accepted.length / ((to - from + 1) * 3), 12)
    }
  })

  test('is one stretch for as long as it is the same', () => {
    const sure = [0, 1].map((to) => network(Array.from({ length: 9 }, (_, n) => (n < 4 + to ? 1 : 0)), [NaN], [], 4))
    const words = acceptanceRows(sure, 0.5).filter(({ offset }) => offset === 0)
    expect(words.map(({ from, to, share, seeds }) => [from, to, share, seeds])).toEqual([
      [1, 4, 1, 2], [5, 6, 0.25, 2], [7, 9, 0, 2],
    ])
  })
})
