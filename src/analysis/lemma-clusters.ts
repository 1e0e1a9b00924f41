// Items share lemmas and are no independent evidence: what intervals resample, and what they are where that says
// nothing.

import { bootstrapMean, type Resamples } from '../core/statistics/bootstrap.ts'
import type { Interval } from '../core/statistics/interval.ts'
import { mean } from '../core/statistics/moments.ts'
import { wilson } from '../core/statistics/proportions.ts'
import type { Item } from '../tasks/items.ts'

export interface LemmaClusters {
  /** for each way of clustering the cluster of every item */
  readonly clusterings: readonly (readonly string[])[]
  /** clusters of each way */
  readonly counts: readonly number[]
}

/** Subjects and verbs where a template drew both; else subjects: most verbs of real text are a few auxiliaries. */
export function lemmaClusters(items: readonly Item[]): LemmaClusters {
  const subjects = items.map(({ fields }) => fields.subjectLemma)
  const drawn = items.every(({ fields }) => fields.slots !== null)
  return clustersOf(drawn ? [subjects, items.map(({ fields }) => fields.verbLemma)] : [subjects])
}

/** @param clusterings for each way of clustering the cluster of every item */
export function clustersOf(clusterings: LemmaClusters['clusterings']): LemmaClusters {
  return { clusterings, counts: clusterings.map((names) => new Set(names).size) }
}

/**
 * The 95 % interval of a share of items that are right.
 * @param right 1, 0 or ½ for each item
 */
export function shareInterval(right: ArrayLike<number>, { counts }: LemmaClusters, resamples: Resamples): Interval {
  const share = mean(right)
  const { low, high } = bootstrapMean(right, resamples)
  if (low !== null && high !== null && share > 0 && share < 1) return { low, high }
  // where nothing varies the bootstrap says nothing: as many trials as there are lemmas of the rarer kind
  const trials = Math.min(...counts)
  return wilson(share * trials, trials)
}
