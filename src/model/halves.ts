// A bidirectional language model (Peters et al. 2018) is two language models that share embedding and decoder: one reads a
// sentence from its first token on, the other from its last. Each half is a model like any other.

import { oncePer } from '../core/once.ts'
import type { ModelConfig } from './config.ts'
import type { Model } from './model.ts'
import type { Direction } from './sites.ts'
import { weightShapes, type Weights } from './weights.ts'

/** The half that reads in one direction; its arrays are those of the pair. */
export function halfOf<Some extends Pick<Model, 'config' | 'weights'>>(model: Some, direction: Direction): Some {
  const config = halfConfig(model.config)
  return { ...model, config, weights: halfWeights(config, model.weights, direction) }
}

/** What either half is; the same object for the same pair, because engines keep what they have prepared for a config. */
const halfConfig = oncePer(({ bidirectional: _, ...half }: ModelConfig): ModelConfig => half)

/** Adds the gradients of a half to those of its pair. */
export function addHalf(half: Weights, direction: Direction, to: Weights): void {
  for (const [name, values] of Object.entries(half)) {
    const own = to[pairName(name, direction)]
    for (let index = 0; index < values.length; index++) own[index] += values[index]
  }
}

function halfWeights(config: ModelConfig, weights: Weights, direction: Direction): Weights {
  return Object.fromEntries(weightShapes(config).map(({ name }) => [name, weights[pairName(name, direction)]]))
}

/** `0.kernel` is `backward.0.kernel` in the pair; what both share has one name. */
function pairName(name: string, direction: Direction): string {
  return /^\d/.test(name) ? `${direction}.${name}` : name
}
