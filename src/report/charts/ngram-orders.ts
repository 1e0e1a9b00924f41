// What counting gains by looking further back: bits per character of n-gram models by their order, with a line for
// each network that reads the same text.

import type { NgramRow, PerplexityRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, listed, rounded } from '../format.ts'
import { COLORS, INK, themed } from './theme.ts'

/** @param orders of one text of characters, in rising order @param rows of the same text; seeds of a model are lines */
export function ngramOrdersChart(orders: readonly NgramRow[], rows: readonly PerplexityRow[]): Chart {
  const bits = ({ bitsPerCharacter }: NgramRow | PerplexityRow) => rounded(bitsPerCharacter ?? 0, 3)
  const values = orders.map((row) => ({ order: row.order, bits: bits(row) }))
  const networks = rows.map((row) => ({ bits: bits(row), model: row.model }))
  const labels = [...new Map(networks.map((network) => [network.model, network])).values()]
  const best = orders.reduce((lowest, row) => (row.loss < lowest.loss ? row : lowest))
  const scale = { zero: false, nice: false, padding: 14 } as const
  const axis = { grid: false, tickMinStep: 1 } as const
  const x = { field: 'order', type: 'quantitative', title: 'n of the n-gram model', scale, axis } as const
  const y = { field: 'bits', type: 'quantitative', title: 'bits per character', scale } as const
  return {
    name: 'ngram-orders',
    title: `What counting reaches on the ${orders[0].split} text`,
    description:
      `Line chart of bits per character of n-gram models of the orders 1 to ${orders.length}. The best has ` +
      `${fixed(bits(best), 2)} at order ${best.order}. Networks: ` +
      `${listed(rows.map((row) => `${row.model}, seed ${row.seed}, ${fixed(bits(row), 2)}`))}.`,
    spec: themed({
      height: 240,
      data: { values },
      layer: [
        { mark: { type: 'line', color: INK.quiet }, encoding: { x, y } },
        { mark: { type: 'point', size: 22, tooltip: true, color: INK.quiet }, encoding: { x, y } },
        { data: { values: networks }, mark: { type: 'rule', color: COLORS.blue }, encoding: { y } },
        {
          data: { values: labels },
          mark: { type: 'text', align: 'right', dy: -8, color: COLORS.blue },
          encoding: { x: { value: 'width' }, y, text: { field: 'model' } },
        },
      ],
    }),
  }
}
