// Which units the model needs for its choices: every unit of a site is removed in turn on discovery items; the top ones are
// measured once more on confirmation items. A drop is compared with the 20 units most like the unit removed.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { Item } from '../tasks/items.ts'
import type { InitialState, Sequence } from '../recording/sequences.ts'
import type { AblationRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface AblationSweepOptions {
  /** one site, as in `0.hidden` */
  readonly site: string
  /** what units are set to; the first one chooses the top units. ['mean', 'zero'] by default */
  readonly set?: readonly ('mean' | 'zero')[]
  /** ordinary training text, for each unit's mean, activity and spread; sentences, some 10,000 tokens are enough */
  readonly trainingText: readonly Sequence[]
  /** sentences of ordinary held-out text, for the change in loss when a top unit is removed */
  readonly heldOutText: readonly Sequence[]
  /** top units to confirm and to measure on text; 5 by default */
  readonly top?: number
  readonly initial?: InitialState
  /** resamples of the lemmas; 1000 by default */
  readonly resamples?: number
  /** of the bootstrap; 1 by default */
  readonly randomSeed?: number
  readonly log?: Log
  readonly signal?: AbortSignal
}

export interface AblationSweep {
  /** every unit × set × task × condition, discovery items (all items where the lexicon was not split) */
  readonly rows: readonly AblationRow[]
  /** the top units on confirmation items; empty where the lexicon was not split */
  readonly confirmed: readonly AblationRow[]
  /** names of the top units, best first */
  readonly top: readonly string[]
}

export async function ablationSweep(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: AblationSweepOptions,
): Promise<AblationSweep> {
  throw new Error('not written yet')
}
