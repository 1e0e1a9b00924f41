// Did training work, and did it stop in time?

import { endsChart, trainingCharts } from '../charts/training.ts'
import type { SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeTraining, judgeTrainings } from '../verdicts/language.ts'
import { judgeByModel } from '../verdicts/rules.ts'
import { resultsOf } from './select.ts'

const METHOD_OF_TEXT =
  'Validation loss is measured without dropout on documents that training never saw; training loss is averaged since ' +
  'the point before, with dropout. The unigram model is estimated on the training text and scored on the validation text.'
const METHOD_OF_LANGUAGE =
  'The validation loss of a language is that of all words up to the longest of training, each as often as it is drawn: ' +
  'a rule has no part to be held out, and what tests it are longer words. The unigram model knows how often each symbol ' +
  'comes.'

/** Models whose curves a reader looks at one by one. */
const FEW = 6

export const training: SectionBuilder = {
  name: 'training',
  build(input) {
    const results = resultsOf(input, 'training')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const few = new Set(rows.map((row) => row.model)).size <= FEW
    const verdicts = few ? judgeByModel(rows, input.models.length, judgeTraining) : [judgeTrainings(rows)]
    const [answer, ...remarks] = verdicts
    return {
      name: 'training',
      title: 'Training',
      question: 'Did training work, and did it stop in time?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption: few
            ? 'Loss on the training and the validation text. The dashed line is a model that knows only how common ' +
              'each token is.'
            : 'Loss on the validation text after the last update: a dot for each seed, a tick for the model that ' +
              'knows only how common each token is.',
          charts: few ? trainingCharts(rows) : [endsChart(rows)],
        },
        ...tablesOf(results).map((table) => ({ kind: 'table', table }) as const),
      ],
      method: rows.every((row) => row.heldOut) ? METHOD_OF_TEXT : METHOD_OF_LANGUAGE,
    }
  },
}
