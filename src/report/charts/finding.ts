// How well the best unit of each probe tells its answer, beside the untrained network and rotated axes.

import type { FoundUnitRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, rounded } from '../format.ts'
import { judgeUnit, strengthOf } from '../verdicts/finding.ts'
import { COLORS, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const WHO = ['unit', 'untrained network', 'rotated axes'] as const

/** One chart a trained model; a row for each probe. */
export function foundUnitsChart(rows: readonly FoundUnitRow[], name: string, heading: string): Chart {
  const values = rows.flatMap((row) => {
    const [low, high] = strengths(row)
    const found = judgeUnit(row) === 'found'
    return [
      { who: WHO[0], value: row.heldOut, text: row.unit, low, high, found },
      { who: WHO[1], value: row.untrained, text: '', low: null, high: null, found },
      { who: WHO[2], value: row.rotated, text: '', low: null, high: null, found },
    ].map((point) => ({ ...point, label: row.probe, score: rounded(point.value, 3), value: rounded(strengthOf(row, point.value), 3) }))
  })
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const scale = { domain: [0, 1] }
  const title = 'strength in other documents: 0 chance, 1 certain'
  const x = { field: 'value', type: 'quantitative' as const, title, scale, axis: { grid: false, tickCount: 5 } }
  const look = (range: readonly string[]) => (
    { field: 'who', type: 'nominal' as const, scale: { domain: [...WHO], range: [...range] }, legend: { offset: 14 } }
  )
  return {
    name,
    title: heading,
    description: rows
      .map((row) => `${row.probe}: ${row.unit}, ${fixed(row.heldOut, 2)}; untrained ${fixed(row.untrained, 2)}, rotated ${fixed(row.rotated, 2)}.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 34),
      data: { values },
      layer: [
        {
          transform: [{ filter: 'datum.low != null' }],
          mark: { type: 'rule', strokeWidth: 2.5, color: COLORS.blue },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        {
          mark: { type: 'point', size: 70, opacity: 1, tooltip: true },
          encoding: { y, x, color: look([COLORS.blue, INK.quiet, INK.quiet]), shape: look(['circle', 'square', 'diamond']) },
        },
        {
          transform: [{ filter: `datum.who == '${WHO[0]}'` }],
          mark: { type: 'text', dy: -12, fontSize: 10.5, color: COLORS.blue },
          encoding: { y, x, text: { field: 'text' } },
        },
      ],
    }),
  }
}

/** The interval as strengths; from 0 where it holds the score that says nothing. */
function strengths(row: FoundUnitRow): readonly [number | null, number | null] {
  const { low, high, answers } = row
  if (low === null || high === null) return [null, null]
  const chance = answers === 'yes-no' ? 0.5 : 0
  const ends = [low, high].map((end) => rounded(strengthOf(row, end), 3))
  return [low < chance && chance < high ? 0 : Math.min(...ends), Math.max(...ends)]
}
