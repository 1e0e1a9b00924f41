// One look for every chart. Colours: Okabe & Ito (2008), told apart by people with any common colour blindness; shape,
// dash or position says the same again. Baselines are grey, so that colour always means the model.

import type { Config, TopLevelSpec } from 'vega-lite'

export const COLORS = {
  blue: '#0072B2',
  vermillion: '#D55E00',
  green: '#009E73',
  purple: '#AA4499',
  orange: '#E69F00',
  sky: '#56B4E9',
} as const

export const INK = { text: '#1c1f23', quiet: '#5b626b', axis: '#9aa1a9', grid: '#e8eaed', band: '#d5d9de' } as const

/** Series without a meaning of their own (models, seeds), in this order. */
export const PALETTE: readonly string[] = [
  COLORS.blue,
  COLORS.vermillion,
  COLORS.green,
  COLORS.purple,
  COLORS.orange,
  COLORS.sky,
  INK.text,
]

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

const CONFIG: Config = {
  background: 'transparent',
  font: FONT,
  padding: 2,
  view: { stroke: null },
  axis: {
    labelColor: INK.quiet,
    titleColor: INK.quiet,
    labelFontSize: 11,
    titleFontSize: 11.5,
    titleFontWeight: 'normal',
    gridColor: INK.grid,
    domainColor: INK.axis,
    tickColor: INK.axis,
    tickSize: 4,
    labelPadding: 4,
    titlePadding: 8,
    labelLimit: 170,
  },
  axisX: { titleAnchor: 'start' },
  axisY: { titleAngle: 0, titleAlign: 'left', titleAnchor: 'end', titleY: -14, titleX: 0, titleBaseline: 'bottom' },
  legend: {
    orient: 'top',
    title: null,
    labelColor: INK.text,
    labelFontSize: 11.5,
    labelLimit: 300,
    symbolSize: 60,
    // of the page, not of the plot: that still changes while the chart is laid out, and rows would be lost
    columns: { expr: 'containerSize()[0] < 640 ? 2 : 5' },
    columnPadding: 12,
    rowPadding: 3,
    offset: 32,
  },
  text: { font: FONT, fontSize: 11.5, color: INK.text },
  line: { strokeWidth: 1.8 },
  point: { size: 42, filled: true },
  rule: { color: INK.axis },
}

/** A label to the right of its point where `condition` holds, an expression of Vega; otherwise to its left. */
export function besidePoint(condition: string) {
  return {
    align: { expr: `${condition} ? 'left' : 'right'` },
    dx: { expr: `${condition} ? 8 : -8` },
  }
}

/**
 * Heights for labels, in the units of `y`: as near to their points as can be with no two nearer than `gap`. Labels that
 * touch become a block around their mean height (pool adjacent violators, on heights less their place times `gap`).
 */
export function spreadLabels<V>(values: readonly V[], y: (value: V) => number, gap: number): (V & { labelY: number })[] {
  const rising = [...values].sort((a, b) => y(a) - y(b))
  const blocks: { sum: number; count: number }[] = []
  rising.forEach((value, place) => {
    blocks.push({ sum: y(value) - place * gap, count: 1 })
    for (let last = blocks.length - 1; last > 0 && meanOf(blocks[last - 1]) > meanOf(blocks[last]); last--) {
      const { sum, count } = blocks.pop()!
      blocks[last - 1] = { sum: blocks[last - 1].sum + sum, count: blocks[last - 1].count + count }
    }
  })
  const heights = blocks.flatMap((block) => Array.from({ length: block.count }, () => meanOf(block)))
  return rising.map((value, place) => ({ ...value, labelY: heights[place] + place * gap }))
}

function meanOf({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count
}

/** A layer of its own data; nothing where there is none, because an empty layer would leave its scale without ends. */
export function layerOf<V, L>(values: readonly V[], layer: L): (L & { readonly data: { readonly values: V[] } })[] {
  return values.length > 0 ? [{ ...layer, data: { values: [...values] } }] : []
}

/** Numbers in the fields of a table that is drawn: a phone has no room for them, and they are in the table below. */
export function fieldText(fields: number) {
  return { type: 'text', fontSize: 10.5, opacity: { expr: `width < ${32 * fields} ? 0 : 1` } } as const
}

/** The axis of rows that have names: no line, no ticks, room for marks at the edge. */
export const ROW_AXIS = { grid: true, domain: false, ticks: false, labelPadding: 10 } as const

/**
 * Height of a chart whose rows have names, in pixels. A number rather than Vega-Lite's `step`, which warns wherever it
 * meets a width that follows the container.
 */
export function rowsHeight(rows: readonly { readonly label: string }[], step: number): number {
  return step * new Set(rows.map((row) => row.label)).size
}

/** A legend of lines over a chart that shares its row with others. */
export const SMALL_LEGEND = {
  offset: 26, symbolType: 'stroke', symbolOpacity: 1, symbolStrokeWidth: 2, symbolSize: 120, columns: 2, labelLimit: 110,
} as const

const RAISED = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹']
const POWER_LABELS = Object.fromEntries(Array.from({ length: 61 }, (_, index) => {
  const exponent = index - 40
  const digits = [...String(Math.abs(exponent))].map((digit) => RAISED[Number(digit)]).join('')
  return [exponent, exponent === 0 ? '1' : `10${exponent < 0 ? '⁻' : ''}${digits}`]
}))

/** An axis of logarithms to base 10, labelled with what they are of. */
export const POWER_AXIS = { tickCount: 5, tickMinStep: 1, labelExpr: `${JSON.stringify(POWER_LABELS)}[datum.value]` }

type Body<S> = S extends TopLevelSpec ? Omit<S, '$schema' | 'config' | 'width' | 'autosize'> : never

/** A chart as wide as its container, in the theme. */
export function themed(body: Body<Extract<TopLevelSpec, { layer: unknown }>>): TopLevelSpec {
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    width: 'container',
    autosize: { type: 'fit-x', contains: 'padding' },
    config: CONFIG,
    ...body,
  }
}
