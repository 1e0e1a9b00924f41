// Does a unit's state keep the subject's number from word to word up to the verb? What the subject's number does to it, all
// other words the same, stands beside what the last noun's does.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { DynamicsResult, NumberGapRow } from '../../analysis/results.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** Share of the difference at the subject that must be left before the verb: numbers of networks are never quite zero. */
const LEFT = 0.1

export function judgeDynamics({ task, rows, gaps }: DynamicsResult, models: number): Verdict[] {
  if (gaps.length === 0) {
    const [{ unit }] = rows
    return [{ judgement: 'description', sentence: `Unit ${unit} is shown word by word on ${task} items, which come in no pairs that differ in the subject alone.` }]
  }
  return judgeByModel(gaps, models, (own, where) => judgeUnit(task, own, where), [
    { name: 'share of the difference that is left before the verb', of: (own) => leftOver(ends(own)) },
    { name: 'standard deviations of the items that it is', of: (own) => inDeviations(ends(own).last) },
  ])
}

interface Ends {
  /** after the subject */
  readonly first: NumberGapRow
  /** before the verb */
  readonly last: NumberGapRow
}

/** Of the first unit's cell, or of its hidden state where there is no cell, or of what was asked for. */
function ends(rows: readonly NumberGapRow[]): Ends {
  const ofUnit = rows.filter(({ unit }) => unit === rows[0].unit)
  const site = ['cell', 'hidden'].find((state) => ofUnit.some((row) => row.site === state)) ?? ofUnit[0].site
  const own = ofUnit.filter((row) => row.site === site)
  return {
    first: own.find(({ position, subjectPosition }) => position === subjectPosition)!,
    last: own.reduce((latest, row) => (row.position > latest.position ? row : latest)),
  }
}

function judgeUnit(task: string, rows: readonly NumberGapRow[], where: string): Verdict {
  const { first, last } = ends(rows)
  const { unit, site, n, seed } = last
  const what = `the ${site === 'hidden' ? 'hidden state' : site} of unit ${unit}`
  const basis = `n = ${count(n)} pairs of ${task} items that did not choose it, seed ${seed}`
  if (n < FEWEST_ITEMS || last.low === null || last.high === null) {
    return { judgement: 'cannot tell', sentence: `${where} it cannot be told whether ${what} keeps the subject’s number (${basis}).` }
  }
  const sure = last.gap > 0 ? last.low > 0 : last.high < 0
  const kept = sure && last.gap > 0 === first.gap > 0 && Math.abs(last.gap) >= LEFT * Math.abs(first.gap)
  const more = Math.abs(last.gap) > Math.abs(last.lastNounGap ?? 0)
  const judgement = !kept ? 'not found' : more ? 'found' : 'candidate'
  const opening = {
    found: `${what} keeps the subject’s number up to the verb`,
    candidate: `${what} keeps the subject’s number up to the verb, but the last noun’s number moves it more`,
    'not found': `${what} does not keep the subject’s number up to the verb`,
  }[judgement]
  const noun = last.lastNounGap === null ? '' : `; the last noun’s number moves it by ${fixed(last.lastNounGap, 2)}`
  return {
    judgement,
    sentence:
      `${where} ${opening}: after plural less singular subjects, all other words the same, it is ${fixed(first.gap, 2)} ` +
      `${interval(first.low, first.high, 2)} at the subject and ${fixed(last.gap, 2)} ${interval(last.low, last.high, 2)} before ` +
      `the verb, ${fixed(inDeviations(last), 1)} standard deviations of the items${noun} (${basis}).`,
  }
}

function leftOver({ first, last }: Ends): number | null {
  return first.gap === 0 ? null : last.gap / first.gap
}

function inDeviations({ gap, deviation }: NumberGapRow): number {
  return Math.abs(gap) / (deviation || 1)
}
