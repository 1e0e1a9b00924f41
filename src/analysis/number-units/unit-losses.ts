// What removing a unit costs on ordinary text. A unit that the whole model leans on costs agreement, too, and is no unit of
// number: its cost stands beside that of the units like it.

import { quantile } from '../../core/statistics/interval.ts'
import { standardDeviation } from '../../core/statistics/moments.ts'
import { ablate } from '../../intervention/edits.ts'
import type { Edit } from '../../model/edits.ts'
import { meanSurprisal, score } from '../../recording/score.ts'
import type { UnitLossRow } from '../results.ts'
import type { KindsSetting } from './ablation-setting.ts'

/** One row a chosen unit; none where there is no held-out text. */
export async function unitLosses(setting: KindsSetting): Promise<UnitLossRow[]> {
  const { engine, subject: { name, seed, model }, compared: { units, means }, heldOutText, initial, signal } = setting
  if (heldOutText.length === 0) return []
  const lossWith = async (edits: readonly Edit[]) =>
    meanSurprisal(await score(model, heldOutText, { engine, edits, state: initial, signal }))
  const intact = await lossWith([])
  const rows: UnitLossRow[] = []
  for (const { unit, like } of units) {
    const changes: number[] = []
    for (const one of [unit, ...like]) changes.push((await lossWith(ablate([one], means))) - intact)
    const others = Float64Array.from(changes.slice(1)).sort()
    rows.push({
      model: name,
      seed,
      unit,
      n: heldOutText.reduce((sum, { tokens }) => sum + tokens.length, 0),
      change: changes[0],
      likeMedian: quantile(others, 0.5),
      likeDeviation: standardDeviation(others),
      comparable: others.length,
    })
  }
  return rows
}
