// What the ways of removing units share: the items, the units and what they are compared with.

import type { Log } from '../../core/log.ts'
import type { Random } from '../../core/random.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Edit } from '../../model/edits.ts'
import type { InitialState, Sequence } from '../../recording/sequences.ts'
import type { Item } from '../../tasks/items.ts'
import { marginsOfVariants } from '../../tasks/margins.ts'
import { encodeChoices } from '../../tasks/score-items.ts'
import type { ResampledCondition } from '../drop-rows.ts'
import type { AnalysedModel } from '../subject.ts'
import type { ComparedUnits } from './compared-units.ts'

export interface AblationKindsOptions {
  /** chosen units, such as `1.hidden.41`; they are changed as hidden units, whose readers can be told apart */
  readonly units: readonly string[]
  /** factors of `scale` */
  readonly doses: readonly number[]
  /** groups like the chosen one that are removed beside it */
  readonly groups: number
  /** sentences of ordinary training text */
  readonly trainingText: readonly Sequence[]
  /** sentences of ordinary held-out text, for what removing a unit costs there; some 3,000 tokens */
  readonly heldOutText: readonly Sequence[]
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** 1 by default */
  readonly randomSeed?: number
  readonly log?: Log
  readonly signal?: AbortSignal
}

/** What every step of the analysis needs. */
export interface KindsSetting extends AblationKindsOptions {
  readonly engine: Engine
  readonly subject: AnalysedModel
  /** of the confirmation half, and all of tasks whose lexicon was not split */
  readonly items: readonly Item[]
  readonly conditions: readonly ResampledCondition[]
  /** margins without a change, [items] */
  readonly intact: Float32Array
  readonly compared: ComparedUnits
  readonly random: Random
}

/** Margins [variants, items]. */
export function marginsOf(
  { engine, subject: { model }, initial, signal }: KindsSetting,
  items: readonly Item[],
  variants: readonly (readonly Edit[])[],
  onProgress?: (done: number) => void,
): Promise<Float32Array> {
  return marginsOfVariants(engine, model, encodeChoices(items, model.vocabulary), variants, { initial, signal, onProgress })
}
