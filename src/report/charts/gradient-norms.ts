// The norm of the whole gradient over a training, before clipping: its geometric mean, and the largest one.

import type { TrainingRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Chart } from '../document.ts'
import { fixed } from '../format.ts'
import { COLORS, INK, layerOf, themed } from './theme.ts'

const SERIES = ['largest', 'mean'] as const

/** One chart a model; seeds are lines of the same colour. */
export function gradientNormCharts(rows: readonly TrainingRow[]): Chart[] {
  return [...groupBy(rows, ({ model }) => model)].map(([model, own]) => {
    const values = own.flatMap(({ seed, update, gradientNorm, largestGradientNorm }) => [
      { seed, update, series: SERIES[0], norm: Number((largestGradientNorm ?? gradientNorm).toPrecision(3)) },
      { seed, update, series: SERIES[1], norm: Number(gradientNorm.toPrecision(3)) },
    ])
    const most = Math.max(...values.map(({ norm }) => norm))
    const { clip } = own[0]
    const x = {
      field: 'update', type: 'quantitative' as const, title: 'update', axis: { grid: false, tickCount: 3, format: ',' },
    }
    const y = {
      field: 'norm', type: 'quantitative' as const, title: 'norm of the gradient',
      scale: { type: 'log' as const, domain: [0.01, 1000], clamp: true }, axis: { tickCount: 4, format: '~g' },
    }
    const color = {
      field: 'series', type: 'nominal' as const, scale: { domain: [...SERIES], range: [COLORS.vermillion, COLORS.blue] },
      legend: { offset: 26 },
    }
    return {
      name: `norm-${model}`,
      title: clip === null ? `${model}, not clipped` : model,
      description: `Norm of the gradient before clipping over the training of ${model}; the largest is ${fixed(most, 1)}.`,
      spec: themed({
        height: 160,
        layer: [
          ...layerOf(clip === null ? [] : [{ clip }], {
            mark: { type: 'rule' as const, strokeDash: [5, 4], color: INK.quiet },
            encoding: { y: { ...y, field: 'clip' } },
          }),
          {
            data: { values }, mark: { type: 'line', strokeWidth: 1.2 },
            encoding: { x, y, color, detail: { field: 'seed' } },
          },
        ],
      }),
    }
  })
}
