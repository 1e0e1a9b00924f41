// Did gradients explode in training, and what did clipping do? Where an experiment asks about gradients at all.

import { gradientNormCharts } from '../charts/gradient-norms.ts'
import type { SectionBuilder } from '../document.ts'
import { describeNorms, judgeClipping } from '../verdicts/clipping.ts'
import { resultsOf } from './select.ts'

export const gradientNorms: SectionBuilder = {
  name: 'gradient-norms',
  build(input) {
    const rows = resultsOf(input, 'training').flatMap((result) => result.rows)
    const asks = (['lag-curves', 'jacobians'] as const).some((kind) => resultsOf(input, kind).length > 0)
    if (!asks || rows.length === 0) return null
    const [answer, ...remarks] = [...judgeClipping(rows), describeNorms(rows)]
    return {
      name: 'gradient-norms',
      title: 'Clipping',
      question: 'Did gradients explode in training, and what did clipping do?',
      answer,
      remarks,
      blocks: [{
        kind: 'charts',
        small: true,
        caption: 'Norm of the whole gradient before clipping, since the evaluation before: geometric mean and largest; one ' +
          'line a seed. The dashed line is the norm that gradients were cut to.',
        charts: gradientNormCharts(rows),
      }],
      method:
        'Every update’s norm is measured before it is cut. Clipping is judged by the last validation loss of the same ' +
        'network on the same data with and without it, paired by seed.',
    }
  },
}
