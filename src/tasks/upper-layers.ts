// Variants that change nothing below some layer share all that is computed there. The layers below are run once; what
// they hand up, a vector for each node of the prefix tree, becomes the embedding of a smaller model of the layers above.

import { concatenateStates, gatherState } from '../engine/state.ts'
import type { Engine, State } from '../engine/engine.ts'
import type { ModelConfig } from '../model/config.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { layersFrom } from '../model/layers-from.ts'
import { parseUnit, siteName, unitName } from '../model/sites.ts'
import type { EncodedChoice } from './items.ts'
import type { TreeLevel } from './prefix-tree.ts'

/** What is read: a model, a context and a tree of tokens, pairs of tokens to choose from, and variants. */
export interface Stimuli {
  readonly model: Pick<Model, 'config' | 'weights'>
  readonly context: Int32Array
  readonly tree: readonly TreeLevel[]
  readonly choices: readonly EncodedChoice[]
  readonly variants: readonly (readonly Edit[])[]
}

/** The same margins come from the result, which computes nothing below the lowest layer that a variant changes. */
export function withoutLayersBelow(engine: Engine, stimuli: Stimuli, rowsPerRun: number): Stimuli {
  const { model: { config }, variants } = stimuli
  const layer = lowestLayer(variants, config)
  if (layer === 0) return stimuli
  const handedUp = runBelow(engine, stimuli, layer, rowsPerRun)
  const words = [...new Set(stimuli.choices.flatMap(({ right, wrong }) => [right, wrong]))]
  const wordOf = new Map(words.map((word, place) => [word, place]))
  let nodes = stimuli.context.length
  return {
    model: layersFrom(layer, stimuli.model, handedUp, words),
    context: stimuli.context.map((_, place) => place),
    tree: stimuli.tree.map((level) => ({ ...level, tokens: level.tokens.map(() => nodes++) })),
    choices: stimuli.choices.map(({ prefix, right, wrong }) => ({ prefix, right: wordOf.get(right)!, wrong: wordOf.get(wrong)! })),
    variants: variants.map((edits) => edits.map((edit) => ({ ...edit, unit: lowered(edit.unit, config, layer) }))),
  }
}

/** 0 where some variant changes the lowest layer or its input, or where there is nothing to share. */
function lowestLayer(variants: Stimuli['variants'], config: ModelConfig): number {
  if (variants.length < 2 || config.layers === 1) return 0
  const layers = variants.flat().map(({ unit }) => parseUnit(unit, config).site.layer ?? 0)
  return layers.length === 0 ? 0 : Math.min(...layers)
}

/** The hidden values of the layer below `layer`: of the context's tokens, then of the nodes level by level, [nodes, units]. */
function runBelow(engine: Engine, { model, context, tree }: Stimuli, layer: number, rowsPerRun: number): Float32Array {
  const { units } = model.config
  const site = siteName({ layer: layer - 1, quantity: 'hidden' })
  const parts: Float32Array[] = []
  let state: State | undefined
  if (context.length > 0) {
    const read = engine.run(model, { tokens: context, rows: 1, steps: context.length }, { record: [site] })
    parts.push(read.recorded[site])
    state = read.state
  }
  for (const { tokens, parents } of tree) {
    const states: State[] = []
    for (let start = 0; start < tokens.length; start += rowsPerRun) {
      const some = tokens.subarray(start, start + rowsPerRun)
      const before = state && gatherState(state, units, parents.subarray(start, start + rowsPerRun))
      const read = engine.run(model, { tokens: some, rows: some.length, steps: 1 }, { state: before, record: [site] })
      parts.push(read.recorded[site])
      states.push(read.state)
    }
    state = concatenateStates(states)
  }
  return concatenate(parts)
}

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let place = 0
  for (const part of parts) {
    whole.set(part, place)
    place += part.length
  }
  return whole
}

function lowered(unit: string, config: ModelConfig, by: number): string {
  const { site, index } = parseUnit(unit, config)
  return unitName({ site: { ...site, layer: site.layer! - by }, index })
}
