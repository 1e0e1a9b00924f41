// How often networks of a make are right, over their seeds: a claim about the make, whose unit of replication is the network.

import { Random } from '../core/random.ts'
import { groupBy } from '../core/rows.ts'
import { bootstrapOverSeeds, meanOverSeeds } from '../core/statistics/over-seeds.ts'
import type { Item } from '../tasks/items.ts'
import { rightness } from '../tasks/score-items.ts'
import { lemmaClusters } from './lemma-clusters.ts'
import type { AgreementOverSeedsRow } from './results.ts'

/** Margins [items] of one network. */
export interface ScoredNetwork {
  readonly model: string
  readonly margins: Float32Array
}

/** @param networks all seeds of all models, on the same items; models of one seed have no row */
export function agreementOverSeeds(
  items: readonly Item[],
  networks: readonly ScoredNetwork[],
  randomSeed = 1,
): AgreementOverSeedsRow[] {
  const models = [...groupBy(networks, ({ model }) => model)].filter(([, seeds]) => seeds.length > 1)
  const conditions = [...groupBy(items.keys(), (index) => `${items[index].task} ${items[index].condition}`)]
  return models.flatMap(([model, seeds]) =>
    conditions.map(([key, own]): AgreementOverSeedsRow => {
      const random = new Random(randomSeed).fork(`${model} ${key}`)
      const { clusterings } = lemmaClusters(own.map((index) => items[index]))
      const margins = seeds.map((seed) => Float64Array.from(own, (index) => seed.margins[index]))
      const right = margins.map((values) => values.map(rightness))
      const [ends, marginEnds] = [right, margins].map((values) => bootstrapOverSeeds(values, clusterings, random))
      const { task, condition } = items[own[0]]
      return {
        model,
        seeds: seeds.length,
        task,
        condition,
        n: own.length,
        accuracy: meanOverSeeds(right),
        low: ends.low,
        high: ends.high,
        margin: meanOverSeeds(margins),
        marginLow: marginEnds.low,
        marginHigh: marginEnds.high,
      }
    }),
  )
}
