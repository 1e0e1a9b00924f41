// Which of two sentences is preferred?

import { groupBy } from '../../core/rows.ts'
import { pairCharts } from '../charts/minimal-pairs.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgePairs } from '../verdicts/minimal-pairs.ts'
import { mostTelling, resultsOf } from './select.ts'

export const minimalPairs: SectionBuilder = {
  name: 'minimal-pairs',
  build(input) {
    const results = resultsOf(input, 'minimal-pairs')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const published = results.flatMap((result) => result.published)
    const byFile = [...groupBy(rows, ({ task, scoring }) => `${task} ${scoring}`).values()]
    const [answer, ...remarks] = byFile.flatMap((own) => judgePairs(own, input.models.length))
    return {
      name: 'minimal-pairs',
      title: 'Minimal pairs',
      question: 'Which of two sentences is preferred?',
      answer,
      remarks,
      blocks: [
        { kind: 'charts', caption: CAPTION, charts: byFile.flatMap((own) => pairCharts(own, published)) },
        ...tablesOf(results).map((table): Block => table.name === 'minimal-pairs-items'
          ? { kind: 'table', table, open: false, shown: mostTelling(table, (row) => Math.abs(Number(row['margin']))) }
          : { kind: 'table', table, open: false }),
      ],
      method:
        'The pairs are those of a file. Where one word decides, its log probability after the words before it is compared ' +
        'with that of the other form; else those of the whole sentences, each with its end. Pairs whose deciding words the ' +
        'model does not know are left out and counted. Pairs that are variants of one sentence are resampled together.',
    }
  },
}

const CAPTION =
  'Share of pairs in which the right one is the more probable, in all and group by group. Lines are 95 % intervals; the ' +
  'dashed one is chance. The n-gram models are trained on the text of this experiment; scores that the file brings along ' +
  'are of the same pairs.'
