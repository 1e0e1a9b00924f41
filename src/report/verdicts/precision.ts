// What is left of the horizons when numbers are rounded or weights grow. A description: how far a change reaches is
// read off its medians, and the chart has every seed.

import type { PrecisionRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { quantile } from '../../core/statistics/interval.ts'
import type { Verdict } from '../document.ts'
import { count, listed, plural } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'

/** The name of the change that changes nothing. */
export const INTACT = 'none'

/** One sentence a language; of models with one cell it speaks of the first. */
export function describePrecision(rows: readonly PrecisionRow[]): Verdict[] {
  return [...groupBy(rows, (row) => row.language).values()].map((ofLanguage) => {
    const first = [...groupBy(ofLanguage, (row) => row.cell).values()].map((ofCell) =>
      ofCell.filter((row) => row.model === ofCell[0].model),
    )
    const seeds = new Set(first[0].map((row) => row.seed)).size
    const basis = seeds === 1 ? 'in this seed' : `medians over ${plural(seeds, 'seed')}`
    const sentence =
      `On ${withSuperscripts(ofLanguage[0].language)} the horizon is, ${basis}: ${first.map(clause).join('; ')} (n = ` +
      `${plural(seeds, 'seed')}; weights and state rounded at every step, weights multiplied without training again).`
    return { judgement: 'description', sentence }
  })
}

/** `lstm 412, with bfloat16 87 and float16 400`. */
function clause(rows: readonly PrecisionRow[]): string {
  const intact = medianText(rows, rows.map((row) => row.intactHorizon))
  const changes = [...groupBy(rows.filter(({ change }) => change !== INTACT), (row) => row.change)]
  const each = changes.map(([change, own]) => `${change} ${medianText(own, own.map((row) => row.horizon))}`)
  return `${rows[0].model} ${intact}${each.length > 0 ? `, with ${listed(each)}` : ''}`
}

function medianText(rows: readonly PrecisionRow[], horizons: readonly number[]): string {
  const median = quantile([...horizons].sort((a, b) => a - b), 0.5)
  const capped = median >= Math.min(...rows.map((row) => row.tested))
  return capped ? `at least ${count(median)}` : count(median)
}
