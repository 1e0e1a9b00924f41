// What does a unit look like on sentences?

import type { SectionBuilder } from '../document.ts'
import { fixed, listed, plural } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { headlineFirst, resultsOf } from './select.ts'

export const text: SectionBuilder = {
  name: 'text',
  build(input) {
    const results = resultsOf(input, 'text')
    const texts = headlineFirst(input, results.flatMap((result) => result.texts))
    if (texts.length === 0) return null
    const passages = texts.reduce((sum, { passages }) => sum + passages.length, 0)
    const units = texts.map(({ unit, low, high }) => `${unit} (${fixed(low, 2)} to ${fixed(high, 2)} in recorded text)`)
    return {
      name: 'text',
      title: 'Coloured text',
      question: 'What does the unit look like on sentences?',
      answer: {
        judgement: 'description',
        sentence:
          `${plural(passages, 'passage')} coloured by ${listed(units)}. Examples show what a unit may do; they prove ` +
          'nothing: the sections above count.',
      },
      remarks: [],
      blocks: [
        ...texts.map((text) => ({ kind: 'colored-text', text }) as const),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'Each token is coloured by the value of the unit after the model has read it; white is zero, or for gates ' +
        'one half. Surprisal is −log of the probability that the model gave the token before reading it, in nats.',
    }
  },
}
