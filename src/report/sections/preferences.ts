// Which words go with which, and which word before an object makes the model expect it?

import type { Row, Table } from '../../core/rows.ts'
import { influenceChart, preferenceCharts } from '../charts/preferences.ts'
import type { Block, SectionBuilder } from '../document.ts'
import { tablesOf } from '../tables.ts'
import { judgeCrossed, judgeInfluence, judgeObjects } from '../verdicts/preferences.ts'
import { bySubject, kebab, mostTelling, resultsOf, subjectName, subjectTitle } from './select.ts'

export const preferences: SectionBuilder = {
  name: 'preferences',
  build(input) {
    const results = resultsOf(input, 'selectional-preferences')
    const rows = results.flatMap((result) => result.rows)
    if (rows.length === 0) return null
    const influences = results.flatMap((result) => result.influences)
    const models = input.models.length
    const [answer, ...remarks] = [
      ...judgeCrossed(rows, models), ...judgeObjects(rows, models), ...judgeInfluence(influences, models),
    ]
    return {
      name: 'preferences',
      title: 'Preferences',
      question: 'Which words go with which, and across how many words?',
      answer,
      remarks,
      blocks: [
        ...(['crossed', 'objects'] as const).flatMap((task): Block[] => {
          const own = rows.filter((row) => row.task === task)
          return own.length === 0 ? [] : [{ kind: 'charts', caption: CAPTIONS[task], charts: preferenceCharts(own) }]
        }),
        {
          kind: 'charts',
          caption:
            'What one word contributes to the margin of the real object, by where it stands: what the margin loses ' +
            'where the word is left out, and what its gradient says. Means over sentences, 95 % intervals.',
          charts: bySubject(influences).map((own) =>
            influenceChart(own, kebab(`influence-${subjectName(own[0])}`), `What words contribute (${subjectTitle(own[0])})`)),
        },
        ...tablesOf(results).map((table) => ({ kind: 'table', table, ...LOOKS[table.name]?.(table) }) as const),
      ],
      method:
        'Two words are exchanged in a sentence, and with each another continuation fits; a pair is right where the ' +
        'margins of both, log p(what fits) − log p(the other), sum to more than 0, so that the frequency of words ' +
        'cancels. Objects of real sentences, found by their tags, stand against a noun drawn from the ten of the same ' +
        'number that are nearest in frequency; what single words contribute is asked of these objects alone.',
    }
  },
}

const CAPTIONS = {
  crossed:
    'Share of crossed pairs in which what fits is the more probable, both together. A 5-gram model sees four words back, ' +
    'a unigram model cannot tell. Lines are 95 % intervals; the dashed one is chance.',
  objects:
    'Share of real objects that are more probable than a noun as frequent. “Counted with the verb” is the noun that ' +
    'training had more often as an object of this verb.',
} as const

/** The pairs are there to be read: the first of their file, and those that the models get most right and most wrong. */
const LOOKS: Readonly<Record<string, (table: Table) => { open?: boolean; shown?: readonly Row[] }>> = {
  preferences: () => ({ open: false }),
  'preference-influences': () => ({ open: false }),
  'preference-crossed': (table) => ({ open: false, shown: withFirst(table, mostTelling(table, (row) => Math.abs(Number(row['margin'])))) }),
  'preference-objects': () => ({ open: true }),
}

function withFirst({ rows }: Table, shown: readonly Row[]): readonly Row[] {
  return rows.length === 0 || shown.includes(rows[0]) ? shown : [rows[0], ...shown]
}
