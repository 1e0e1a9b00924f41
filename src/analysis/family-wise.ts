// Some of many units always costs something. What a drop is worth once all units and conditions that were looked at are
// counted: signs of the lemmas are flipped, which changes nothing on average where a unit does not matter.

import { Random } from '../core/random.ts'
import { signFlipPValues } from '../core/statistics/sign-flips.ts'
import type { Item } from '../tasks/items.ts'
import { dropsOf, type ItemSample } from './drop-rows.ts'

/** Flips of the signs. */
const FLIPS = 2000

/** Subject and verb of an item; most verbs of real text are a few auxiliaries, so that its subject stands for both. */
const LEMMAS: readonly ((item: Item) => string)[] = [
  ({ fields }) => fields.subjectLemma,
  ({ fields }) => (fields.slots === null ? fields.subjectLemma : fields.verbLemma),
]

/**
 * p of the drop in accuracy of each unit in each condition, corrected over all of them; of subjects and verbs as
 * clusters the larger.
 * @param units those among the removed ones that are one family
 * @returns [conditions, units]
 */
export function familyWisePValues(sample: ItemSample, units: readonly number[], randomSeed = 1): Float64Array {
  const places = units.map((unit) => sample.removed.indexOf(unit))
  const [bySubject, byVerb] = LEMMAS.map((lemmaOf, way) => {
    const tests = clusterShares(sample, places, lemmaOf)
    return signFlipPValues(tests, FLIPS, new Random(randomSeed).fork(`sign flips ${way}`))
  })
  return bySubject.map((p, test) => Math.max(p, byVerb[test]))
}

/** What the items of each lemma add to the drop: [conditions, units] of [lemmas]. */
function clusterShares(
  sample: ItemSample,
  places: readonly number[],
  lemmaOf: (item: Item) => string,
): Float64Array[] {
  const lemmas = sample.items.map(lemmaOf)
  const numbers = new Map([...new Set(lemmas)].map((lemma, number) => [lemma, number]))
  const clusters = lemmas.map((lemma) => numbers.get(lemma)!)
  return sample.conditions.flatMap(({ trials }) =>
    places.map((place) => {
      const { right } = dropsOf(sample, place, trials)
      const shares = new Float64Array(numbers.size)
      trials.forEach(([first], trial) => (shares[clusters[first]] += right[trial] / trials.length))
      return shares
    }),
  )
}
