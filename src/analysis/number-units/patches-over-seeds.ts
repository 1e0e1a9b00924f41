// How often copied values turn a choice, over the seeds of a model: in each seed of the pairs that it gets right.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapOverSeeds, meanOverSeeds } from '../../core/statistics/over-seeds.ts'
import type { Item } from '../../tasks/items.ts'
import { lemmaClusters } from '../lemma-clusters.ts'
import type { PatchOverSeedsRow } from '../results.ts'

/** What values copied at the word before the verb turn in one network. */
export interface PatchTurns {
  readonly model: string
  readonly patched: 'chosen units' | 'all other units' | 'all units'
  /** of one condition, the same for all seeds */
  readonly items: readonly Item[]
  /** of each item: 1 where the choice turns, 0 where not, NaN where it or the sentence that lends is wrong to begin with */
  readonly turned: Float64Array
}

/** @param turns of all networks; models of one seed have no row */
export function poolPatches(turns: readonly PatchTurns[], randomSeed = 1): PatchOverSeedsRow[] {
  const groups = groupBy(turns, ({ model, patched, items: [{ task, condition }] }) => `${model} ${patched} ${task} ${condition}`)
  return [...groups].flatMap(([key, own]): PatchOverSeedsRow[] => {
    if (own.length < 2) return []
    const [{ model, patched, items }] = own
    const random = new Random(randomSeed).fork(`patches over seeds ${key}`)
    const values = own.map(({ turned }) => turned)
    const [{ task, condition }] = items
    const ends = bootstrapOverSeeds(values, lemmaClusters(items).clusterings, random)
    return [{ model, seeds: own.length, patched, task, condition, flips: meanOverSeeds(values), ...ends }]
  })
}
