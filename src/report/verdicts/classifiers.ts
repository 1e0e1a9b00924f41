// Can the subject's number be read off the network before the verb, and off how few units?

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { ClassifierRow, ClassifiersResult, SparseUnitRow } from '../../analysis/results.ts'
import type { Verdict } from '../document.ts'
import { isOf } from '../evidence.ts'
import { count, fixed, listed, percent, percentInterval, plural, points } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** A unit is one of the few where it is picked in so many halves of the subjects. */
const STABLE = 0.8

export function judgeClassifiers(rows: readonly ClassifierRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, judgeSite, {
    measures: [
    { name: 'right before the verb', of: (own) => readableSite(own).accuracy, as: 'share' },
    { name: 'in untrained networks', of: (own) => readableSite(own).untrained, as: 'share' },
    { name: 'selectivity', of: (own) => readableSite(own).selectivity, as: 'points' },
    { name: 'bits', of: (own) => readableSite(own).bits, as: { digits: 0 } },
    ],
  })
}

/** The site whose answers take fewest bits before the verb, on the half that it is fitted to; judged on the other. */
function readableSite(rows: readonly ClassifierRow[]): ClassifierRow {
  const last = Math.max(...rows.map(({ position }) => position))
  return rows.filter(({ position }) => position === last).reduce((best, row) => (row.bits < best.bits ? row : best))
}

function judgeSite(rows: readonly ClassifierRow[], where: string): Verdict {
  const row = readableSite(rows)
  const { site, units, n, seed } = row
  if (n < FEWEST_ITEMS) {
    const sentence = `${where} it cannot be told whether number can be read off ${site}: ${plural(n, 'item')} decide nothing (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const found = row.low > Math.max(0.5, row.untrained) && row.selectivity > 0
  const sentence =
    `${where} the subject’s number ${found ? 'can' : 'cannot'} be read off ${site} before the verb, where nouns disagree: a classifier of ` +
    `its ${plural(units, 'unit')} is right on ${percent(row.accuracy)} ${percentInterval(row.low, row.high)} of words that it was not ` +
    `fitted to, in the untrained network on ${percent(row.untrained)}; its selectivity is ${points(row.selectivity)} (random answers for ` +
    `words ${percent(row.control)}); its answers take ${fixed(row.bits, 0)} of ${count(row.uniformBits)} bits, random ones ` +
    `${fixed(row.controlBits, 0)} (n = ${count(n)} items, seed ${seed}).`
  return { judgement: found ? 'found' : 'not found', sentence }
}

/** How few units of that site, and whether the sweep chose them, too. */
export function describeSparse({ rows, path, units }: Pick<ClassifiersResult, 'rows' | 'path' | 'units'>, models: number): Verdict[] {
  const chosenOf = (own: readonly ClassifierRow[]) =>
    path.find((row) => isOf(row, own[0]) && row.site === readableSite(own).site && row.chosen)
  return judgeByModel(rows, models, (own, where) => {
    const { site, seed } = readableSite(own)
    const chosen = chosenOf(own)
    if (chosen === undefined) return { judgement: 'description', sentence: `${where} ${site} has too few units to leave any out (seed ${seed}).` }
    const stable = units.filter((row) => isOf(row, own[0]) && siteOf(row) === site && row.stability >= STABLE)
    const both = stable.filter((row) => row.chosen).length
    const names = stable.slice(0, 4).map(({ unit, stability }) => `${unit} (${fixed(100 * stability, 0)} %)`)
    const sentence =
      `${where}, ${plural(chosen.kept, 'unit')} of ${count(chosen.units)} of ${site} ${chosen.kept === 1 ? 'is' : 'are'} enough for ` +
      `${percent(chosen.accuracy)} under an absolute penalty; ${count(stable.length)} ${stable.length === 1 ? 'is' : 'are'} picked in 80 % of ` +
      `halves of the subjects${names.length === 0 ? '' : `, such as ${listed(names)}`}, and ${count(both)} of these the sweep chose, too ` +
      `(n = ${count(chosen.n)} items, seed ${seed}).`
    return { judgement: 'description', sentence }
  }, {
    about: 'classifiers of few units',
    measures: [
      { name: 'units that are enough', of: (own) => chosenOf(own)?.kept ?? null, as: { digits: 1 } },
      { name: 'right with them', of: (own) => chosenOf(own)?.accuracy ?? null, as: 'share' },
    ],
  })
}

function siteOf({ unit }: SparseUnitRow): string {
  return unit.slice(0, unit.lastIndexOf('.'))
}
