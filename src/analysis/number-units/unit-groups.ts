// The chosen units together: removed, and alone left to work. Most units of a network do little, so that groups of any
// units are an unfair comparison (Lakretz et al. 2019 draw theirs from all): here each unit is replaced by one like it.

import { bootstrapMean } from '../../core/statistics/bootstrap.ts'
import { quantile } from '../../core/statistics/interval.ts'
import { mean } from '../../core/statistics/moments.ts'
import { ablate } from '../../intervention/edits.ts'
import type { Edit } from '../../model/edits.ts'
import { rightness } from '../../tasks/score-items.ts'
import { marginOf } from '../../tasks/trials.ts'
import { marginsOf, type KindsSetting } from './ablation-setting.ts'
import { randomGroups } from './compared-units.ts'
import { dropsOf, type ItemSample } from '../drop-rows.ts'
import type { UnitGroupRow } from '../results.ts'

/** Groups that are kept, at most: all other units have to be changed for each. */
const MOST_KEPT = 100

export async function unitGroups(setting: KindsSetting): Promise<UnitGroupRow[]> {
  const { compared: { units }, groups, random } = setting
  const group = units.map(({ unit }) => unit)
  const others = randomGroups(units, groups, random.fork('groups'))
  return [
    ...(await rowsOf(setting, 'removed', [group, ...others])),
    ...(await rowsOf(setting, 'kept', [group, ...others.slice(0, MOST_KEPT)])),
  ]
}

/** @param groups the chosen one first */
async function rowsOf(
  setting: KindsSetting,
  what: UnitGroupRow['what'],
  groups: readonly (readonly string[])[],
): Promise<UnitGroupRow[]> {
  const { subject, items, conditions, intact, log } = setting
  const report = (done: number) => log?.progress({ stage: `groups ${what}`, done, total: groups.length, unit: 'groups' })
  const margins = await marginsOf(setting, items, groups.map((group) => editsOf(group, what, setting)), report)
  const sample: ItemSample = { items, conditions, intact, removed: groups.map((_, place) => place), margins }
  return conditions.map(({ task, condition, trials, lemmas }): UnitGroupRow => {
    const [own, ...others] = groups.map((_, place) => dropsOf(sample, place, trials))
    const drops = others.map(({ meanRight }) => meanRight)
    const sorted = Float64Array.from(drops).sort()
    const right = bootstrapMean(own.right, lemmas)
    const margin = bootstrapMean(own.margin, lemmas)
    const before = mean(trials.map((trial) => rightness(marginOf(trial, intact))))
    return {
      model: subject.name,
      seed: subject.seed,
      group: groups[0].join(', '),
      size: groups[0].length,
      what,
      task,
      condition,
      n: trials.length,
      intact: before,
      accuracy: before - own.meanRight,
      drop: own.meanRight,
      dropLow: right.low,
      dropHigh: right.high,
      marginDrop: own.meanMargin,
      marginDropLow: margin.low,
      marginDropHigh: margin.high,
      random: others.length,
      randomMedian: quantile(sorted, 0.5),
      randomExtreme: quantile(sorted, what === 'removed' ? 0.95 : 0.05),
      p: shareAsExtreme(own.meanRight, drops, what),
      marginP: shareAsExtreme(own.meanMargin, others.map(({ meanMargin }) => meanMargin), what),
    }
  })
}

function editsOf(group: readonly string[], what: UnitGroupRow['what'], { compared: { means } }: KindsSetting): Edit[] {
  if (what === 'removed') return ablate(group, means)
  const all = Object.entries(means.values).flatMap(([site, values]) =>
    Array.from(values, (_, unit) => `${site}.${unit}`),
  )
  return ablate(all.filter((unit) => !group.includes(unit)), means)
}

/** Removed, a large drop is extreme; kept, a small one. */
function shareAsExtreme(own: number, others: readonly number[], what: UnitGroupRow['what']): number {
  const as = others.filter((other) => (what === 'removed' ? other >= own : other <= own)).length
  return (1 + as) / (1 + others.length)
}
