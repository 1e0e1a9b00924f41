// In how many networks is there a number unit that passes every point?

import { BAR } from '../../analysis/number-units/bar.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, listed } from '../format.ts'
import { passesBar, POINTS, type BarResult } from '../minimum-bar.ts'
import { seedText, shareOf } from '../seed-share.ts'

/** One verdict a model, over its seeds. */
export function judgeBar(results: readonly BarResult[], models: number): Verdict[] {
  return [...groupBy(results, ({ model }) => model)].map(([model, own]): Verdict => {
    const passing = own.filter(passesBar)
    const without = own.filter(({ unit }) => unit === null).length
    const where = models === 1 ? 'In this model' : `In the model ${model}`
    const failing = POINTS.flatMap((name, place) => {
      const failed = own.filter(({ points }) => points[place]?.met === false).length
      return failed === 0 ? [] : [`“${name}” in ${count(failed)}`]
    })
    const share = own.length === 1
      ? `${passing.length === 1 ? 'a' : 'no'} unit passes every point that can be asked of it (seed ${own[0].seed})`
      : `a unit passes every point that can be asked of it in ${seedText(shareOf(own, passesBar))}`
    const named = passing.slice(0, 3).map(({ unit, seed, condition, points }) => {
      const asked = points.filter(({ met }) => met !== null).length
      return `${unit} in seed ${seed} (${condition}${asked === POINTS.length ? '' : `, ${asked} of ${POINTS.length} points`})`
    })
    const allButOne = own.filter(({ points }) => points.length > 0 && points.filter(({ met }) => met === false).length === 1).length
    const why = [
      ...(without === 0 ? [] : [`no unit stood out in ${count(without)}`]),
      ...failing,
    ]
    return {
      judgement: passing.length > BAR.seeds * own.length ? 'found' : passing.length > 0 ? 'candidate' : 'not found',
      sentence:
        `${where} ${share}` +
        (named.length === 0 ? '' : `, such as ${listed(named)}`) +
        (allButOne === 0 ? '' : `, and all points but one in ${count(allButOne)}`) +
        (why.length === 0 ? '.' : `. What failed: ${listed(why)}.`),
    }
  })
}
