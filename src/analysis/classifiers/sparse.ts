// How few units tell the number, and are they the same ones? Logistic regression with an absolute penalty (Radford et al.
// 2017; Dalvi et al. 2019). Of units that say the same it picks one as it comes, so that a unit counts where it is picked
// again when half of the subjects are left out (stability selection, Meinshausen & Bühlmann 2010).

import { lassoPath } from '../../core/lasso.ts'
import { logLoss } from '../../core/logistic.ts'
import { pick } from '../../core/matrix.ts'
import type { Random } from '../../core/random.ts'
import { mean, standardDeviation } from '../../core/statistics/moments.ts'

export const PENALTIES = [0.3, 0.18, 0.1, 0.06, 0.035, 0.02, 0.01, 0.005]
const FOLDS = 5
const HALVES = 40

export interface LabelledColumns {
  /** a unit each, [items] */
  readonly columns: readonly Float64Array[]
  readonly labels: Uint8Array
  /** of each item: what is left out together */
  readonly groups: readonly string[]
}

/** Index of the largest penalty whose loss on left-out groups is within a standard error of the least. */
export function choosePenalty({ columns, labels, groups }: LabelledColumns, random: Random): number {
  const names = random.shuffle([...new Set(groups)])
  const foldOf = new Map(names.map((name, place) => [name, place % FOLDS]))
  const losses: number[][] = PENALTIES.map(() => [])
  for (let fold = 0; fold < FOLDS; fold++) {
    const [inside, outside] = split(groups, (group) => foldOf.get(group) !== fold)
    const held = columns.map((column) => pick(column, outside))
    lassoPath(columns.map((column) => pick(column, inside)), inside.map((item) => labels[item]), PENALTIES).forEach((fit, index) => {
      const odds = fit.odds(held)
      losses[index].push(mean(outside.map((item, place) => logLoss(odds[place], labels[item]))))
    })
  }
  const means = losses.map(mean)
  const best = means.indexOf(Math.min(...means))
  const allowed = means[best] + standardDeviation(losses[best]) / Math.sqrt(FOLDS)
  return means.findIndex((value) => value <= allowed)
}

/** Share of random halves of the groups in which each column has a say. */
export function stability({ columns, labels, groups }: LabelledColumns, penalty: number, random: Random): Float64Array {
  const names = [...new Set(groups)]
  const standing = new Float64Array(columns.length)
  const penalties = [...new Set([PENALTIES[0], penalty])] // from above, as the path goes
  for (let half = 0; half < HALVES; half++) {
    const drawn = new Set(random.sample(names, names.length >> 1))
    const [inside] = split(groups, (group) => drawn.has(group))
    const fit = lassoPath(columns.map((column) => pick(column, inside)), inside.map((item) => labels[item]), penalties).at(-1)!
    fit.weights.forEach((weight, column) => {
      if (weight !== 0) standing[column] += 1 / HALVES
    })
  }
  return standing
}

/** Items whose group passes, and the others. */
function split(groups: readonly string[], passes: (group: string) => boolean): [number[], number[]] {
  const items = groups.map((_, item) => item)
  return [items.filter((item) => passes(groups[item])), items.filter((item) => !passes(groups[item]))]
}
