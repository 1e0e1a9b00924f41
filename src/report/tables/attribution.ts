// Tables of what a verb's margin is put together from.

import type {
  AttributionCheckRow, AttributionResult, AttributionRow, DefaultNumberRow, KeptPartsRow,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function attributionTables({ task, rows, checks, defaults, kept }: AttributionResult): Table[] {
  return [
    table(`attribution-${task}`, `What each part adds to the margin, ${task}`, ROWS, rows),
    table(`attribution-default-${task}`, `The number that is there without any word, ${task}`, DEFAULTS, defaults),
    table(`attribution-kept-${task}`, `Items that some parts alone get right, ${task}`, KEPT, kept),
    table(`attribution-checks-${task}`, `Methods of attribution beside what changing the words does, ${task}`, CHECKS, checks),
  ]
}

const ROWS: readonly ColumnOf<AttributionRow>[] = [
  ...SUBJECT,
  { key: 'method', title: 'Method' },
  { key: 'reference', title: 'No word', description: 'what stands for one: zeros, or the mean of the words in its place' },
  { key: 'condition', title: 'Condition' },
  { key: 'part', title: 'Part' },
  { key: 'position', title: 'Place', digits: 0, description: 'of a word, from 0' },
  { key: 'role', title: 'Role' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'contribution', title: 'Adds', unit: 'nats', digits: 2, description: 'to log p(right) − log p(wrong)' },
  { key: 'low', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'high', title: '95 % high', unit: 'nats', digits: 2 },
]

const DEFAULTS: readonly ColumnOf<DefaultNumberRow>[] = [
  ...SUBJECT,
  { key: 'method', title: 'Method' },
  { key: 'reference', title: 'No word', description: 'what stands for one: zeros, or the mean of the words in its place' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'toPlural', title: 'Towards plural', unit: 'nats', digits: 2, description: 'state before, biases and decoder’s biases' },
  { key: 'low', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'high', title: '95 % high', unit: 'nats', digits: 2 },
  { key: 'start', title: 'State before', unit: 'nats', digits: 2 },
  { key: 'biases', title: 'Biases', unit: 'nats', digits: 2 },
  { key: 'decoderBiases', title: 'Decoder’s biases', unit: 'nats', digits: 2 },
  { key: 'singularSubjects', title: 'Singular subjects', unit: 'nats', digits: 2, description: 'add to the singular form' },
  { key: 'pluralSubjects', title: 'Plural subjects', unit: 'nats', digits: 2, description: 'add to the plural form' },
]

const KEPT: readonly ColumnOf<KeptPartsRow>[] = [
  ...SUBJECT,
  { key: 'method', title: 'Method' },
  { key: 'reference', title: 'No word', description: 'what stands for one: zeros, or the mean of the words in its place' },
  { key: 'condition', title: 'Condition' },
  { key: 'kept', title: 'Kept', description: 'default: what is there without any word' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'accuracy', title: 'Right', digits: 3, description: 'share of items whose kept parts add up to more than 0' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'intact', title: 'Of all parts', digits: 3 },
]

const CHECKS: readonly ColumnOf<AttributionCheckRow>[] = [
  ...SUBJECT,
  { key: 'method', title: 'Method' },
  { key: 'reference', title: 'No word', description: 'what stands for one: zeros, or the mean of the words in its place' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'margin', title: '|Margin|', unit: 'nats', digits: 2, description: 'mean' },
  { key: 'gap', title: 'Left over', unit: 'nats', digits: 6, description: 'mean |margin − sum of the parts|' },
  { key: 'largestGap', title: 'At most', unit: 'nats', digits: 6 },
  { key: 'identity', title: 'β + γ off by', unit: 'nats', digits: 6, description: 'at most; contextual decomposition' },
  { key: 'swap', title: 'Of a swap', digits: 3, description: 'share of what the other subject number changes that is put down to the subject' },
  { key: 'swapLow', title: '95 % low', digits: 3 },
  { key: 'swapHigh', title: '95 % high', digits: 3 },
  { key: 'pairs', title: 'Pairs', digits: 0 },
  { key: 'withOcclusion', title: 'r occlusion', digits: 3, description: 'over the words of an item; mean' },
  { key: 'withOcclusionLow', title: '95 % low', digits: 3 },
  { key: 'withOcclusionHigh', title: '95 % high', digits: 3 },
  { key: 'withShapley', title: 'r Shapley', digits: 3, description: 'over the words of an item; mean' },
  { key: 'withShapleyLow', title: '95 % low', digits: 3 },
  { key: 'withShapleyHigh', title: '95 % high', digits: 3 },
]
