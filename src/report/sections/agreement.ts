// Does the verb agree with its subject when another noun comes between?

import { agreementCharts } from '../charts/agreement.ts'
import type { SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeAgreement } from '../verdicts/agreement.ts'
import { resultsOf } from './select.ts'

export const agreement: SectionBuilder = {
  name: 'agreement',
  build(input) {
    const results = resultsOf(input, 'agreement')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...remarks] = judgeAgreement(rows, input.models.length)
    return {
      name: 'agreement',
      title: 'Agreement',
      question: 'Does the verb agree with its subject when another noun comes between?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption:
            'Share of items whose right form is the more probable one. Letters give the numbers of the nouns, ' +
            'subject first: SP is “the boy near the cars”. Grey marks are rules that need no model; the dashed line ' +
            'is chance.',
          charts: agreementCharts(rows),
        },
        ...tablesOf(results).map((table) => ({ kind: 'table', table }) as const),
      ],
      method:
        'After each prefix the probabilities of the two forms of the same verb are compared; an item is right if the ' +
        'form that agrees is the more probable one. Intervals resample subject and verb lemmas, because items share ' +
        'them.',
    }
  },
}
