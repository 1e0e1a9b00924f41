// Shares of items that are right, group by group: a model's with their intervals, its seeds beside each other in a row, among
// others that have none. The dashed line is chance.

import type { Chart } from '../document.ts'
import { COLORS, INK, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

export interface SharePoint {
  /** of the row */
  readonly label: string
  readonly seed: string
  /** % */
  readonly right: number
  readonly low: number
  readonly high: number
  readonly hint: string
}

/** A baseline or somebody else's model. */
export interface OtherShare {
  readonly who: string
  readonly label: string
  /** % */
  readonly right: number
}

export interface ShareChartOptions {
  readonly name: string
  readonly title: string
  readonly description: string
  /** whose the points are */
  readonly model: string
  /** title of the axis */
  readonly of: string
  readonly points: readonly SharePoint[]
  readonly others: readonly OtherShare[]
  /** the others in the order of the legend */
  readonly looks: readonly { readonly who: string; readonly shape: string; readonly color: string }[]
  /** of the labels of rows */
  readonly axis: Readonly<Record<string, unknown>>
  readonly legend?: Readonly<Record<string, unknown>>
  /** pixels of a row with one seed */
  readonly rowHeight: number
}

export function shareChart(options: ShareChartOptions): Chart {
  const { name, title, description, model, of, others, looks, axis, legend = {}, rowHeight } = options
  const points = options.points.map((point) => ({ ...point, who: model }))
  const seeds = new Set(points.map(({ seed }) => seed)).size
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: { ...ROW_AXIS, ...axis } } as const
  const yOffset = seeds > 1 ? { yOffset: { field: 'seed', sort: null } } : {}
  const x = {
    field: 'right', type: 'quantitative' as const, title: of, scale: { domain: [0, 101], nice: false },
    axis: { grid: false, values: [0, 25, 50, 75, 100] },
  }
  const look = (range: readonly string[]) => ({
    field: 'who', type: 'nominal' as const, legend: { offset: 14, ...legend },
    scale: { domain: [model, ...looks.map(({ who }) => who)], range: [...range] },
  })
  const marks = {
    shape: look(['circle', ...looks.map(({ shape }) => shape)]),
    fill: look([COLORS.blue, ...looks.map(() => 'transparent')]),
    stroke: look([COLORS.blue, ...looks.map(({ color }) => color)]),
  }
  return {
    name,
    title,
    description,
    spec: themed({
      height: rowsHeight(points, seeds > 1 ? 14 * seeds + 16 : rowHeight),
      layer: [
        { data: { values: [{}] }, mark: { type: 'rule', strokeDash: [5, 4] }, encoding: { x: { datum: 50 } } },
        ...layerOf(others, {
          mark: { type: 'point' as const, size: 44, strokeWidth: 1.4, opacity: 1 },
          encoding: { y, x, ...marks },
        }),
        {
          data: { values: points },
          mark: { type: 'rule', strokeWidth: 2.5, color: COLORS.blue },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' }, ...yOffset },
        },
        {
          data: { values: points },
          mark: { type: 'point', size: 62, opacity: 1 },
          encoding: { y, x, ...marks, tooltip: { field: 'hint' }, ...yOffset },
        },
      ],
    }),
  }
}

/** The look of a baseline that only counts. */
export const quiet = (who: string, shape: string) => ({ who, shape, color: INK.quiet })
