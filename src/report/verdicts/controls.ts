// Positive controls: networks whose weights were set by hand to count. They pass if they count as far as they must and
// the finder names exactly the units that were planted; otherwise neither horizons nor counters can be trusted.

import type { CounterRow, HorizonRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, listed } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'

/** Right up to it, or as far as it was tested: 32-bit floats allow it even to a bounded state that takes tiny steps. */
const REQUIRED = 10_000

/** One verdict on all of them; none where the experiment has none. */
export function judgeControls(horizons: readonly HorizonRow[], counters: readonly CounterRow[]): Verdict[] {
  const controls = horizons.filter((row) => !row.trained).map((row) => control(row, counters))
  if (controls.length === 0) return []
  const failures = controls.flatMap(({ failure }) => failure ?? [])
  if (failures.length > 0) {
    return [{ judgement: 'not found', sentence: `A positive control failed: ${failures.join('; ')}.` }]
  }
  const each = [...groupBy(controls, ({ model }) => model)].map(([model, own]) => (
    `${model} counts to ${listed(own.map(({ reach }) => reach))}`
  ))
  const searched = controls.some((own) => own.searched)
  const finder = searched ? '; the finder names exactly the units that were planted' : ''
  const sentence = `Positive controls, whose weights were set by hand, passed: ${each.join(', ')}${finder}.`
  return [{ judgement: 'found', sentence }]
}

interface Control {
  readonly model: string
  /** `at least 10,000 on aⁿbⁿ` */
  readonly reach: string
  readonly failure: string | null
  /** the finder looked at it */
  readonly searched: boolean
}

function control(row: HorizonRow, counters: readonly CounterRow[]): Control {
  const own = counters.filter((each) => each.model === row.model && each.language === row.language)
  const planted = unitsWhere(own, ({ planted }) => planted === true)
  const named = unitsWhere(own, ({ counter }) => counter)
  const required = Math.min(row.tested, REQUIRED)
  const language = withSuperscripts(row.language)
  const reached = `${row.horizon >= row.tested ? 'at least ' : ''}${count(row.horizon)} on ${language}`
  const units = (names: readonly string[]) => (names.length === 0 ? 'no unit' : listed(names))
  const failures = [
    ...(row.horizon < required ? [`${row.model} counts to ${reached}, not to ${count(required)}`] : []),
    ...(named.join() === planted.join() ? [] : [
      `in ${row.model} on ${language} the finder names ${units(named)} where ${units(planted)} was planted`,
    ]),
  ]
  const failure = failures.length > 0 ? failures.join('; ') : null
  return { model: row.model, reach: reached, failure, searched: own.length > 0 }
}

function unitsWhere(rows: readonly CounterRow[], holds: (row: CounterRow) => boolean): string[] {
  return [...groupBy(rows.filter(holds), (row) => row.unit).keys()].sort()
}
