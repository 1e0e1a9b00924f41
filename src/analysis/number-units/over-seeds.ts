// What removing the unit on top, and the chosen units together, costs over the seeds of a model: a claim about networks of
// this make, whose unit of replication is the network.

import { Random } from '../../core/random.ts'
import { groupBy } from '../../core/rows.ts'
import { bootstrapOverSeeds } from '../../core/statistics/over-seeds.ts'
import { mean } from '../../core/statistics/moments.ts'
import { ablate } from '../../intervention/edits.ts'
import { dropsOf, type ResampledCondition } from '../drop-rows.ts'
import type { OverSeedsRow } from '../results.ts'
import { marginsOf, type KindsSetting } from './ablation-setting.ts'

/** What every trial of one condition loses in one network. */
export interface TrialDrops {
  readonly model: string
  readonly what: OverSeedsRow['what']
  readonly condition: ResampledCondition
  readonly right: Float64Array
  readonly margin: Float64Array
}

export async function trialDrops(setting: KindsSetting): Promise<TrialDrops[]> {
  const { subject: { name }, items, conditions, intact, compared: { units, means } } = setting
  const removed = [[units[0].unit], units.map(({ unit }) => unit)]
  const margins = await marginsOf(setting, items, removed.map((group) => ablate(group, means)))
  const sample = { items, conditions, intact, removed: [0, 1], margins }
  return conditions.flatMap((condition) => (['unit on top', 'chosen units'] as const).map((what, place): TrialDrops => {
    const { right, margin } = dropsOf(sample, place, condition.trials)
    return { model: name, what, condition, right, margin }
  }))
}

/** @param drops of all networks, each on the same items; models of one seed have no row */
export function poolSeeds(drops: readonly TrialDrops[], randomSeed = 1): OverSeedsRow[] {
  const groups = groupBy(drops, ({ model, what, condition: { task, condition } }) => `${model} ${what} ${task} ${condition}`)
  return [...groups].flatMap(([key, own]): OverSeedsRow[] => {
    if (own.length < 2) return []
    const [{ model, what, condition: { task, condition, trials, lemmas } }] = own
    const intervalOf = (values: readonly Float64Array[]) =>
      bootstrapOverSeeds(values, lemmas, new Random(randomSeed).fork(`over seeds ${key}`))
    const [right, margin] = [own.map((drop) => drop.right), own.map((drop) => drop.margin)]
    const [dropEnds, marginEnds] = [intervalOf(right), intervalOf(margin)]
    return [{
      model,
      seeds: own.length,
      what,
      task,
      condition,
      n: trials.length,
      drop: mean(right.map(mean)),
      dropLow: dropEnds.low,
      dropHigh: dropEnds.high,
      marginDrop: mean(margin.map(mean)),
      marginDropLow: marginEnds.low,
      marginDropHigh: marginEnds.high,
    }]
  })
}
