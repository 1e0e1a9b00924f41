// Perplexity of each model beside the n-gram and the unigram model, on a logarithmic axis.

import type { PerplexityRow } from '../../analysis/results.ts'
import { exp } from '../../core/math.ts'
import type { Chart } from '../document.ts'
import { fixed, rounded } from '../format.ts'
import { COLORS, INK, ROW_AXIS, rowsHeight, themed } from './theme.ts'

export function perplexityChart(rows: readonly PerplexityRow[]): Chart {
  const several = new Set(rows.map((row) => row.seed)).size > 1
  const values = rows.flatMap((row) => {
    const label = `${row.model}, ${row.split}${several ? `, seed ${row.seed}` : ''}`
    const ngram = `${row.ngramOrder}-gram`
    return [
      { label, who: 'model', value: row.perplexity, low: bound(row, row.lossLow), high: bound(row, row.lossHigh) },
      { label, who: ngram, value: row.ngramPerplexity, low: null, high: null },
      { label, who: 'unigram', value: row.unigramPerplexity, low: null, high: null },
    ].map((point) => ({ ...point, value: rounded(point.value, 2), text: fixed(point.value, point.value < 20 ? 2 : 0) }))
  })
  const who = [...new Set(values.map((value) => value.who))]
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const x = {
    field: 'value',
    type: 'quantitative',
    title: 'perplexity, logarithmic',
    scale: { type: 'log', nice: false, padding: 26 },
    axis: { grid: false, tickCount: 5 },
  } as const
  const look = (range: string[]) => (
    { field: 'who', type: 'nominal' as const, scale: { domain: who, range }, legend: { offset: 14 } }
  )
  const color = look([COLORS.blue, INK.quiet, INK.quiet])
  const shape = look(['circle', 'diamond', 'square'])
  return {
    name: 'perplexity',
    title: 'Perplexity beside the models that only count',
    description: rows
      .map(
        (row) =>
          `${row.model} on ${row.split} text: ${fixed(row.perplexity, 1)}; ${row.ngramOrder}-gram ` +
          `${fixed(row.ngramPerplexity, 1)}; unigram ${fixed(row.unigramPerplexity, 1)}.`,
      )
      .join(' '),
    spec: themed({
      height: rowsHeight(values, 44),
      data: { values },
      layer: [
        {
          transform: [{ filter: 'datum.low != null' }],
          mark: { type: 'rule', strokeWidth: 2.5, color: COLORS.blue },
          encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } },
        },
        { mark: { type: 'point', size: 70, opacity: 1 }, encoding: { y, x, color, shape } },
        {
          mark: { type: 'text', dy: -13 },
          encoding: { y, x, text: { field: 'text' }, color },
        },
      ],
    }),
  }
}

function bound(row: PerplexityRow, loss: number | null): number | null {
  return loss === null ? null : rounded(row.perplexity * exp(loss - row.loss), 2)
}
