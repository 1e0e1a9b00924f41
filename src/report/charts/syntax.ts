// How well the number of open nodes is told, and every unit's weight in that.

import type { DepthFitRow, DepthTraceRow, DepthUnitRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { correlation, mean } from '../../core/statistics/moments.ts'
import type { Chart } from '../document.ts'
import { count, fixed, rounded } from '../format.ts'
import { COLORS, INK, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const READ = ['units', 'untrained units', 'covariates'] as const
const COLOR = [COLORS.blue, COLORS.orange, INK.quiet]

/** Every seed of every model. */
export function depthFitsChart(fits: readonly DepthFitRow[], name: string): Chart {
  const values = READ.flatMap((read) => fits.filter((row) => row.read === read)).map((row) => ({
    label: row.model,
    read: row.read,
    r2: rounded(row.r2, 3),
    hint: `${row.model}, seed ${row.seed}, ${row.read}: R² ${fixed(row.r2, 2)}`,
  }))
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const x = { field: 'r2', type: 'quantitative' as const, title: 'R² in other sentences', scale: { zero: true, nice: true }, axis: { grid: false, tickCount: 6 } }
  const color = {
    field: 'read', type: 'nominal' as const, legend: { offset: 14, columns: 3, symbolType: 'circle' as const, symbolOpacity: 1 },
    scale: { domain: [...READ], range: COLOR },
  }
  return {
    name,
    title: 'Open nodes from all units',
    description: [...groupBy(values, ({ label, read }) => `${label}, ${read}`)]
      .map(([who, own]) => `${who}: mean R² ${fixed(mean(own.map((value) => value.r2)), 2)}.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 46),
      data: { values },
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { x: { datum: 0 } } },
        {
          mark: { type: 'point', size: 46, opacity: 0.8 },
          encoding: { y, yOffset: { field: 'read', sort: [...READ] }, x, color, tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}

/** Every unit of one trained model, by the size of its weight. */
export function depthUnitsChart(units: readonly DepthUnitRow[], name: string): Chart {
  const ordered = [...units].sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
  const values = ordered.map((row, place) => ({
    rank: place + 1,
    unit: row.unit,
    weight: rounded(row.weight, 3),
    hint: `${row.unit}: ${fixed(row.weight, 2)} nodes a standard deviation, stands out in ${fixed(100 * row.stability, 0)} % of bootstraps`,
  }))
  const standing = values.filter((_, place) => ordered[place].isSyntaxUnit)
  const x = { field: 'rank', type: 'quantitative' as const, title: 'units by size of weight', axis: { grid: false, tickMinStep: 1 } }
  const y = { field: 'weight', type: 'quantitative' as const, title: 'open nodes a standard deviation' }
  const dots = (filled: boolean, color: string) => ({
    mark: { type: 'point' as const, size: filled ? 60 : 26, filled, color, opacity: 1 },
    encoding: { x, y, tooltip: { field: 'hint' } },
  })
  return {
    name,
    title: 'Weights of units',
    description: `${count(standing.length)} of ${count(values.length)} units stand out stably. The largest weight: ${values[0].hint}.`,
    spec: themed({
      height: 220,
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule' }, encoding: { y: { datum: 0 } } },
        ...layerOf(values.filter((_, place) => !ordered[place].isSyntaxUnit), dots(false, INK.quiet)),
        ...layerOf(standing, dots(true, COLORS.blue)),
        ...layerOf(standing, {
          mark: { type: 'text' as const, align: 'left' as const, dx: 9, color: COLORS.blue },
          encoding: { x, y, text: { field: 'unit' } },
        }),
      ],
    }),
  }
}

/** One unit in one sentence, over the number of nodes that are open. */
export function depthTraceChart(rows: readonly DepthTraceRow[], name: string): Chart {
  const values = rows.map((row) => ({
    position: row.position,
    open: row.openNodes,
    value: rounded(row.value, 3),
    hint: `${row.word}: ${fixed(row.value, 2)}, ${row.openNodes} open`,
  }))
  const x = {
    field: 'position', type: 'ordinal' as const, title: null,
    axis: { grid: false, labelAngle: -50, labelLimit: 80, labelOverlap: false, labelExpr: `${JSON.stringify(rows.map(({ word }) => word))}[datum.value]` },
  }
  const axis = { grid: false, tickCount: 4 }
  const { unit, sentence } = rows[0]
  const r = correlation(rows.map(({ openNodes }) => openNodes), rows.map(({ value }) => value))
  return {
    name,
    title: `${unit}, sentence ${sentence}`,
    description: `The unit ${unit} in “${rows.map(({ word }) => word).join(' ')}”: its correlation with the number of open nodes is ${fixed(r, 2)}.`,
    spec: themed({
      height: 170,
      data: { values },
      layer: [
        {
          mark: { type: 'bar' as const, color: INK.band },
          encoding: { x, y: { field: 'open', type: 'quantitative' as const, title: 'open nodes', axis: { ...axis, orient: 'right' as const, title: null } }, tooltip: { field: 'hint' } },
        },
        {
          mark: { type: 'line' as const, color: COLORS.blue, point: { size: 24, color: COLORS.blue } },
          encoding: { x, y: { field: 'value', type: 'quantitative' as const, title: 'value of the unit', axis: { ...axis, titleColor: COLORS.blue }, scale: { zero: false } }, tooltip: { field: 'hint' } },
        },
      ],
      resolve: { scale: { y: 'independent' as const } },
    }),
  }
}
