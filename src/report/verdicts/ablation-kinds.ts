// Does the cost of removing a unit depend on how it is removed? Judged by the margin of pairs of items that differ in the
// subject's number alone: it has no ceiling, and what moves every choice towards one number cancels.

import { FEWEST_ITEMS, isIncongruent, isPair } from '../../analysis/choose-units.ts'
import type { AblationKindRow, DropRow, OverSeedsRow, SensitivityRow, UnitGroupRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { namedCondition } from '../conditions.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, listed, percent, percentInterval, plural, points } from '../format.ts'
import { wayOf } from '../ways.ts'
import type { Measure } from './across-seeds.ts'
import { FEWEST_COMPARABLE, judgeByModel, LEVEL, pText } from './rules.ts'

export function judgeWays(rows: readonly AblationKindRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, judgeUnit)
}

export function judgeGroups(rows: readonly UnitGroupRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, judgeGroup, { measures: GROUP_MEASURES })
}

/** Of several seeds. */
export const GROUP_MEASURES: readonly Measure<UnitGroupRow>[] = [
  { name: 'cost', of: (rows) => ofGroup(rows, 'removed').marginDrop, as: { digits: 2, unit: 'nats' } },
  { name: 'right with them alone', of: (rows) => ofGroup(rows, 'kept').accuracy, as: 'share' },
  { name: 'with the median group like them', of: (rows) => keptByOthers(ofGroup(rows, 'kept')), as: 'share' },
]

function ofGroup(rows: readonly UnitGroupRow[], what: UnitGroupRow['what']): UnitGroupRow {
  return judgedCondition(rows.filter((row) => row.what === what))[0]
}

function keptByOthers({ intact, randomMedian }: UnitGroupRow): number {
  return intact - randomMedian
}

/** Does the cost of the unit on top stand out whatever is read before, in both halves, set to either value? */
export function judgeSensitivity(rows: readonly SensitivityRow[], models: number): Verdict[] {
  return judgeByModel(rows, models, (ofSubject, where) => {
    const own = judgedCondition(ofSubject)
    const [{ unit, task, condition, n, comparable, seed }] = own
    const basis = `(${plural(own.length, 'combination')}, n = ${count(n)} pairs each, seed ${seed})`
    if (n < FEWEST_ITEMS || comparable < FEWEST_COMPARABLE) {
      return { judgement: 'cannot tell', sentence: `${where} it cannot be told what the cost of ${unit} depends on ${basis}.` }
    }
    const passing = own.filter(isBeyondBand).length
    const judgement = passing === own.length ? 'found' : passing > 0 ? 'candidate' : 'not found'
    const opening = {
      found: `whatever is read before an item, in both halves of the lexicon, set to its mean or to zero, removing ${unit} costs more than removing any unit like it`,
      candidate: `in ${count(passing)} of ${count(own.length)} combinations of what is read before, half of the lexicon and value, removing ${unit} costs more than removing any unit like it`,
      'not found': `in no combination of what is read before, half of the lexicon and value does removing ${unit} cost more than removing any unit like it`,
    }[judgement]
    const sorted = [...own].sort((a, b) => a.marginDrop - b.marginDrop)
    const [least, most] = [sorted[0], sorted[sorted.length - 1]].map((row) =>
      `${fixed(row.marginDrop, 2)} nats (after ${row.before}, ${row.half}, ${row.set})`)
    return { judgement, sentence: `${where} ${opening}: of the margin on ${namedCondition(task, condition)}, ${least} to ${most} ${basis}.` }
  }, {
    about: 'asked after other beginnings, in both halves, with both values',
    measures: BEGINNINGS.map((before) => ({
      name: `cost after ${before}`,
      as: { digits: 2, unit: 'nats' },
      of: (own) => judgedCondition(own).find((row) => row.before === before && row.half === 'confirmation' && row.set === 'mean')?.marginDrop ?? null,
    })),
  })
}

/** What is read before an item. */
const BEGINNINGS: readonly SensitivityRow['before'][] = ['nothing', 'end of sentence', 'five sentences']

/** What networks of a make lose on average; of one seed nothing is said. */
export function describeOverSeeds(rows: readonly OverSeedsRow[]): Verdict[] {
  return [...groupBy(rows, ({ model }) => model).values()].map((ofModel): Verdict => {
    const own = judgedCondition(ofModel)
    const [{ model, seeds, task, condition, n }] = own
    const costs = own.map((row) => (
      `${row.what === 'unit on top' ? 'the unit on top' : 'the chosen units together'} ${costOf(row)} nats of the margin and ` +
      `${points(row.drop)} ${percentInterval(row.dropLow, row.dropHigh)}`
    ))
    const sentence =
      `Over ${count(seeds)} seeds of ${model}, set to their means, ${listed(costs)} on ${namedCondition(task, condition)} ` +
      `(n = ${count(n)} ${trialsOf(condition)}; seeds, lemmas and items resampled).`
    return { judgement: 'description', sentence }
  })
}

/** The rows of the condition that judgements are about: pairs before a noun of the other number for one of the two. */
export function judgedCondition<R extends { readonly condition: string }>(rows: readonly R[]): R[] {
  const conditions = [...new Set(rows.map(({ condition }) => condition))]
  const condition =
    conditions.find((name) => name === 'SP and PP') ?? conditions.findLast(isPair) ?? conditions.find(isIncongruent) ??
    conditions[0]
  return rows.filter((row) => row.condition === condition)
}

/** Of the unit that stood first where it was chosen. */
function judgeUnit(rows: readonly AblationKindRow[], where: string): Verdict {
  const own = judgedCondition(rows.filter(({ unit }) => unit === rows[0].unit))
  const [{ unit, task, condition, half, n, seed, comparable }] = own
  const whole = own.filter(({ set, readers }) => set !== 'scale' && readers === 'all')
  if (n < FEWEST_ITEMS || comparable < FEWEST_COMPARABLE) {
    const why = n < FEWEST_ITEMS ? `${plural(n, 'item')} decide nothing` : `with ${count(comparable)} units like it chance cannot be told`
    return { judgement: 'cannot tell', sentence: `${where} it cannot be told what removing ${unit} costs: ${why} (seed ${seed}).` }
  }
  const passing = whole.filter(isBeyondBand)
  const judgement = passing.length === whole.length ? 'found' : passing.length > 0 ? 'candidate' : 'not found'
  const opening = {
    found: `removing ${unit} costs more than removing any unit like it, however it is removed`,
    candidate: `whether removing ${unit} costs more than removing units like it depends on how it is removed`,
    'not found': `removing ${unit} costs no more than removing units like it, however it is removed`,
  }[judgement]
  const costs = whole.map((row) => `${wayOf(row)} ${costOf(row)} (units like it at most ${fixed(row.marginBandHigh, 2)})`)
  const parts = own.filter(({ readers }) => readers !== 'all').map((row) => `${wayOf(row)} ${costOf(row)}`)
  const dose = own.find(({ factor }) => factor === -1)
  const turned = dose === undefined ? '' : `; turned round (times −1) it costs ${costOf(dose)}`
  return {
    judgement,
    sentence:
      `${where} ${opening}: of the margin on ${namedCondition(task, condition)}, in nats, ${listed(costs)}; ` +
      `${listed(parts)}${turned} (n = ${count(n)} ${trialsOf(condition)}${half === 'confirmation' ? ' that did not choose it' : ''}, seed ${seed}).`,
  }
}

function trialsOf(condition: string): string {
  return isPair(condition) ? 'pairs' : 'items'
}

function isBeyondBand({ marginDrop, marginDropLow, marginBandHigh }: DropRow): boolean {
  return marginDropLow !== null && marginDropLow > 0 && marginDrop > marginBandHigh
}

/** `1.20 [0.91, 1.50]` */
function costOf({ marginDrop, marginDropLow, marginDropHigh }: AblationKindRow | UnitGroupRow | OverSeedsRow): string {
  return `${fixed(marginDrop, 2)} ${interval(marginDropLow, marginDropHigh, 2)}`
}

/** Removed and kept rows of one group. */
export function judgeGroup(rows: readonly UnitGroupRow[], where: string): Verdict {
  const [removed, kept] = (['removed', 'kept'] as const).map((what) => ofGroup(rows, what))
  const { group, size, n, random, seed, task, condition } = removed
  if (n < FEWEST_ITEMS || random < FEWEST_COMPARABLE) {
    const why = n < FEWEST_ITEMS ? `${plural(n, 'item')} decide nothing` : `there are ${count(random)} groups like it`
    return { judgement: 'cannot tell', sentence: `${where} it cannot be told what ${group} cost together: ${why} (seed ${seed}).` }
  }
  const trials = trialsOf(condition)
  const found = removed.marginP < LEVEL && removed.marginDropLow !== null && removed.marginDropLow > 0
  const sentence =
    `${where} ${group} ${size === 1 ? 'alone costs' : 'together cost'} ${found ? 'more' : 'no more'} than ` +
    `${size === 1 ? 'units like it' : 'groups like them'}: removed, ` +
    `${costOf(removed)} nats of the margin on ${namedCondition(task, condition)} (${pText(removed.marginP)} among ` +
    `${count(random)} ${size === 1 ? 'units' : 'groups'}) and ${points(removed.drop)} ${percentInterval(removed.dropLow, removed.dropHigh)}; left ` +
    `alone, all other units of the same layers at their means, ${percent(kept.accuracy)} of the ${trials} stay right, with ` +
    `${size === 1 ? 'units' : 'groups'} like it ${percent(keptByOthers(kept))} in the median (n = ${count(n)} ${trials}, ` +
    `intact ${percent(removed.intact)}, seed ${seed}).`
  return { judgement: found ? 'found' : 'not found', sentence }
}
