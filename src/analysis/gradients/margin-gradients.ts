// The gradient of every item's margin at every word before the choice: what a margin is traced back with.

import { setImmediate } from 'node:timers/promises'
import type { Engine, Scalars } from '../../engine/engine.ts'
import { gatherState } from '../../engine/state.ts'
import type { Model } from '../../model/model.ts'
import type { InitialState } from '../../recording/sequences.ts'
import { statesAfter } from '../../recording/states-after.ts'
import type { EncodedChoice } from '../../tasks/items.ts'

export interface MarginGradientsOptions {
  /** names of sites */
  readonly sites: readonly string[]
  readonly initial?: InitialState
  readonly signal?: AbortSignal
}

export interface MarginGradients {
  /** index of the item */
  readonly item: number
  /** ∂ margin / ∂ site, [words of the prefix, units], by site; good until the next item is asked for */
  readonly gradients: Readonly<Record<string, Float32Array>>
}

/** Items of one call to the engine. */
const ROWS = 256

/** Each item once, short prefixes first. */
export async function* marginGradients(
  engine: Engine,
  model: Model,
  choices: readonly EncodedChoice[],
  { sites, initial, signal }: MarginGradientsOptions,
): AsyncGenerator<MarginGradients> {
  const beginning = { sequence: 0, position: -1 }
  const start = await statesAfter(engine, model, [new Int32Array(0)], [beginning], { initial, signal })
  const order = [...choices.keys()].sort((a, b) => choices[a].prefix.length - choices[b].prefix.length || a - b)
  for (let first = 0; first < order.length; first += ROWS) {
    signal?.throwIfAborted()
    const own = order.slice(first, first + ROWS)
    const batch = padded(own.map((item) => choices[item]))
    const state = gatherState(start, model.config.units, new Int32Array(own.length))
    const { gradients } = engine.sensitivities(model, batch, batch.margins, { sites, state })
    for (const [row, item] of own.entries()) {
      const ofRow = sites.map((site) => {
        const width = gradients[site].length / (batch.rows * batch.steps)
        const from = row * batch.steps * width
        return [site, gradients[site].subarray(from, from + batch.lengths[row] * width)] as const
      })
      yield { item, gradients: Object.fromEntries(ofRow) }
    }
    await setImmediate()
  }
}

/** The prefixes, and their margins, logit of the right form minus that of the wrong one, at the last word. */
function padded(choices: readonly EncodedChoice[]) {
  const rows = choices.length
  const lengths = Int32Array.from(choices, ({ prefix }) => prefix.length)
  const steps = lengths.reduce((most, length) => Math.max(most, length), 0)
  const tokens = new Int32Array(rows * steps)
  choices.forEach(({ prefix }, row) => tokens.set(prefix, row * steps))
  const ends = Array.from(lengths, (length, row) => row * steps + length - 1)
  const margins: Scalars = {
    logits: {
      positions: Int32Array.from([...ends, ...ends]),
      tokens: Int32Array.from([...choices.map(({ right }) => right), ...choices.map(({ wrong }) => wrong)]),
      factors: Float32Array.from({ length: 2 * rows }, (_, term) => (term < rows ? 1 : -1)),
    },
  }
  return { tokens, rows, steps, lengths, margins }
}
