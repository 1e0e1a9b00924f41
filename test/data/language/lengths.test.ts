import { expect, test } from 'vitest'
import { completeData, type LanguageConfig, type LanguageInput } from '../../../src/data/config.ts'
import { bestLoss, lengthProbabilities } from '../../../src/data/language/lengths.ts'

type Lengths = Omit<LanguageInput, 'language'>
const config = (input: Lengths) => completeData({ language: 'anbn', ...input }) as LanguageConfig
const probabilities = (input: Lengths) => [...lengthProbabilities(config(input))]
const meanOf = (values: readonly number[]) => values.reduce((sum, probability, n) => sum + n * probability, 0)

test('uniform lengths are alike, the empty word only where it is in the language', () => {
  expect(probabilities({ longest: 4 })).toEqual([0, 0.25, 0.25, 0.25, 0.25])
  expect(probabilities({ longest: 3, empty: true })).toEqual([0.25, 0.25, 0.25, 0.25])
})

test('geometric lengths fall by one ratio and have the mean they should, before they are cut', () => {
  const halves = probabilities({ longest: 3, lengths: 'geometric', mean: 2 })
  ;[0, 4 / 7, 2 / 7, 1 / 7].forEach((expected, n) => expect(halves[n]).toBeCloseTo(expected, 14))
  // cut at 4,000 nothing is left out: 0.95^4000 is 1e-89
  expect(meanOf(probabilities({ longest: 4000, lengths: 'geometric', mean: 20 }))).toBeCloseTo(20, 9)
  expect(meanOf(probabilities({ longest: 4000, lengths: 'geometric', mean: 20, empty: true }))).toBeCloseTo(20, 9)
  expect(meanOf(probabilities({ longest: 100, lengths: 'geometric' }))).toBeLessThan(20)
})

test('all probabilities sum to 1', () => {
  for (const lengths of ['uniform', 'geometric'] as const) {
    const sum = probabilities({ longest: 100, lengths }).reduce((total, value) => total + value, 0)
    expect(sum).toBeCloseTo(1, 14)
  }
})

/** Mean of −Σ log p over a word, from the conditional probabilities of ending its first block. */
function lossOfPerfectPredictor(lengths: readonly number[]): number {
  return lengths.reduce((total, probability, n) => {
    let loss = 0
    let left = 1
    for (let step = 0; step <= n; step++) {
      loss -= Math.log(step === n ? lengths[n] / left : 1 - lengths[step] / left)
      left -= lengths[step]
    }
    return total + (probability === 0 ? 0 : probability * loss)
  }, 0)
}

test('the best loss is what a predictor pays that knows the probability of each length', () => {
  expect(bestLoss([0.5, 0.5])).toBeCloseTo(Math.LN2, 14)
  expect(bestLoss([0, 1])).toBe(0)
  for (const input of [{ longest: 6 }, { longest: 6, lengths: 'geometric' as const, empty: true }]) {
    const lengths = probabilities(input)
    // the last step divides by what rounding leaves of 1
    expect(bestLoss(lengths)).toBeCloseTo(lossOfPerfectPredictor(lengths), 10)
  }
})
