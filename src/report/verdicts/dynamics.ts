// Does a unit's state keep the subject's number from word to word up to the verb? What the subject's number does to it, all
// other words the same, stands beside what the last noun's does.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { DynamicsResult, NumberGapRow } from '../../analysis/results.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval } from '../format.ts'
import { judgeByModel } from './rules.ts'

/** Share of the largest difference that must be left at every later word: numbers of networks are never quite zero. */
const LEFT = 0.1
/** A smaller difference, in standard deviations of the items of one number, keeps nothing. */
const LEAST_DEVIATIONS = 0.5

export function judgeDynamics({ task, rows, gaps }: DynamicsResult, models: number): Verdict[] {
  if (gaps.length === 0) {
    const [{ unit }] = rows
    const sentence = `Unit ${unit} is shown word by word on ${task} items, of which no pairs that differ in the subject alone are left to judge it by.`
    return [{ judgement: 'description', sentence }]
  }
  return judgeByModel(gaps, models, (own, where) => judgeUnit(task, own, where), {
    measures: [
      { name: 'what is left of its largest difference before the verb', of: (own) => leftOver(courseOf(own)), as: 'share' },
      { name: 'its size there', of: (own) => inDeviations(courseOf(own).last), as: { digits: 1, unit: 'standard deviations of the items' } },
    ],
  })
}

/** What the subject's number does to a unit from the subject on. */
interface Course {
  readonly words: readonly NumberGapRow[]
  /** the word at which it does most */
  readonly largest: NumberGapRow
  /** before the verb */
  readonly last: NumberGapRow
}

/** Of the first unit's cell, or of its hidden state where there is no cell, or of what was asked for. */
function courseOf(rows: readonly NumberGapRow[]): Course {
  const ofUnit = rows.filter(({ unit }) => unit === rows[0].unit)
  const site = ['cell', 'hidden'].find((state) => ofUnit.some((row) => row.site === state)) ?? ofUnit[0].site
  const words = ofUnit
    .filter((row) => row.site === site && row.position >= row.subjectPosition)
    .sort((a, b) => a.position - b.position)
  const largest = words.reduce((most, row) => (Math.abs(row.gap) > Math.abs(most.gap) ? row : most))
  return { words, largest, last: words[words.length - 1] }
}

function judgeUnit(task: string, rows: readonly NumberGapRow[], where: string): Verdict {
  const { words, largest, last } = courseOf(rows)
  const { unit, site, n, seed } = last
  const what = `the ${NAMES[site] ?? site} of unit ${unit}`
  const basis = `n = ${count(n)} pairs of ${task} items that did not choose it, seed ${seed}`
  if (n < FEWEST_ITEMS || last.low === null || last.high === null) {
    return { judgement: 'cannot tell', sentence: `${where} it cannot be told whether ${what} keeps the subject’s number (${basis}).` }
  }
  const later = words.filter(({ position }) => position >= largest.position)
  const kept = later.every((row) => holds(row, largest))
  const judgement = !kept ? 'not found' : surelyAtLeast(last) > Math.abs(last.lastNounGap ?? 0) ? 'found' : 'candidate'
  const opening = {
    found: `${what} keeps the subject’s number up to the verb`,
    candidate: `${what} keeps the subject’s number up to the verb, but it cannot be told from what the last noun’s number does`,
    'not found': `${what} does not keep the subject’s number up to the verb`,
  }[judgement]
  const deviations = inDeviations(last)
  const size = deviations === null ? '' : `, ${fixed(deviations, 1)} standard deviations of the items`
  const noun = last.lastNounGap === null ? '' : `; the last noun’s number moves it by ${fixed(last.lastNounGap, 2)}`
  return {
    judgement,
    sentence:
      `${where} ${opening}: plural less singular subjects, all other words the same, differ most after “${largest.word}”, by ` +
      `${withInterval(largest)}, and before the verb by ${withInterval(last)}${size}${noun} (${basis}).`,
  }
}

const NAMES: Readonly<Record<string, string>> = {
  hidden: 'hidden state', input: 'input gate', forget: 'forget gate', output: 'output gate', update: 'update gate', reset: 'reset gate',
}

/** On the side of the largest difference, surely, and large enough. */
function holds(row: NumberGapRow, largest: NumberGapRow): boolean {
  const deviations = inDeviations(row)
  return (
    row.gap > 0 === largest.gap > 0 && surelyAtLeast(row) > 0 && Math.abs(row.gap) >= LEFT * Math.abs(largest.gap) &&
    (deviations === null || deviations >= LEAST_DEVIATIONS)
  )
}

/** The end of the interval that is nearer to 0, its sign as that of the difference; 0 or less where it includes 0. */
function surelyAtLeast({ gap, low, high }: NumberGapRow): number {
  return gap > 0 ? (low ?? 0) : -(high ?? 0)
}

/** From 0 to 1; null where nothing ever differs. */
function leftOver({ largest, last }: Course): number | null {
  return largest.gap === 0 ? null : Math.abs(last.gap / largest.gap)
}

/** Null where the items of one number do not differ at all. */
function inDeviations({ gap, deviation }: NumberGapRow): number | null {
  return deviation === 0 ? null : Math.abs(gap) / deviation
}

function withInterval({ gap, low, high }: NumberGapRow): string {
  return `${fixed(gap, 2)} ${interval(low, high, 2)}`
}
