// What is the right context worth?

import { groupBy } from '../../core/rows.ts'
import { taggingChart, wordChart } from '../charts/tagging.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeRightContext, judgeTagging } from '../verdicts/tagging.ts'
import { resultsOf } from './select.ts'

export const tagging: SectionBuilder = {
  name: 'tagging',
  build(input) {
    const results = resultsOf(input, 'tagging')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const rightContext = results.flatMap((result) => result.rightContext)
    const [answer, ...remarks] = [
      ...judgeRightContext(rightContext, rows, input.models.length),
      ...judgeTagging(rows, input.models.length),
    ]
    return {
      name: 'tagging',
      title: 'Tagging',
      question: rightContext.length > 0
        ? 'Does what stands to the right of a word help to say its part of speech?'
        : 'Does the context of a word help to say its part of speech?',
      answer,
      remarks,
      blocks: [
        { kind: 'charts', caption: CAPTION, charts: [taggingChart(rows)] },
        ...wordBlocks(results.flatMap((result) => result.words)),
        ...tablesOf(results).map((table): Block => ({ kind: 'table', table, open: false })),
      ],
      method:
        'A tagger says a tag of each token, after reading the sentence up to it, or from both ends. A word is ambiguous that ' +
        'the training text has with several tags; the baseline gives each word its most frequent one there, and an unknown ' +
        'word the most frequent one of words that occur once. It knows every word of the training text, which taggers do not.',
    }
  },
}

/** Of the first seed of each pair of taggers. */
function wordBlocks(words: Parameters<typeof wordChart>[0]): Block[] {
  const pairs = [...groupBy(words, ({ model, against }) => `${model} ${against}`).values()]
  const charts = pairs.map((own) => wordChart(own.filter(({ seed }) => seed === own[0].seed)))
  return charts.length === 0 ? [] : [{ kind: 'charts', caption: WORD_CAPTION, charts }]
}

const CAPTION =
  'Share of the tokens of held-out documents that are tagged right, with 95 % intervals: in all, and by what the training ' +
  'text says of their words.'
const WORD_CAPTION =
  'The ambiguous words that gained most from both directions in the validation text, as they are tagged in the test text; ' +
  'of the first seed.'
