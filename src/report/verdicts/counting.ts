// Does an LSTM count farther than networks whose state is bounded, and beyond the lengths it was trained on? Judged for
// each language and LSTM over seeds: the horizons are paired by seed, and every rival must be beaten, so that no
// correction for their number is needed. Runs that did not converge are counted. With one seed nothing is claimed
// beyond these models.

import type { CountingResult, HorizonComparison } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, listed, plural } from '../format.ts'
import { compared, horizonsOf, isBounded, type ModelHorizons } from '../horizons.ts'
import { seedText, shareOf } from '../seed-share.ts'
import { convergenceText, horizonText, languageText, reachText, rivalText } from './horizon-text.ts'
import { LEVEL, pText } from './rules.ts'

/** One verdict for each language and LSTM; none where there is no LSTM. */
export function judgeCounting(results: readonly CountingResult[]): Verdict[] {
  const models = horizonsOf(results.flatMap((result) => result.rows)).filter(({ trained }) => trained)
  const comparisons = results.flatMap((result) => result.comparisons)
  return [...groupBy(models, ({ language }) => language).values()].flatMap((ofLanguage) =>
    ofLanguage.filter(({ cell }) => cell === 'lstm').map((lstm) => judge(lstm, ofLanguage, comparisons)),
  )
}

/** A model with a bounded state, and the LSTM's horizons beside its own. */
interface Rival {
  readonly horizons: ModelHorizons
  readonly comparison: HorizonComparison
}

function judge(
  lstm: ModelHorizons,
  models: readonly ModelHorizons[],
  comparisons: readonly HorizonComparison[],
): Verdict {
  if (lstm.rows.length === 1) return oneSeed(lstm, models)
  const rivals = models.flatMap((horizons) => {
    const comparison = isBounded(horizons.cell) ? compared(lstm, horizons, comparisons) : null
    return comparison ? [{ horizons, comparison }] : []
  })
  const everyone = [lstm, ...rivals.map(({ horizons }) => horizons)]
  const { judgement, claim } = rivals.length > 0 ? judgeRivals(lstm, rivals) : judgeBeyond(lstm, null)
  const test = 'exact Wilcoxon signed-rank test of horizons paired by seed'
  const paired = rivals.length > 0 ? `, ${test}, smallest possible ${pText(largestFloor(rivals))}` : ''
  const sentence =
    `${languageText(lstm)} ${claim}. Over seeds ${[reachText(lstm), ...rivalTexts(rivals)].join('; ')}. ` +
    `${convergenceText(everyone)} (n = ${plural(lstm.rows.length, 'seed')} a model, 95 % Wilson intervals in ` +
    `%${paired}).`
  return { judgement, sentence }
}

type Claim = Pick<Verdict, 'judgement'> & { readonly claim: string }

function judgeRivals(lstm: ModelHorizons, rivals: readonly Rival[]): Claim {
  const all = listed(rivals.map(nameOf))
  const floor = largestFloor(rivals)
  if (floor >= LEVEL) {
    const claim =
      `${plural(lstm.rows.length, 'seed')} of each model cannot tell whether ${lstm.model} counts farther than ` +
      `${all}: p cannot fall below ${fixed(floor, 3)}`
    return { judgement: 'cannot tell', claim }
  }
  const behind = rivals.filter(({ comparison: { p, wins, losses } }) => p < LEVEL && wins > losses)
  const ahead = rivals.filter(({ comparison: { p, wins, losses } }) => p < LEVEL && wins < losses)
  const alike = rivals.filter((rival) => !behind.includes(rival) && !ahead.includes(rival))
  if (behind.length === rivals.length) return judgeBeyond(lstm, `farther than ${all}, whose state is bounded`)
  const clauses = [
    ...(behind.length > 0 ? [`counts farther than ${listed(behind.map(nameOf))}`] : []),
    ...(alike.length > 0 ? [`was not shown to count farther than ${listed(alike.map(nameOf))}`] : []),
    ...(ahead.length > 0 ? [`counts less far than ${listed(ahead.map(nameOf))}`] : []),
  ]
  const judgement = behind.length > 0 && ahead.length === 0 ? 'candidate' : 'not found'
  return { judgement, claim: `${lstm.model} ${listed(clauses)}` }
}

/** Most seeds go beyond the training range, or do not. @param farther than whom it counts, where there is a rival */
function judgeBeyond(lstm: ModelHorizons, farther: string | null): Claim {
  const beyond = shareOf(lstm.rows, (row) => row.horizon > row.trainedTo)
  const seeds = seedText(beyond)
  if (beyond.low > 0.5) {
    const claim = `${lstm.model} counts beyond its training lengths, in ${seeds}${farther ? `, and ${farther}` : ''}`
    return { judgement: 'found', claim }
  }
  const lead = farther ? `${lstm.model} counts ${farther}, but ` : ''
  const subject = farther ? 'it' : lstm.model
  if (beyond.high < 0.5) {
    const claim = `${lead}${subject} does not count beyond its training lengths: it does in ${seeds}`
    return { judgement: 'not found', claim }
  }
  const claim = `${lead}whether ${subject} counts beyond its training lengths cannot be told: it does in ${seeds}`
  return { judgement: farther ? 'candidate' : 'cannot tell', claim }
}

function oneSeed(lstm: ModelHorizons, models: readonly ModelHorizons[]): Verdict {
  const these = models.length === 1 ? 'in this model' : 'in these models'
  const horizons = models.map((model) => `${horizonText(model.median, model)} (${model.model})`)
  const sentence =
    `${languageText(lstm)} ${these} the horizon is ${listed(horizons)}; one seed decides nothing about others, p ` +
    `cannot fall below 1. ${convergenceText(models)} (seed ${lstm.rows[0].seed}).`
  return { judgement: 'cannot tell', sentence }
}

/** Two are spoken of one by one; of more, the one that comes nearest. */
function rivalTexts(rivals: readonly Rival[]): string[] {
  if (rivals.length <= 2) return rivals.map(({ horizons, comparison }) => rivalText(horizons, comparison))
  const nearest = rivals.reduce((best, other) => (other.horizons.median > best.horizons.median ? other : best))
  const { horizons, comparison } = nearest
  const subject = `the nearest of ${count(rivals.length)} with a bounded state, ${horizons.model},`
  const largest = Math.max(...rivals.map((rival) => rival.comparison.p))
  return [rivalText(horizons, comparison, subject), `of all ${count(rivals.length)} the largest ${pText(largest)}`]
}

function nameOf({ horizons }: Rival): string {
  return horizons.model
}

function largestFloor(rivals: readonly Rival[]): number {
  return Math.max(...rivals.map(({ comparison }) => comparison.smallestP))
}
