// What does the model write, and what does it write while a unit is held?

import type { SectionBuilder } from '../document.ts'
import { listed, plural } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { figuresOf } from './text.ts'
import { resultsOf } from './select.ts'

export const samples: SectionBuilder = {
  name: 'samples',
  build(input) {
    const results = resultsOf(input, 'samples')
    const texts = results.flatMap((result) => result.texts)
    if (texts.length === 0) return null
    const rows = results.flatMap((result) => result.rows)
    const models = [...new Set(texts.map(({ model }) => model))]
    return {
      name: 'samples',
      title: 'Written text',
      question: 'What does the model write, and what while a unit is held?',
      answer: {
        judgement: 'description',
        sentence: `${plural(rows.length, 'text')} written by ${listed(models)}, coloured by ${plural(texts.length, 'unit')}.`,
      },
      remarks: [],
      blocks: [
        ...figuresOf(texts),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'Each token is drawn from what the model expects, at the temperature, and read again; nothing is corrected. A unit ' +
        'that is held has the same value at every step for all who read it. Texts of one temperature begin with the same draws.',
    }
  },
}
