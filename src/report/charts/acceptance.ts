// Which words are accepted, n across and d down: the words of the language are the row d = 0, in the cell's colour; all
// others are mistakes. The darker, the more seeds.

import type { AcceptanceRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { count, listed, percent, rounded } from '../format.ts'
import { withSuperscripts } from '../superscripts.ts'
import { CELL_COLORS, decades, ruleAt } from './counting.ts'
import { INK, layerOf, ROW_AXIS, themed } from './theme.ts'

/** @param rows of one model, language and threshold */
export function acceptanceChart(rows: readonly AcceptanceRow[], name: string): Chart {
  const { model, trainedTo, seeds } = rows[0]
  const language = withSuperscripts(rows[0].language)
  const tested = Math.max(...rows.map((row) => row.to))
  const values = rows
    .filter((row) => row.share > 0)
    .map((row) => ({ from: row.from, to: row.to + 1, d: label(row.offset), share: rounded(row.share, 2) }))
  const range = "datum.to - datum.from > 1 ? ' to ' + (datum.to - 1) + ', mean' : ''"
  const who = `format(datum.share, '.0%') + ' of ${seeds} seeds'`
  const hint = `'n ' + datum.from + (${range}) + ', d ' + datum.d + ': ' + ${who}`
  const offsets = [...new Set(rows.map((row) => row.offset))].sort((a, b) => b - a).map(label)
  const x = {
    field: 'from',
    type: 'quantitative' as const,
    title: 'n, logarithmic',
    scale: { type: 'log' as const, domain: [1, tested + 1], nice: false },
    axis: { grid: false, values: decades(tested), labelExpr: `format(datum.value, ',')` },
  }
  const y = {
    field: 'd', type: 'nominal' as const, title: 'd', sort: null,
    scale: { domain: offsets, paddingInner: 0.08, paddingOuter: 0.04 },
    axis: { ...ROW_AXIS, grid: false, labelPadding: 6 },
  }
  return {
    name,
    title: `${model} on ${language}`,
    description: describeAcceptance(rows),
    spec: themed({
      height: 13 * offsets.length,
      layer: [
        ...layerOf(values, {
          transform: [{ calculate: hint, as: 'hint' }],
          mark: { type: 'rect' as const },
          encoding: {
            x,
            x2: { field: 'to' },
            y,
            color: { condition: { test: `datum.d === '${label(0)}'`, value: CELL_COLORS[rows[0].cell] }, value: FALSE },
            opacity: { field: 'share', type: 'quantitative' as const, scale: SHADES, legend: null },
            tooltip: { field: 'hint' },
          },
        }),
        ...ruleAt(trainedTo, `trained to ${count(trainedTo)}`),
      ],
    }),
  }
}

/** One seed of ten is still seen. */
const SHADES = { domain: [0, 1], range: [0.08, 1] }
/** Of words that are not of the language. */
const FALSE = INK.text

function label(offset: number): string {
  return offset > 0 ? `+${offset}` : count(offset)
}

function describeAcceptance(rows: readonly AcceptanceRow[]): string {
  const { model, threshold, trainedTo } = rows[0]
  const share = (offset: number, n: number) =>
    rows.find((row) => row.offset === offset && row.from <= n && n <= row.to)?.share ?? 0
  const offsets = [...new Set(rows.map((row) => row.offset))].sort((a, b) => a - b)
  const at = (n: number) => listed(offsets.map((offset) => `d ${label(offset)} ${percent(share(offset, n), 0)}`))
  return (
    `Share of seeds of ${model} that accept a word at threshold ${threshold}, by n and by the symbols d that its ` +
    `last block is too long. At n = ${count(trainedTo)}, the longest of training: ${at(trainedTo)}.`
  )
}
