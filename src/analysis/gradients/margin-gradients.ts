// The gradient of every item's margin at every word before the choice: what a margin is traced back with.

import { setImmediate } from 'node:timers/promises'
import type { Engine, Scalars, State } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { Model } from '../../model/model.ts'
import type { EncodedChoice } from '../../tasks/items.ts'
import { padChoices, type PaddedChoices } from '../../tasks/padded-choices.ts'

export interface MarginGradientsOptions {
  /** names of sites */
  readonly sites: readonly string[]
  /** the state before the first word of each choice, [choices, units] for each name */
  readonly start: State
  readonly signal?: AbortSignal
}

export interface MarginGradients {
  /** index of the item */
  readonly item: number
  /** nats */
  readonly margin: number
  /** ∂ margin / ∂ site, [words of the prefix, units], by site; good until the next item is asked for */
  readonly gradients: Readonly<Record<string, Float32Array>>
  /** ∂ margin / ∂ state before the first word, [units] for each name */
  readonly start: State
}

/** Items of one call to the engine. */
const ROWS = 256

/** Each item once, short prefixes first. */
export async function* marginGradients(
  engine: Engine,
  model: Pick<Model, 'config' | 'weights'>,
  choices: readonly EncodedChoice[],
  { sites, start, signal }: MarginGradientsOptions,
): AsyncGenerator<MarginGradients> {
  const { units } = model.config
  const order = [...choices.keys()].sort((a, b) => choices[a].prefix.length - choices[b].prefix.length || a - b)
  for (let first = 0; first < order.length; first += ROWS) {
    signal?.throwIfAborted()
    const own = order.slice(first, first + ROWS)
    const batch = padChoices(own.map((item) => choices[item]))
    const state = gatherState(start, units, own)
    const found = engine.sensitivities(model, batch, marginsOf(batch), { sites, state })
    for (const [row, item] of own.entries()) {
      const ofRow = sites.map((site) => {
        const width = found.gradients[site].length / (batch.rows * batch.steps)
        const from = row * batch.steps * width
        return [site, found.gradients[site].subarray(from, from + batch.lengths[row] * width)] as const
      })
      const margin = found.values[row]
      yield { item, margin, gradients: Object.fromEntries(ofRow), start: gatherState(found.state, units, [row]) }
    }
    await setImmediate()
  }
}

/** Logit of the right form minus that of the wrong one, at the last word. */
function marginsOf({ rows, ends, right, wrong }: PaddedChoices): Scalars {
  return {
    logits: {
      positions: Int32Array.from([...ends, ...ends]),
      tokens: Int32Array.from([...right, ...wrong]),
      factors: Float32Array.from({ length: 2 * rows }, (_, term) => (term < rows ? 1 : -1)),
    },
  }
}
