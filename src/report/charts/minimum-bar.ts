// The points of the bar that each network meets.

import type { Chart } from '../document.ts'
import { passesBar, POINTS, type BarResult } from '../minimum-bar.ts'
import { COLORS, INK, themed } from './theme.ts'

const STATES = ['met', 'not met', 'not asked'] as const

/** @param results of one model, every seed */
export function barChart(results: readonly BarResult[], name: string): Chart {
  const values = results.flatMap(({ seed, unit, points }) => POINTS.map((label, place) => {
    const point = points[place]
    const state = point === undefined || point.met === null ? STATES[2] : point.met ? STATES[0] : STATES[1]
    return { label, seed: String(seed), state, hint: `seed ${seed}, ${unit ?? 'no unit stood out'}: ${label}: ${point?.value ?? '–'}` }
  }))
  const color = {
    field: 'state', type: 'nominal' as const, sort: null, legend: { offset: 14, columns: 3, symbolType: 'square' as const, symbolOpacity: 1 },
    scale: { domain: [...STATES], range: [COLORS.blue, COLORS.vermillion, INK.grid] },
  }
  const passing = results.filter(passesBar).map(({ seed }) => seed)
  return {
    name,
    title: `${results[0].model}: ${passing.length} of ${results.length} pass`,
    description:
      passing.length === 0 ? `No seed of ${results[0].model} meets every point that can be asked.` : `Seeds of ${results[0].model} that meet every point that can be asked: ${passing.join(', ')}.`,
    spec: themed({
      height: 22 * POINTS.length,
      data: { values },
      layer: [
        {
          mark: { type: 'rect', stroke: '#ffffff', strokeWidth: 2 },
          encoding: {
            x: { field: 'seed', type: 'nominal', sort: null, title: 'seed', axis: { labelAngle: 0, grid: false, domain: false, ticks: false } },
            y: { field: 'label', type: 'nominal', sort: null, title: null, axis: { domain: false, ticks: false, grid: false } },
            color,
            tooltip: { field: 'hint' },
          },
        },
      ],
    }),
  }
}
