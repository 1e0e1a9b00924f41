// How well each unit alone tells the answer to a yes-no probe, such as "is the subject plural?", just before the choice.

import type { Log } from '../core/log.ts'
import type { Engine } from '../engine/engine.ts'
import type { Probe } from '../probe.ts'
import type { Item } from '../tasks/items.ts'
import type { InitialState } from '../recording/sequences.ts'
import type { RankingRow } from './results.ts'
import type { AnalysedModel } from './subject.ts'

export interface UnitRankingOptions {
  /** site patterns such as `cell`; all of their units are ranked in one table */
  readonly sites: readonly string[]
  /** a yes-no probe that answers from an item's fields */
  readonly probe: Probe
  readonly initial?: InitialState
  /** units looked at again on the confirmation half; 20 by default */
  readonly top?: number
  /** shuffles of the labels; 200 by default */
  readonly permutations?: number
  /** of the permutations; 1 by default */
  readonly randomSeed?: number
  readonly log?: Log
}

/** One row a unit, best first: by |AUC − 0.5| on incongruent discovery items. Empty where no item is incongruent. */
export async function unitRanking(
  engine: Engine,
  subject: AnalysedModel,
  items: readonly Item[],
  options: UnitRankingOptions,
): Promise<RankingRow[]> {
  throw new Error('not written yet')
}
