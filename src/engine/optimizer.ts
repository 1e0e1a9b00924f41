// The optimisers, as equations on one flat array: the definition that the native kernel is checked against, and what the
// tfjs engine uses. Clipping comes first: g ← g · min(1, clip / ‖g‖).

export type OptimizerConfig =
  | { readonly name: 'sgd'; readonly momentum: number }
  /** Kingma & Ba 2015, with bias correction */
  | { readonly name: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  /** Tieleman & Hinton 2012, as in char-rnn: no momentum, not centred */
  | { readonly name: 'rmsprop'; readonly decay: number; readonly epsilon: number }

export const OPTIMIZERS = ['sgd', 'adam', 'rmsprop'] as const satisfies readonly OptimizerConfig['name'][]

/** How many moments, each of the length of the weights, an optimiser keeps. */
export function momentCount(optimizer: OptimizerConfig): 0 | 1 | 2 {
  if (optimizer.name === 'adam') return 2
  if (optimizer.name === 'rmsprop') return 1
  return optimizer.momentum === 0 ? 0 : 1
}

type Numbers = Float32Array | Float64Array

/**
 * One update of `weights` in place.
 * - sgd: m ← μ m + g, w ← w − η m
 * - adam: m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g², w ← w − η m̂ / (√v̂ + ε) with m̂ = m/(1−β₁ᵗ), v̂ = v/(1−β₂ᵗ)
 * - rmsprop: v ← ρ v + (1−ρ) g², w ← w − η g / (√v + ε)
 * @param step number of this update, from 1
 * @param gradients after clipping
 */
export function applyUpdate(
  optimizer: OptimizerConfig,
  weights: Numbers,
  gradients: Numbers,
  moments: readonly Numbers[],
  step: number,
  learningRate: number,
): void {
  const [first, second] = moments
  switch (optimizer.name) {
    case 'sgd':
      for (let i = 0; i < weights.length; i++) {
        const direction = first ? (first[i] = optimizer.momentum * first[i] + gradients[i]) : gradients[i]
        weights[i] -= learningRate * direction
      }
      return
    case 'adam': {
      const { beta1, beta2, epsilon } = optimizer
      const correction1 = 1 - power(beta1, step)
      const correction2 = 1 - power(beta2, step)
      for (let i = 0; i < weights.length; i++) {
        first[i] = beta1 * first[i] + (1 - beta1) * gradients[i]
        second[i] = beta2 * second[i] + (1 - beta2) * gradients[i] * gradients[i]
        weights[i] -= (learningRate * (first[i] / correction1)) / (Math.sqrt(second[i] / correction2) + epsilon)
      }
      return
    }
    case 'rmsprop': {
      const { decay, epsilon } = optimizer
      for (let i = 0; i < weights.length; i++) {
        first[i] = decay * first[i] + (1 - decay) * gradients[i] * gradients[i]
        weights[i] -= (learningRate * gradients[i]) / (Math.sqrt(first[i]) + epsilon)
      }
    }
  }
}

/** base^exponent for a whole exponent, by squaring: the same bits everywhere. */
function power(base: number, exponent: number): number {
  let result = 1
  for (let rest = exponent, square = base; rest > 0; rest = Math.floor(rest / 2), square *= square) {
    if (rest % 2 === 1) result *= square
  }
  return result
}
