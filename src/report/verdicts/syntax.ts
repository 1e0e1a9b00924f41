// Is the depth of phrases in the units, do a few of them stand out, and does the verb need those?

import { isPair } from '../../analysis/choose-units.ts'
import { groupBy } from '../../core/rows.ts'
import type { DepthFitRow, DepthUnitRow, SyntaxLinkRow, SyntaxLinkSetRow, UnitGroupRow } from '../../analysis/results.ts'
import { ACROSS_CLAUSES } from '../../tasks/trials.ts'
import { shortCondition } from '../conditions.ts'
import type { Verdict } from '../document.ts'
import { isOf } from '../evidence.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'
import { GROUP_MEASURES, judgedCondition, judgeGroup } from './ablation-kinds.ts'
import type { Measure } from './across-seeds.ts'
import { judgeByModel, LEVEL, pText } from './rules.ts'

/** |z| above which a weight stands out. */
const OUTLYING = 3

export function judgeDepth(fits: readonly DepthFitRow[], models: number): Verdict[] {
  const r2Of = (read: DepthFitRow['read']) => (rows: readonly DepthFitRow[]) => rows.find((row) => row.read === read)!.r2
  return judgeByModel(fits, models, judgeFit, {
    measures: [
    { name: 'R²', of: r2Of('units') },
    { name: 'of untrained units', of: r2Of('untrained units') },
    { name: 'of frequency and place', of: r2Of('covariates') },
    ],
  })
}

function judgeFit(rows: readonly DepthFitRow[], where: string): Verdict {
  const [units, covariates, untrained] = (['units', 'covariates', 'untrained units'] as const).map((read) => rows.find((row) => row.read === read)!)
  const others = Math.max(covariates.high ?? 1, untrained.high ?? 1)
  const found = units.low !== null && units.low > others
  const sentence =
    `${where} the units of ${units.site} together ${found ? 'tell' : 'tell no better than what needs no training'} how many ` +
    `constituents are open behind a word: R² ${r2(units)} in sentences that the regression was not fitted to, ${r2(untrained)} in the ` +
    `untrained network, ${r2(covariates)} from the word’s frequency and place alone (n = ${count(units.n)} words of ` +
    `${plural(units.sentences, 'sentence')}, seed ${units.seed}).`
  return { judgement: found ? 'found' : 'not found', sentence }
}

function r2({ r2: value, low, high }: DepthFitRow): string {
  return `${fixed(value, 2)} ${interval(low, high, 2)}`
}

/** Every seed counts, those without a unit that stands out, too. */
export function judgeSyntaxUnits(
  fits: readonly DepthFitRow[], units: readonly DepthUnitRow[], links: readonly SyntaxLinkRow[],
  linkSets: readonly SyntaxLinkSetRow[], models: number,
): Verdict[] {
  return judgeByModel(fits, models, ([own], where) => {
    const all = units.filter((row) => isOf(row, own))
    const standing = all.filter(({ isSyntaxUnit }) => isSyntaxUnit).sort((a, b) => b.outlying - a.outlying)
    const best = all.reduce((most, row) => (row.outlying > most.outlying ? row : most))
    if (standing.length === 0) {
      const sentence =
        `${where} no unit stands out stably in that: the farthest, ${best.unit}, lies ${fixed(best.outlying, 1)} standard deviations ` +
        `above the mean weight and above ${OUTLYING} in ${fixed(100 * best.stability, 0)} % of bootstraps (seed ${own.seed}).`
      return { judgement: 'not found', sentence }
    }
    const names = standing.map(({ unit, outlying, stability }) => `${unit} (${fixed(outlying, 1)} deviations, ${fixed(100 * stability, 0)} % of bootstraps)`)
    const sent = links.filter((row) => isOf(row, own))
    const far = sent.filter(({ z }) => Math.abs(z) > OUTLYING)
    const sending = sent.length === 0 ? '' : `; of ${plural(sent.length, 'weight')} from them to gates of the chosen units ${count(far.length)} ` +
      `${far.length === 1 ? 'lies' : 'lie'} beyond ${OUTLYING} standard deviations` +
      (far.length === 0 ? '' : `, such as ${listed(far.slice(0, 3).map(({ from, to, gate, z }) => `${from} to the ${gate} gate of ${to} (z = ${fixed(z, 1)})`))}`)
    const set = linkSets.find((row) => isOf(row, own))
    const together = set === undefined ? '' :
      `; together, with a mean |z| of ${fixed(set.meanZ, 2)}, they send ${set.p < LEVEL ? 'more' : 'no more'} than random units of their layers ` +
      `(median ${fixed(set.randomMedian, 2)}, ${pText(set.p)})`
    const sentence = `${where} ${plural(standing.length, 'unit')} of ${count(all.length)} ${standing.length === 1 ? 'stands' : 'stand'} out stably in that: ${listed(names.slice(0, 4))}${sending}${together} (seed ${own.seed}).`
    return { judgement: 'found', sentence }
  })
}

/** What syntax units send to the gates of the chosen units, in every seed that has such units. */
export function describeLinks(linkSets: readonly SyntaxLinkSetRow[]): Verdict[] {
  return [...groupBy(linkSets, ({ model }) => model)].map(([model, own]): Verdict => {
    const sent = own.map(({ seed, links, meanZ, randomMedian, p }) =>
      `${plural(links, 'weight')} with a mean |z| of ${fixed(meanZ, 2)} in seed ${seed}, where random units of their layers send ${fixed(randomMedian, 2)} in the median (${pText(p)})`)
    const more = own.filter(({ p }) => p < LEVEL).length
    const sentence =
      `Of ${plural(own.length, 'seed')} of ${model} with syntax units, these send more to the gates of the chosen units than random units ` +
      `do in ${count(more)}: ${listed(sent)}.`
    return { judgement: 'description', sentence }
  })
}

/** What the verb loses without them: across a phrase, across clauses; or in what there is where there is neither. */
export function judgeSyntaxRemoval(fits: readonly DepthFitRow[], groups: readonly UnitGroupRow[], models: number): Verdict[] {
  const asked = [groups.filter(({ condition }) => isPair(condition)), groups.filter(({ condition }) => condition === ACROSS_CLAUSES)]
  const told = asked.filter((rows) => rows.length > 0)
  return (told.length > 0 ? told : [groups]).flatMap((rows) => judgeRemoval(fits, rows, models))
}

/** A seed without a syntax unit says nothing of that. @param groups of one condition, or of all where there is no telling one */
function judgeRemoval(fits: readonly DepthFitRow[], groups: readonly UnitGroupRow[], models: number): Verdict[] {
  const removedIn = (own: DepthFitRow) => groups.filter((row) => isOf(row, own))
  const measures = GROUP_MEASURES.map(({ of, ...measure }): Measure<DepthFitRow> => (
    { ...measure, of: ([own]) => (removedIn(own).length === 0 ? null : of(removedIn(own))) }
  ))
  const [judged] = judgedCondition(groups)
  const about = judged === undefined ? 'without syntax units' : `without syntax units on ${shortCondition(judged.task, judged.condition)}`
  return judgeByModel(fits, models, ([own], where) => {
    if (removedIn(own).length > 0) return judgeGroup(removedIn(own), where)
    return { judgement: 'cannot tell', sentence: `${where} there is no syntax unit to remove (seed ${own.seed}).` }
  }, { about, measures })
}
