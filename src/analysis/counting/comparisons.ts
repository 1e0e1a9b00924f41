// Which of two models counts farther: their horizons paired by seed, whose trainings draw the same words. Every seed
// counts, also one whose training did not converge.

import { groupBy } from '../../core/rows.ts'
import { quantile } from '../../core/statistics/interval.ts'
import { signedRank } from '../../core/statistics/signed-rank.ts'
import type { HorizonComparison, HorizonRow } from '../results.ts'

/** Every two models that have seeds in common, in the order of the rows, which are of one language. */
export function compareHorizons(rows: readonly HorizonRow[]): HorizonComparison[] {
  const models = [...groupBy(rows, ({ model }) => model).values()]
  return models.flatMap((own, index) => models.slice(index + 1).flatMap((other) => comparison(own, other) ?? []))
}

function comparison(own: readonly HorizonRow[], others: readonly HorizonRow[]): HorizonComparison | null {
  const differences = own.flatMap(({ seed, horizon }) => {
    const other = others.find((row) => row.seed === seed)
    return other ? [horizon - other.horizon] : []
  })
  if (differences.length === 0) return null
  const { positive, negative, zero, p, smallestP } = signedRank(differences)
  return {
    language: own[0].language,
    model: own[0].model,
    other: others[0].model,
    seeds: differences.length,
    wins: positive,
    losses: negative,
    ties: zero,
    medianDifference: quantile(differences.sort((a, b) => a - b), 0.5),
    p,
    smallestP,
  }
}
