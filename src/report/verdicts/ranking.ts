// Which units tell the probe's answer, and are they the ones the model uses? A unit decodes when it is significant
// among all units, beats what the best of so many reaches under shuffled labels, and does so again on the other half.

import { FEWEST_ITEMS, isOutsideBand } from '../../analysis/choose-units.ts'
import type { AblationResult, RankingResult, RankingRow } from '../../analysis/results.ts'
import type { Verdict } from '../document.ts'
import {
  beatsChance, decodes, decodesConfirmed, directionOf, isOf, keepsSide, strength, withoutQuantity, withstandsCorrection,
} from '../evidence.ts'
import { count, fixed, interval, plural } from '../format.ts'
import { judgeByModel, LEVEL } from './rules.ts'

/** One verdict a model on its best unit. */
export function judgeRanking(result: RankingResult, models: number): Verdict[] {
  return judgeByModel(result.rows, models, (rows, where) => judgeBest(result.probe, rows, where))
}

function judgeBest(probe: string, rows: readonly RankingRow[], where: string): Verdict {
  const best = bestOf(rows)
  const basis =
    `n = ${count(best.n)} incongruent items, Benjamini–Hochberg over ${plural(rows.length, 'unit')}, ` +
    `seed ${best.seed}`
  const auc = `${directionOf(best.auc, probe)} with AUC ${fixed(best.auc, 2)} ${interval(best.low, best.high, 2)}`
  const chance = `by chance the best of ${count(rows.length)} reaches ${fixed(best.chanceBest, 2)}`
  if (best.n < FEWEST_ITEMS) {
    const sentence =
      `${where} it cannot be told which units tell ${probe}: ${count(best.n)} items, and fewer than ${FEWEST_ITEMS} ` +
      `decide nothing (seed ${best.seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const turned = rows.filter((row) => beatsChance(row, LEVEL) && !keepsSide(row)).length
  const changed = `; ${plural(turned, 'unit')} changed sides since the subject, as what follows the last noun does`
  const rest = `${chance}${turned > 0 ? changed : ''} (${basis}).`
  if (!decodes(best, LEVEL)) {
    const sentence = `${where} no unit tells ${probe} before the verb: the best, ${best.unit}, is ${auc}; ${rest}`
    return { judgement: 'not found', sentence }
  }
  const decoding = rows.filter((row) => decodes(row, LEVEL)).length
  const head =
    `${where} ${count(decoding)} of ${plural(rows.length, 'unit')} beat chance at telling ${probe} before the verb; ` +
    `${best.unit} is best, ${auc}`
  if (best.confirmedAuc === null) {
    return { judgement: 'candidate', sentence: `${head}, not yet confirmed on other items; ${rest}` }
  }
  const shrinkage = best.shrinkage === null ? '' : `, shrinkage ${fixed(best.shrinkage, 2)}`
  const other = `AUC ${fixed(best.confirmedAuc, 2)} on items that did not choose it${shrinkage}`
  if (!decodesConfirmed(best, LEVEL)) {
    return { judgement: 'not found', sentence: `${head}, but ${other}: it does not hold up; ${rest}` }
  }
  return { judgement: 'found', sentence: `${head} and ${other}; ${rest}` }
}

/** How many of the units that decode are used, and how many that are used decode. */
export function describeUse(ranking: RankingResult, ablation: AblationResult, models: number): Verdict[] {
  return judgeByModel(ranking.rows, models, (rows, where) => {
    const ablated = ablation.rows.filter((row) => isOf(row, rows[0]) && row.set === 'mean' && row.n >= FEWEST_ITEMS)
    const used = new Set(ablated.filter((row) => isOutsideBand(row) && withstandsCorrection(row, LEVEL)).map((row) => withoutQuantity(row.unit)))
    const removed = new Set(ablated.map((row) => withoutQuantity(row.unit))) // of one layer
    const telling = rows.filter((row) => decodes(row, LEVEL)).map((row) => withoutQuantity(row.unit))
    const decoding = new Set(telling.filter((unit) => removed.has(unit)))
    const both = [...decoding].filter((unit) => used.has(unit)).length
    const sentence =
      `${where} ${plural(decoding.size, 'unit')} ${decoding.size === 1 ? 'tells' : 'tell'} ${ranking.probe}, ` +
      `removing ${plural(used.size, 'unit')} costs more in some condition than removing comparable units, corrected over all ` +
      `units and conditions, and ${plural(both, 'unit')} ${both === 1 ? 'does' : 'do'} both (seed ${rows[0].seed}).`
    return { judgement: 'description', sentence }
  })
}

/** The unit farthest from guessing of those that still tell the subject; of all units where none does. */
export function bestOf(rows: readonly RankingRow[]): RankingRow {
  const kept = rows.filter(keepsSide)
  return (kept.length > 0 ? kept : rows).reduce((best, row) => (strength(row.auc) > strength(best.auc) ? row : best))
}
