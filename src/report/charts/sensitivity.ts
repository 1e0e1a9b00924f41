// The lecture's picture of vanishing gradients (Graves 2012): how much the state after each step depends on the input of
// every step before it. A network that forgets is dark along the diagonal only.

import type { SensitivityMap } from '../../analysis/results.ts'
import type { Chart } from '../document.ts'
import { fixed, rounded } from '../format.ts'
import { POWER_AXIS, themed } from './theme.ts'

/** log10 that is drawn white. */
const FLOOR = -6
/** Of that, and of the largest value. */
const COLORING = { domain: [FLOOR, 0], range: ['#f4f6f8', '#00355f'] }

/** Values are relative to the largest of the map. */
export function sensitivityChart(map: SensitivityMap, name: string): Chart {
  const { model, moment, steps } = map
  const largest = Math.max(...steps.flatMap((inputs) => inputs.flatMap((value) => value ?? [])))
  const values = steps.flatMap((inputs, output) => inputs.map((value, input) => (
    { output, input, value: value === null ? FLOOR : Math.max(FLOOR, rounded(value - largest, 1)) }
  )))
  const last = steps[steps.length - 1]
  const scale = { type: 'band', padding: 0 } as const
  const every = Math.max(1, Math.ceil(steps.length / 6 / 5) * 5)
  const axis = {
    grid: false, labelAngle: 0, labelOverlap: false, ticks: false,
    labelExpr: `datum.value % ${every} === 0 ? datum.value : ''`,
  } as const
  return {
    name,
    title: `${model}, ${moment}`,
    description: `Sensitivity of the state after every step to the input of every step before it. After the last, ` +
      `the first input still has 10^${fixed((last[0] ?? -Infinity) - largest, 1)} of the largest value.`,
    spec: themed({
      height: 210,
      data: { values },
      layer: [{
        mark: { type: 'rect', tooltip: true, strokeWidth: 0.7 },
        encoding: {
          x: { field: 'output', type: 'ordinal', title: 'state after step', scale, axis },
          y: { field: 'input', type: 'ordinal', title: 'input of step', scale, axis },
          color: {
            field: 'value', type: 'quantitative', scale: COLORING,
            legend: { orient: 'top', offset: 26, gradientLength: 120, labelExpr: POWER_AXIS.labelExpr, tickCount: 3 },
          },
          // without it, seams between the cells show
          stroke: { field: 'value', type: 'quantitative', scale: COLORING, legend: null },
        },
      }],
    }),
  }
}
