// Some of many units always costs something. What a drop is worth once all units and conditions that were looked at are
// counted: signs of the lemmas are flipped, which changes nothing on average where a unit does not matter.

import { Random } from '../core/random.ts'
import { signFlipPValues } from '../core/statistics/sign-flips.ts'
import { FEWEST_ITEMS } from './choose-units.ts'
import { dropsOf, type ItemSample, type ResampledCondition } from './drop-rows.ts'

/** Flips of the signs. */
const FLIPS = 2000
/** Of fewer lemmas of either kind no drop, however large, has a p below 0.05: 2 of 2⁵ assignments of signs. */
const FEWEST_LEMMAS = 6

/** Some of the units that were removed from one site. */
export interface TestedUnits {
  readonly sample: ItemSample
  readonly units: readonly number[]
}

/**
 * p of the drop in accuracy of each unit in each condition, corrected over all of them; of subjects and verbs as
 * clusters the larger. Conditions of few items or lemmas are no part of the family and have none: there one item is a
 * large drop, and large drops are what all others are compared with.
 * @param family on the same items, such as the units of several sites
 * @returns for each part of the family [conditions, units]
 */
export function familyWisePValues(family: readonly TestedUnits[], randomSeed = 1): (number | null)[][] {
  const tested = family.map(({ sample }) => sample.conditions.map(isTestable))
  const [bySubject, byVerb] = [0, 1].map((way) => {
    const tests = family.flatMap(({ sample, units }) => clusterShares(sample, units, way))
    return signFlipPValues(tests, FLIPS, new Random(randomSeed).fork(`sign flips ${way}`))
  })
  let next = 0
  return family.map(({ units }, part) =>
    tested[part].flatMap((isTested) => units.map(() => {
      if (!isTested) return null
      const test = next++
      return Math.max(bySubject[test], byVerb[test])
    })),
  )
}

function isTestable({ trials, clusterings }: ResampledCondition): boolean {
  return trials.length >= FEWEST_ITEMS && clusterings.every((lemmas) => new Set(lemmas).size >= FEWEST_LEMMAS)
}

/** What the items of each lemma add to the drop, of testable conditions: [conditions, units] of [lemmas]. */
function clusterShares(sample: ItemSample, units: readonly number[], way: number): Float64Array[] {
  const conditions = sample.conditions.filter(isTestable).map(({ trials, clusterings }) => (
    { trials, lemmas: clusterings[way] ?? clusterings[0] }
  ))
  const numbers = new Map([...new Set(conditions.flatMap(({ lemmas }) => lemmas))].map((lemma, number) => [lemma, number]))
  return conditions.flatMap(({ trials, lemmas }) =>
    units.map((unit) => {
      const { right } = dropsOf(sample, sample.removed.indexOf(unit), trials)
      const shares = new Float64Array(numbers.size)
      lemmas.forEach((lemma, trial) => (shares[numbers.get(lemma)!] += right[trial] / trials.length))
      return shares
    }),
  )
}
