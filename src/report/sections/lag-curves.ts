// How far back does the loss of a token depend on what was read?

import { effectCharts, lagCharts } from '../charts/gradients.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { listed } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { describeGradients, judgeEffects } from '../verdicts/gradients.ts'
import { resultsOf } from './select.ts'

export const lagCurves: SectionBuilder = {
  name: 'lag-curves',
  build(input) {
    const results = resultsOf(input, 'lag-curves')
    if (results.length === 0) return null
    const [answer, ...remarks] = [
      ...results.flatMap(judgeEffects), ...results.flatMap(describeGradients),
    ]
    return {
      name: 'lag-curves',
      title: 'How far back',
      question: 'How far back does the loss of a token depend on what was read?',
      answer,
      remarks,
      blocks: [
        ...results.flatMap(({ pooled, pooledEffects }, index): Block[] => [
          {
            kind: 'charts',
            small: true,
            caption: `${listed(modelsOf(pooled))}: the gradient of one token’s loss with respect to the state some steps before: log-mean ` +
              'and the middle 80 % of all places and seeds; dashed: with respect to the cell of an LSTM.',
            charts: lagCharts(pooled, `gradient-${index + 1}`),
          },
          {
            kind: 'charts',
            small: true,
            caption: `${listed(modelsOf(pooledEffects))}: what the loss changes by where one token before it is another one: geometric mean over ` +
              'seeds and 95 % intervals. Below 10⁻⁷ it is rounding.',
            charts: effectCharts(pooledEffects, `effect-${index + 1}`),
          },
        ]),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, open: false, ...SHOWN[table.name] }) as const),
      ],
      method:
        'The gradient is walked back in stretches that are brought to unit size, so that nothing is lost to the range of ' +
        '32-bit floats. The exchanged token is drawn from the same texts, as often as each occurs there.',
    }
  },
}

function modelsOf(rows: readonly { readonly model: string }[]): string[] {
  return [...new Set(rows.map(({ model }) => model))]
}

/** What has thousands of rows is for the CSV. */
const SHOWN: Readonly<Record<string, { readonly shown?: readonly []; readonly open?: boolean }>> = {
  'lag-curves': { shown: [] },
  'lag-curves-over-seeds': { shown: [] },
}
