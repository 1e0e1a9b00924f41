// What the unit on top, and the chosen units together, cost in networks of one make on different texts.

import type { OverSeedsRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, interval, rounded } from '../format.ts'
import { COLORS, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const WHAT = ['unit on top', 'chosen units'] as const

/** @param rows of one condition */
export function corporaChart(rows: readonly OverSeedsRow[], name: string): Chart {
  const values = rows.map((row) => ({
    label: row.model,
    what: row.what,
    drop: rounded(row.marginDrop, 3),
    low: row.marginDropLow === null ? null : rounded(row.marginDropLow, 3),
    high: row.marginDropHigh === null ? null : rounded(row.marginDropHigh, 3),
    hint: `${row.model}, ${row.what}: ${fixed(row.marginDrop, 2)} ${interval(row.marginDropLow, row.marginDropHigh, 2)} nats`,
  }))
  const lane = { y: { field: 'label', type: 'nominal' as const, sort: null, title: null, axis: ROW_AXIS }, yOffset: { field: 'what', sort: [...WHAT] } }
  const x = { field: 'drop', type: 'quantitative' as const, title: 'nats of the margin of pairs', axis: { grid: false, tickCount: 6 } }
  const color = {
    field: 'what', type: 'nominal' as const, scale: { domain: [...WHAT], range: [COLORS.blue, COLORS.orange] },
    legend: { offset: 14, symbolType: 'circle' as const, symbolOpacity: 1 },
  }
  return {
    name,
    title: `${rows[0].task} ${rows[0].condition}`,
    description: `${values.map(({ hint }) => hint).join('. ')}.`,
    spec: themed({
      height: rowsHeight(values, 44),
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { x: { datum: 0 } } },
        ...layerOf(values.filter(({ low }) => low !== null), {
          mark: { type: 'rule' as const, strokeWidth: 2 },
          encoding: { ...lane, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        }),
        { mark: { type: 'point', size: 50, opacity: 1 }, encoding: { ...lane, x, color, tooltip: { field: 'hint' } } },
      ],
    }),
  }
}
