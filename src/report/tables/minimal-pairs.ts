// Tables of minimal pairs.

import type { MinimalPairsResult, PairRow, PairShareRow, PublishedRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function minimalPairTables({ rows, published, pairs, audit }: MinimalPairsResult): Table[] {
  return [
    table('minimal-pairs', 'How often the right one of two sentences is preferred', SHARES, rows),
    ...(published.length > 0 ? [table('minimal-pairs-published', 'What the files say of other models', PUBLISHED, published)] : []),
    table('minimal-pairs-items', 'Every pair', PAIRS, pairs),
    table('minimal-pairs-audit', 'What was kept and what left out', AUDIT, audit),
  ]
}

const GROUP = [
  { key: 'task', title: 'File' },
  { key: 'by', title: 'By' },
  { key: 'group', title: 'Pairs' },
] as const

const SHARES: readonly ColumnOf<PairShareRow>[] = [
  ...SUBJECT,
  ...GROUP,
  { key: 'scoring', title: 'Scored', description: 'the word that decides, or the whole sentence with its end' },
  { key: 'n', title: 'N', digits: 0 },
  { key: 'clusters', title: 'Clusters', digits: 0, description: 'sentences whose variants these pairs are' },
  { key: 'right', title: 'Right', digits: 3, description: 'chance is 0.5' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'unigram', title: 'Unigram', digits: 3, description: 'baseline: the more frequent words' },
  { key: 'ngram', title: '5-gram', digits: 3, description: 'baseline' },
  { key: 'gain', title: 'Beyond', digits: 3, description: 'share right beyond the better baseline, on the same pairs' },
  { key: 'gainLow', title: '95 % low', digits: 3 },
  { key: 'gainHigh', title: '95 % high', digits: 3 },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'log p(right) − log p(wrong), mean' },
  { key: 'marginLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginHigh', title: '95 % high', unit: 'nats', digits: 2 },
]

const PUBLISHED: readonly ColumnOf<PublishedRow>[] = [
  ...GROUP,
  { key: 'source', title: 'Column of the file' },
  { key: 'n', title: 'N', digits: 0 },
  { key: 'right', title: 'Right', digits: 3 },
]

const PAIRS: readonly ColumnOf<PairRow>[] = [
  ...SUBJECT,
  { key: 'task', title: 'File' },
  { key: 'id', title: 'Pair' },
  { key: 'condition', title: 'Condition' },
  { key: 'sentence', title: 'Sentence up to the choice' },
  { key: 'right', title: 'Right' },
  { key: 'wrong', title: 'Wrong' },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'above 0 the right one is preferred' },
  { key: 'ngramMargin', title: '5-gram', unit: 'nats', digits: 2, description: 'baseline' },
]

const AUDIT: readonly ColumnOf<MinimalPairsResult['audit'][number]>[] = [
  { key: 'task', title: 'File' },
  { key: 'message', title: 'Audit' },
]
