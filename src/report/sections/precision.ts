// What is left of the horizons when numbers are rounded or weights grow?

import { groupBy } from '../../core/rows.ts'
import { precisionChart } from '../charts/horizons.ts'
import type { SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { describePrecision } from '../verdicts/precision.ts'
import { kebab, resultsOf } from './select.ts'

export const precision: SectionBuilder = {
  name: 'precision',
  build(input) {
    const results = resultsOf(input, 'precision')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...remarks] = describePrecision(rows)
    const subjects = [...groupBy(rows, (row) => `${row.language}/${row.model}`).values()]
    return {
      name: 'precision',
      title: 'Precision',
      question: 'What is left of the horizon with fewer digits, and with larger weights?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption: 'The horizon of every seed after each change; the bar is the median.',
          charts: subjects.map((own) => precisionChart(own, kebab(`${own[0].language}-${own[0].model}`))),
        },
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'Weights, and the state at every step, are rounded to a smaller format (int8: 255 numbers from −1 to 1, to ' +
        'which each weight matrix is scaled by its largest weight, and each unit by its largest value in the longest ' +
        'word of training); or all weights are multiplied, which drives gates to 0 and 1 (Merrill 2019, saturated ' +
        'networks). Nothing is trained again, and the horizon is measured as above.',
    }
  },
}
