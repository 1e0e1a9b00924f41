// What removing the unit on top, and the chosen units together, costs over the seeds of a model: a claim about networks of
// this make, whose unit of replication is the network.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapOverSeeds } from '../../core/statistics/over-seeds.ts'
import { mean } from '../../core/statistics/moments.ts'
import { ablate } from '../../intervention/edits.ts'
import { dropsOf } from '../drop-rows.ts'
import type { OverSeedsRow } from '../results.ts'
import { marginsOf, type KindsSetting } from './ablation-setting.ts'

/** What every trial of one condition loses in one network. */
export interface TrialDrops {
  readonly model: string
  readonly what: OverSeedsRow['what']
  readonly task: string
  readonly condition: string
  /** the subject of every trial, and its verb where a template drew both */
  readonly clusterings: readonly (readonly string[])[]
  readonly right: Float64Array
  readonly margin: Float64Array
}

export async function trialDrops(setting: KindsSetting): Promise<TrialDrops[]> {
  const { subject: { name }, items, conditions, intact, compared: { units, means } } = setting
  const removed = [[units[0].unit], units.map(({ unit }) => unit)]
  const margins = await marginsOf(setting, items, removed.map((group) => ablate(group, means)))
  const sample = { items, conditions, intact, removed: [0, 1], margins }
  return conditions.flatMap(({ task, condition, clusterings, trials }) =>
    (['unit on top', 'chosen units'] as const).map((what, place): TrialDrops => {
      const { right, margin } = dropsOf(sample, place, trials)
      return { model: name, what, task, condition, clusterings, right, margin }
    }),
  )
}

/** @param drops of all networks, each on the same items; models of one seed have no row */
export function poolSeeds(drops: readonly TrialDrops[], randomSeed = 1): OverSeedsRow[] {
  const groups = groupBy(drops, ({ model, what, task, condition }) => `${model} ${what} ${task} ${condition}`)
  return [...groups].flatMap(([key, own]): OverSeedsRow[] => {
    if (own.length < 2) return []
    const [{ model, what, task, condition, clusterings }] = own
    const intervalOf = (values: readonly Float64Array[]) =>
      bootstrapOverSeeds(values, clusterings, new Random(randomSeed).fork(`over seeds ${key}`))
    const [right, margin] = [own.map((drop) => drop.right), own.map((drop) => drop.margin)]
    const [dropEnds, marginEnds] = [intervalOf(right), intervalOf(margin)]
    return [{
      model,
      seeds: own.length,
      what,
      task,
      condition,
      n: right[0].length,
      drop: mean(right.map(mean)),
      dropLow: dropEnds.low,
      dropHigh: dropEnds.high,
      marginDrop: mean(margin.map(mean)),
      marginDropLow: marginEnds.low,
      marginDropHigh: marginEnds.high,
    }]
  })
}
