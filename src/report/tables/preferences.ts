// Tables of selectional preferences.

import type { InfluenceRow, PreferenceExample, PreferenceRow, PreferencesResult } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function preferenceTables({ rows, influences, examples, audit }: PreferencesResult): Table[] {
  return [
    table('preferences', 'How often the word that fits is preferred', SHARES, rows),
    table('preference-influences', 'What the words before an object contribute', INFLUENCES, influences),
    ...(['crossed', 'objects'] as const).map((task) =>
      table(`preference-${task}`, TITLES[task], EXAMPLES, examples.filter((row) => row.task === task)),
    ),
    table('preferences-audit', 'What was kept and what left out', AUDIT, audit),
  ]
}

const TITLES = { crossed: 'Every crossed pair', objects: 'Verbs and objects, drawn at random' } as const

const SHARES: readonly ColumnOf<PreferenceRow>[] = [
  ...SUBJECT,
  { key: 'task', title: 'Task' },
  { key: 'group', title: 'Items' },
  { key: 'n', title: 'N', digits: 0 },
  { key: 'clusters', title: 'Clusters', digits: 0, description: 'associations of pairs; verbs and objects' },
  { key: 'right', title: 'Right', digits: 3, description: 'chance is 0.5' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'unigram', title: 'Unigram', digits: 3, description: 'baseline: the more frequent noun; of crossed pairs it cannot tell' },
  { key: 'ngram', title: '5-gram', digits: 3, description: 'baseline' },
  { key: 'counted', title: 'Counted', digits: 3, description: 'baseline: the noun that training had more often with the verb' },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'log p(right) − log p(wrong), mean' },
  { key: 'marginLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginHigh', title: '95 % high', unit: 'nats', digits: 2 },
]

const INFLUENCES: readonly ColumnOf<InfluenceRow>[] = [
  ...SUBJECT,
  { key: 'role', title: 'Word' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'words', title: 'Words', digits: 0 },
  { key: 'deletion', title: 'Deletion', unit: 'nats', digits: 3, description: 'margin that is lost without the word' },
  { key: 'deletionLow', title: '95 % low', unit: 'nats', digits: 3 },
  { key: 'deletionHigh', title: '95 % high', unit: 'nats', digits: 3 },
  { key: 'size', title: 'Size', unit: 'nats', digits: 3, description: 'mean |change|' },
  { key: 'ngramSize', title: '5-gram', unit: 'nats', digits: 3, description: 'baseline: mean |change| of the 5-gram model' },
  { key: 'attribution', title: 'Attribution', unit: 'nats', digits: 3, description: 'gradient times embedding' },
  { key: 'attributionLow', title: '95 % low', unit: 'nats', digits: 3 },
  { key: 'attributionHigh', title: '95 % high', unit: 'nats', digits: 3 },
  { key: 'correlation', title: 'Correlation', digits: 2, description: 'of deletion and attribution over words' },
]

const EXAMPLES: readonly ColumnOf<PreferenceExample>[] = [
  ...SUBJECT,
  { key: 'sentence', title: 'Sentence up to the choice' },
  { key: 'right', title: 'Right' },
  { key: 'wrong', title: 'Wrong' },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'above 0 what fits is preferred' },
  { key: 'distance', title: 'Between', unit: 'words', digits: 0 },
]

const AUDIT: readonly ColumnOf<PreferencesResult['audit'][number]>[] = [
  { key: 'task', title: 'Task' },
  { key: 'message', title: 'Audit' },
]
