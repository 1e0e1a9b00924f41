// Cells side by side, by all that was measured of them: a row a network, a column a measure, the best of each darkest.

import { COMPARED, type CellMeasure } from '../cell-measures.ts'
import type { CellComparison } from '../cells.ts'
import type { Chart } from '../document.ts'
import { listed } from '../format.ts'
import { COLORS, fieldText, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

export function cellsChart(rows: readonly CellComparison[], name: string): Chart {
  const measures = COMPARED.filter(({ valueOf }) => rows.some((row) => valueOf(row) !== null))
  const values = measures.flatMap((measure) => rows.map((row) => ({
    label: labelOf(row),
    measure: measure.name,
    standing: standingOf(measure, row, rows),
    text: measure.textOf(row),
    hint: `${labelOf(row)}, ${measure.name}: ${measure.textOf(row)}`,
  })))
  const y = { field: 'label', type: 'nominal' as const, sort: rows.map(labelOf), title: null, scale: { type: 'band' as const, padding: 0 }, axis: { ...ROW_AXIS, grid: false, labelLimit: 190 } }
  const x = {
    field: 'measure', type: 'nominal' as const, sort: measures.map((measure) => measure.name), title: 'measure', scale: { type: 'band' as const, padding: 0 },
    axis: { labelAngle: -25, labelLimit: 130, labelOverlap: false, grid: false, domain: false, ticks: false },
  }
  const color = { field: 'standing', type: 'quantitative' as const, legend: null, scale: { domain: [0, 1], range: ['#ffffff', COLORS.blue], interpolate: 'rgb' as const } }
  return {
    name,
    title: 'Which cell?',
    description: measures.map((measure) => `${measure.name}: ${listed(rows.map((row) => `${labelOf(row)} ${measure.textOf(row)}`))}.`).join(' '),
    spec: themed({
      height: rowsHeight(values, 34),
      data: { values },
      layer: [
        { mark: { type: 'rect', stroke: INK.grid }, encoding: { x, y, color, tooltip: { field: 'hint' } } },
        {
          mark: fieldText(measures.length + 2),
          encoding: { x, y, text: { field: 'text' }, color: { condition: { test: 'datum.standing > 0.65', value: '#ffffff' }, value: INK.text } },
        },
      ],
    }),
  }
}

function isNetwork({ matched }: CellComparison): boolean {
  return matched !== 'baseline'
}

export function labelOf({ variant, units }: CellComparison): string {
  return units === null ? variant : `${variant}, ${units} units`
}

/** 1 for the best of a measure, 0 for the worst and for what was not measured. */
function standingOf({ valueOf, better }: CellMeasure, row: CellComparison, rows: readonly CellComparison[]): number {
  const known = rows.filter(isNetwork).flatMap((other) => valueOf(other) ?? [])
  const [least, most] = [Math.min(...known), Math.max(...known)]
  const value = valueOf(row)
  if (value === null || most === least || !isNetwork(row)) return 0
  const place = (value - least) / (most - least)
  return Math.round(100 * (better === 'more' ? place : 1 - place)) / 100
}
