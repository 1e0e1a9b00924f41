// What each layer tells of a token, beside the same layer of the untrained network and the baseline; and what the mix takes of
// each.

import type { LayerProbeRow, MixRow, SenseRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, percent, percentInterval, rounded } from '../format.ts'
import { COLORS, INK, layerOf, ROW_AXIS, rowsHeight, themed } from './theme.ts'

const NETWORKS = ['trained', 'untrained'] as const

/** `embedding`, `layer 1`, …, `mix`. */
function layerLabel(layer: string): string {
  return layer === '0' ? 'embedding' : layer === 'mix' ? 'mix' : `layer ${layer}`
}

/** Rows of one question: a row a layer; seeds lie beside each other in it. */
export function layerChart(name: string, title: string, rows: readonly (LayerProbeRow | SenseRow)[]): Chart {
  const values = rows.map((row) => ({
    label: layerLabel(row.layer),
    who: row.network,
    lane: `${row.network} ${row.seed}`,
    right: rounded(row.right * 100, 2),
    low: row.low === null ? null : rounded(row.low * 100, 2),
    high: row.high === null ? null : rounded(row.high * 100, 2),
    hint: `${layerLabel(row.layer)}, ${row.network}, seed ${row.seed}: ${percent(row.right)} ${percentInterval(row.low, row.high)}`,
  }))
  const lanes = new Set(values.map(({ lane }) => lane)).size
  const baseline = rounded(rows[0].baseline * 100, 2)
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  const yOffset = { field: 'lane', sort: null }
  const x = {
    field: 'right', type: 'quantitative', title: 'right, % of tokens', axis: { tickCount: 5 },
    scale: { zero: false, padding: 14, nice: false },
  } as const
  const look = (range: readonly string[]) => (
    { field: 'who', type: 'nominal' as const, legend: { offset: 14 }, scale: { domain: [...NETWORKS], range: [...range] } }
  )
  const color = look([COLORS.blue, INK.quiet])
  return {
    name,
    title,
    description: `${values.map(({ hint }) => `${hint}.`).join(' ')} The baseline is right on ${percent(rows[0].baseline)}.`,
    spec: themed({
      height: rowsHeight(values, Math.max(36, 13 * lanes + 12)),
      layer: [
        {
          data: { values: [{}] },
          mark: { type: 'rule', strokeDash: [5, 4], color: INK.quiet },
          encoding: { x: { datum: baseline } },
        },
        ...layerOf(values.filter(({ low }) => low !== null), {
          mark: { type: 'rule' as const, strokeWidth: 2.5 },
          encoding: { y, yOffset, x: { ...x, field: 'low' }, x2: { field: 'high' }, color },
        }),
        {
          data: { values },
          mark: { type: 'point', size: 62, opacity: 1 },
          encoding: { y, yOffset, x, color, shape: look(['circle', 'diamond']), tooltip: { field: 'hint' } },
        },
      ],
    }),
  }
}

/** Weights of the layers, which add up to 1. */
export function mixChart(model: string, rows: readonly MixRow[]): Chart {
  const values = rows.map((row) => (
    { label: layerLabel(row.layer), who: row.network, lane: `${row.network} ${row.seed}`, weight: rounded(row.weight, 3) }
  ))
  const lanes = new Set(values.map(({ lane }) => lane)).size
  const y = { field: 'label', type: 'nominal', title: null, sort: null, axis: ROW_AXIS } as const
  return {
    name: `mix-${model}`,
    title: 'What the mix takes of each layer',
    description: rows
      .map(({ layer, network, seed, weight }) => `${layerLabel(layer)}, ${network}, seed ${seed}: ${fixed(weight, 2)}.`)
      .join(' '),
    spec: themed({
      height: rowsHeight(values, Math.max(36, 13 * lanes + 12)),
      data: { values },
      layer: [{
        mark: { type: 'bar', height: { band: 0.7 }, tooltip: true },
        encoding: {
          y,
          yOffset: { field: 'lane', sort: null },
          x: { field: 'weight', type: 'quantitative', title: 'weight', scale: { domain: [0, 1] }, axis: { tickCount: 5 } },
          color: {
            field: 'who', type: 'nominal', legend: { offset: 14 },
            scale: { domain: [...NETWORKS], range: [COLORS.blue, INK.axis] },
          },
        },
      }],
    }),
  }
}
