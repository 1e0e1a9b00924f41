// Gates of one model, one dot a unit (Karpathy, Johnson & Fei-Fei 2015, figure 2): how often closed against how often open.

import type { SaturationRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { percent, rounded } from '../format.ts'
import { PALETTE, SMALL_LEGEND, themed } from './theme.ts'

const SHAPES = ['circle', 'square', 'triangle', 'diamond']
const PERCENT = { format: '.0%', tickCount: 4 } as const

/** @param rows of one gate of one model after training, all layers */
export function saturationChart(rows: readonly SaturationRow[], name: string): Chart {
  const [{ gate }] = rows
  const isCell = gate === 'cell'
  const layers = [...new Set(rows.map(({ layer }) => layer))]
  const values = rows.map(({ unit, layer, low, high }) => ({
    low: rounded(low, 3), high: rounded(high, 3), layer: `layer ${layer}`,
    tip: `${unit}: ${percent(low, 0)} ${isCell ? 'below −3' : 'closed'}, ${percent(high, 0)} ${isCell ? 'above 3' : 'open'}`,
  }))
  const [below, above] = isCell ? ['time below −3', 'time above 3'] : ['time below 0.1', 'time above 0.9']
  const scale = { domain: [0, 1] }
  return {
    name,
    title: gate,
    description: `Every unit by its ${below} and its ${above}, ${rows.length} units of ${layers.length} layers.`,
    spec: themed({
      height: 190,
      data: { values },
      layer: [{
        mark: { type: 'point', filled: true, size: 26, opacity: 0.6 },
        encoding: {
          x: { field: 'low', type: 'quantitative', title: below, scale, axis: PERCENT },
          y: { field: 'high', type: 'quantitative', title: above, scale, axis: PERCENT },
          color: { field: 'layer', type: 'nominal', scale: { range: [...PALETTE] }, legend: SMALL_LEGEND },
          shape: { field: 'layer', type: 'nominal', scale: { range: SHAPES }, legend: SMALL_LEGEND },
          tooltip: { field: 'tip' },
        },
      }],
    }),
  }
}
