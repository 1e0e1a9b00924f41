// How probable each length n of a word xⁿyⁿ… is, and what a predictor that knows this can reach.

import { log } from '../../core/math.ts'
import type { LanguageConfig } from '../config.ts'

/**
 * p(n) for n from 0 to `longest`; p(0) is 0 where the empty word is not in the language. Geometric: each n is r times
 * as probable as the one before, r such that the mean is `mean` where nothing is cut off; then cut at `longest`.
 */
export function lengthProbabilities({ longest, lengths, mean, empty }: LanguageConfig): Float64Array {
  const shortest = empty ? 0 : 1
  const ratio = lengths === 'uniform' || mean === null ? 1 : 1 - 1 / (mean - shortest + 1)
  const probabilities = new Float64Array(longest + 1)
  let term = 1
  let sum = 0
  for (let n = shortest; n <= longest; n++) {
    probabilities[n] = term
    sum += term
    term *= ratio
  }
  return probabilities.map((probability) => probability / sum)
}

/**
 * Nats a word of the best possible predictor of words that are drawn so: the entropy of n, which determines a word.
 * @param probabilities of the words; they sum to 1
 */
export function bestLoss(probabilities: ArrayLike<number>): number {
  let entropy = 0
  for (let index = 0; index < probabilities.length; index++) {
    const probability = probabilities[index]
    if (probability > 0) entropy -= probability * log(probability)
  }
  return entropy
}
