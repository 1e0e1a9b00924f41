// What units reach by chance: labels are shuffled over whole groups, because items with the same subject form share
// their values and their label and are not independent evidence.

import type { Random } from '../core/random.ts'
import { aucOfRanks } from '../core/statistics/auc.ts'

export interface ShuffledAucs {
  /** root mean square distance from 0.5 of each unit's AUC */
  readonly spread: Float64Array
  /** the largest |AUC − 0.5| + 0.5 of any unit in each shuffle */
  readonly best: Float64Array
}

/**
 * @param ranks for each unit the midranks of its values over the items
 * @param labels 1 or 0 for each item
 * @param clusters of each item, such as its subject lemma; items of one cluster and label are kept together
 */
export function shuffleLabels(
  ranks: readonly Float64Array[],
  labels: Uint8Array,
  clusters: readonly string[],
  permutations: number,
  random: Random,
): ShuffledAucs {
  const deal = labelDealer(labels, clusters, random)
  const squares = new Float64Array(ranks.length)
  const best = new Float64Array(permutations)
  for (let permutation = 0; permutation < permutations; permutation++) {
    const shuffled = deal()
    ranks.forEach((own, unit) => {
      const distance = Math.abs(aucOfRanks(own, shuffled) - 0.5)
      squares[unit] += distance * distance
      best[permutation] = Math.max(best[permutation], distance + 0.5)
    })
  }
  return { spread: squares.map((sum) => Math.sqrt(sum / permutations)), best }
}

/** Labels dealt anew to whole groups, again and again. */
export function labelDealer(labels: Uint8Array, clusters: readonly string[], random: Random): () => Uint8Array {
  const { groupOf, groupLabels } = groupItems(labels, clusters)
  return () => {
    const dealt = random.shuffle(groupLabels)
    return Uint8Array.from(labels, (_, item) => dealt[groupOf[item]])
  }
}

function groupItems(labels: Uint8Array, clusters: readonly string[]): { groupOf: Int32Array; groupLabels: number[] } {
  const numbers = new Map<string, number>()
  const groupLabels: number[] = []
  const groupOf = Int32Array.from(clusters, (cluster, item) => {
    const key = `${labels[item]} ${cluster}`
    const known = numbers.get(key)
    if (known !== undefined) return known
    numbers.set(key, groupLabels.length)
    return groupLabels.push(labels[item]) - 1
  })
  return { groupOf, groupLabels }
}
