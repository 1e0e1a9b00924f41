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
  const tests = family.flatMap(({ sample, units }) => testsOf(sample, units))
  const [bySubject, byVerb] = [0, 1].map((way) =>
    signFlipPValues(clusterShares(tests, way), FLIPS, new Random(randomSeed).fork(`sign flips ${way}`)))
  let next = 0
  return family.map(({ sample, units }) =>
    sample.conditions.flatMap((condition) => units.map(() => {
      if (!isTestable(condition)) return null
      const test = next++
      return Math.max(bySubject[test], byVerb[test])
    })),
  )
}

function isTestable({ trials, clusterings }: ResampledCondition): boolean {
  return trials.length >= FEWEST_ITEMS && clusterings.every((lemmas) => new Set(lemmas).size >= FEWEST_LEMMAS)
}

/** What a unit costs each trial of a condition, and the lemmas of these. */
interface Test {
  readonly right: Float64Array
  readonly clusterings: readonly (readonly string[])[]
}

/** Of testable conditions: [conditions, units]. */
function testsOf(sample: ItemSample, units: readonly number[]): Test[] {
  return sample.conditions.filter(isTestable).flatMap(({ trials, clusterings }) =>
    units.map((unit) => ({ right: dropsOf(sample, sample.removed.indexOf(unit), trials).right, clusterings })),
  )
}

/**
 * What the trials of each lemma add to each drop: [tests] of [lemmas].
 * @param way of clustering: by subject, or by verb where there is one
 */
function clusterShares(tests: readonly Test[], way: number): Float64Array[] {
  const numbers = new Map<string, number>()
  const clusters = tests.map(({ clusterings }) => (clusterings[way] ?? clusterings[0]).map((lemma) => {
    const number = numbers.get(lemma) ?? numbers.size
    numbers.set(lemma, number)
    return number
  }))
  return tests.map(({ right }, test) => {
    const shares = new Float64Array(numbers.size)
    right.forEach((drop, trial) => (shares[clusters[test][trial]] += drop / right.length))
    return shares
  })
}
