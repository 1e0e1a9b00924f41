// When in training do units come to tell what about the text?

import type { EmergenceRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { emergenceChart } from '../charts/emergence.ts'
import type { SectionBuilder, Verdict } from '../document.ts'
import { fixed, listed, percent } from '../format.ts'
import { tablesOf } from '../tables.ts'
import { TELLS } from '../verdicts/finding.ts'
import { bySubject, resultsOf, subjectName, subjectTitle } from './select.ts'

export const emergence: SectionBuilder = {
  name: 'emergence',
  build(input) {
    const results = resultsOf(input, 'emergence')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const [answer, ...remarks] = bySubject(rows).map(describeEmergence)
    return {
      name: 'emergence',
      title: 'On the way',
      question: 'When in training do units come to tell what about the text?',
      answer,
      remarks,
      blocks: [
        {
          kind: 'charts',
          caption: 'The best unit for each probe, chosen anew after every share of training in some documents, in the others. ' +
            'The first point is the network before training.',
          charts: bySubject(rows).map((own) => emergenceChart(own, subjectName(own[0]), subjectTitle(own[0]))),
        },
        ...tablesOf(results).map((table) => ({ kind: 'table', table, shown: [] }) as const),
      ],
      method:
        'At every snapshot of the training all units of all sites are scored in every other held-out document; the best one is ' +
        'scored in the rest. Strength is 2 · |AUC − 0.5| for yes and no and |r| for amounts.',
    }
  },
}

function describeEmergence(rows: readonly EmergenceRow[]): Verdict {
  const parts = [...groupBy(rows, ({ probe }) => probe)].map(([probe, own]) => {
    const course = [...own].sort((a, b) => a.share - b.share)
    const last = course[course.length - 1]
    const from = course.find((_, index) => course.slice(index).every(({ strength }) => strength >= TELLS))
    return from === undefined
      ? `none tells ${probe} at the end (strength ${fixed(last.strength, 2)})`
      : `one tells ${probe} from ${percent(from.share, 1)} of the updates on (strength ${fixed(last.strength, 2)} at the end)`
  })
  return {
    judgement: 'description',
    sentence: `Of the units of ${subjectTitle(rows[0])}, ${listed(parts)} (held out; told means a strength of ${TELLS} or more).`,
  }
}
