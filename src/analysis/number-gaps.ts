// What the number of the subject does to a unit, word by word: pairs of items that differ in the subject alone, so that
// whatever else the unit follows is the same in both; beside what the number of the last noun does to it.

import { Random } from '../core/random.ts'
import { bootstrapMean, resampleClusters } from '../core/statistics/bootstrap.ts'
import { mean, standardDeviation } from '../core/statistics/moments.ts'
import type { Item } from '../tasks/items.ts'
import { subjectPairs } from '../tasks/trials.ts'
import { lemmaClusters } from './lemma-clusters.ts'
import type { NumberGapRow } from './results.ts'

/** Pairs of items that did not choose the unit, with their resampled lemmas; null where there are none. */
export function gapPairs(items: readonly Item[], resamples = 1000, randomSeed = 1) {
  const pairs = subjectPairs(items).flatMap((group) => group.pairs).filter(([first]) => items[first].half !== 'discovery')
  if (pairs.length === 0) return null
  const { clusterings } = lemmaClusters(pairs.map(([first]) => items[first]))
  return { items, pairs, lemmas: resampleClusters(clusterings, resamples, new Random(randomSeed).fork('number gaps')) }
}

/** @param values of a unit after one word, one an item */
export function numberGap(
  { items, pairs, lemmas }: NonNullable<ReturnType<typeof gapPairs>>,
  values: ArrayLike<number>,
): Pick<NumberGapRow, 'n' | 'gap' | 'low' | 'high' | 'deviation' | 'lastNounGap'> {
  const gaps = pairs.map(([singular, plural]) => values[plural] - values[singular])
  const sides = [0, 1].map((side) => standardDeviation(pairs.map((pair) => values[pair[side]])))
  return {
    n: pairs.length,
    gap: mean(gaps),
    ...bootstrapMean(gaps, lemmas),
    deviation: Math.sqrt(mean(sides.map((side) => side ** 2))),
    lastNounGap: lastNounGap(items, pairs.flat(), values),
  }
}

/** Every frame is inflected into all conditions, so that the subject's number is as often plural on either side. */
function lastNounGap(items: readonly Item[], own: readonly number[], values: ArrayLike<number>): number | null {
  const [singular, plural] = (['singular', 'plural'] as const).map((number) =>
    own.filter((item) => items[item].fields.interveners > 0 && items[item].fields.lastNounNumber === number))
  if (singular.length === 0 || plural.length === 0) return null
  return mean(plural.map((item) => values[item])) - mean(singular.map((item) => values[item]))
}
