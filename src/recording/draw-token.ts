// The next token drawn from a model's logits: by temperature, among the k most probable (Fan et al. 2018), or among the
// fewest whose probability reaches a share, the nucleus (Holtzman et al. 2020).

import { exp, log } from '../core/math.ts'
import type { Random } from '../core/random.ts'

export interface DrawOptions {
  /** logits are divided by it: 1 leaves them, 0 always takes the most probable token; 1 by default */
  readonly temperature?: number
  /** only so many of the most probable tokens; all by default */
  readonly topK?: number
  /** only the fewest most probable tokens whose probabilities, after temperature, sum to this share; 1 by default */
  readonly nucleus?: number
  /** tokens that are never drawn */
  readonly without?: ReadonlySet<number>
}

/** @param logits [vocabulary] */
export function drawToken(logits: Float32Array, options: DrawOptions, random: Random): number {
  const candidates = rankedTokens(logits, options.without)
  if (options.temperature === 0) return candidates[0]
  const kept = candidates.slice(0, options.topK ?? candidates.length)
  const weights = softmax(kept.map((token) => logits[token] / (options.temperature ?? 1)))
  const nucleus = nucleusSize(weights, options.nucleus ?? 1)
  const total = weights.slice(0, nucleus).reduce((sum, weight) => sum + weight, 0)
  const point = random.uniform() * total
  let sum = 0
  for (let rank = 0; rank < nucleus; rank++) {
    sum += weights[rank]
    if (point < sum) return kept[rank]
  }
  return kept[nucleus - 1]
}

/** −log p of a token in the model's own distribution, nats. */
export function surprisalOf(token: number, logits: Float32Array): number {
  const most = logits.reduce((a, b) => Math.max(a, b))
  const sum = logits.reduce((total, logit) => total + exp(logit - most), 0)
  return log(sum) + most - logits[token]
}

/** The most probable first; equal ones by id. */
function rankedTokens(logits: Float32Array, without: DrawOptions['without']): number[] {
  const tokens = Array.from(logits.keys()).filter((token) => !without?.has(token))
  return tokens.sort((a, b) => logits[b] - logits[a] || a - b)
}

/** @param logits falling */
function softmax(logits: readonly number[]): number[] {
  const powers = logits.map((logit) => exp(logit - logits[0]))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** How many of falling weights reach a share; at least one. */
function nucleusSize(weights: readonly number[], share: number): number {
  let sum = 0
  const last = weights.findIndex((weight) => (sum += weight) >= share)
  return last < 0 ? weights.length : last + 1
}
