// Where does the verb's margin come from: the subject, or the words between?

import type { TraceDistanceRow } from '../../analysis/results.ts'
import { distanceChart, traceCharts } from '../charts/margin-trace.ts'
import { groupBy } from '../../core/rows.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeTrace } from '../verdicts/margin-trace.ts'
import { bySubject, kebab, resultsOf, subjectName, subjectTitle } from './select.ts'

export const marginTraces: SectionBuilder = {
  name: 'margin-trace',
  build(input) {
    const results = resultsOf(input, 'margin-trace')
    const rows = results.flatMap((result) => result.rows)
    const distances = results.flatMap((result) => result.distances).filter(({ moment }) => moment === 'trained')
    if (rows.length === 0 && distances.length === 0) return null
    const tasks = [...groupBy(rows, ({ task, site }) => `${task} ${site}`).values()]
    const verdicts = tasks.flatMap((own) => judgeTrace(own, input.models.length))
    const [answer = NONE, ...remarks] = verdicts
    return {
      name: 'margin-trace',
      title: 'Traced to the subject',
      question: 'Does the verb’s form hang on its subject, and from how far away?',
      answer,
      remarks,
      blocks: [
        ...tasks.flatMap((own) => bySubject(own)).map((own): Block => ({
          kind: 'charts',
          caption: `The gradient of the verb’s margin at each word of ${own[0].task}, as a share of that of all words, with ` +
            `respect to ${own[0].site} (${subjectTitle(own[0])}). Lines are 95 % intervals; the dashed one is an even share.`,
          charts: traceCharts(own, kebab(`words-${subjectName(own[0])}-${own[0].task}-${own[0].site}`)),
        })),
        ...bySubject(distances.filter(isCompared)).map((own): Block => ({
          kind: 'charts',
          small: true,
          caption: `The subject beside other words that stand as far from the verb (${subjectTitle(own[0])}, after training).`,
          charts: [...groupBy(own, ({ task, site }) => `${task}, ${site}`)].map(([title, ofSet]) =>
            distanceChart(ofSet, kebab(`distance-${subjectName(ofSet[0])}-${title}`), title),
          ),
        })),
        ...tablesOf(results).map((table) => ({ kind: 'table', table, open: false }) as const),
      ],
      method:
        'The gradient of the logit of the right form minus that of the wrong one, with respect to the state or embedding ' +
        'at every word before. Shares are means over items; by distance, log-means.',
    }
  },
}

function isCompared({ others }: TraceDistanceRow): boolean {
  return others > 0
}

const NONE = {
  judgement: 'description',
  sentence: 'The items are no templates: only distances are compared.',
} as const
