// How well the best unit tells each probe, against the share of training that is done.

import type { EmergenceRow } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, percent, rounded } from '../format.ts'
import { PALETTE, SMALL_LEGEND, themed } from './theme.ts'

/** @param rows of one trained model */
export function emergenceChart(rows: readonly EmergenceRow[], name: string, title: string): Chart {
  const smallest = Math.min(...rows.flatMap(({ share }) => (share > 0 ? [share] : [])))
  const values = rows.map(({ probe, share, unit, heldOut, strength }) => ({
    probe, share: rounded(Math.max(share, smallest / 2), 6), strength: rounded(strength, 4),
    tip: `${probe}, ${percent(share, 2)} of the updates: ${unit}, ${fixed(heldOut, 2)}`,
  }))
  const probes = [...new Set(rows.map(({ probe }) => probe))]
  return {
    name,
    title,
    description: `Strength of the best unit for ${probes.join(', ')}, held out, against the share of all updates.`,
    spec: themed({
      height: 230,
      data: { values },
      layer: [{
        mark: { type: 'line', point: { size: 28 } },
        encoding: {
          x: {
            field: 'share', type: 'quantitative', title: 'share of updates, logarithmic',
            scale: { type: 'log', nice: false }, axis: { values: [1e-4, 1e-3, 0.01, 0.1, 1], format: '~%' },
          },
          y: { field: 'strength', type: 'quantitative', title: 'strength, held out; 0 is chance', scale: { domain: [0, 1] } },
          color: { field: 'probe', type: 'nominal', scale: { range: [...PALETTE] }, legend: SMALL_LEGEND },
          tooltip: { field: 'tip' },
        },
      }],
    }),
  }
}
