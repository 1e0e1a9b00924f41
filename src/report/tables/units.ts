// Tables of single units on items of agreement.

import type {
  AblationResult,
  AblationRow,
  DynamicsResult,
  DynamicsRow,
  NumberGapRow,
  RankingResult,
  RankingRow,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function ablationTables({ site, rows, confirmed }: AblationResult): Table[] {
  const name = `ablation-${site.replaceAll('.', '-')}`
  return [
    table(name, `Every unit of ${site} removed, one at a time`, ABLATION, rows),
    table(`${name}-confirmed`, 'The top units on items that did not choose them', CONFIRMED, confirmed),
  ]
}

export function rankingTables({ probe, rows }: RankingResult): Table[] {
  return [table(`unit-ranking-${probe}`, `How well each unit tells ${probe}`, RANKING, rows)]
}

export function dynamicsTables({ task, rows, gaps }: DynamicsResult): Table[] {
  return [
    table(`dynamics-${task}`, `Units word by word on ${task} items`, DYNAMICS, rows),
    table(`number-gaps-${task}`, `What the subject’s number does to them on ${task} items`, GAPS, gaps),
  ]
}

const ABLATION: readonly ColumnOf<AblationRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'set', title: 'Set to' },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'half', title: 'Half' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'intact', title: 'Intact', digits: 3, description: 'accuracy' },
  { key: 'accuracy', title: 'Without it', digits: 3, description: 'accuracy' },
  { key: 'drop', title: 'Drop', digits: 3, description: 'positive is worse' },
  { key: 'dropLow', title: '95 % low', digits: 3, description: 'of a single lemma none (–)' },
  { key: 'dropHigh', title: '95 % high', digits: 3 },
  { key: 'p', title: 'p', digits: 4, description: 'of the drop, corrected over all units of the network in all conditions (sign flips of lemmas); – where there are few' },
  { key: 'bandLow', title: 'Band from', digits: 3, description: 'smallest drop of the comparable units' },
  { key: 'bandHigh', title: 'Band to', digits: 3, description: 'largest drop of the comparable units' },
  { key: 'comparable', title: 'Comparable', digits: 0, description: 'units alike in activity, spread, outgoing norm' },
  { key: 'marginDrop', title: 'Margin drop', unit: 'nats', digits: 2 },
  { key: 'marginDropLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginDropHigh', title: '95 % high', unit: 'nats', digits: 2 },
  { key: 'marginBandLow', title: 'Band from', unit: 'nats', digits: 2 },
  { key: 'marginBandHigh', title: 'Band to', unit: 'nats', digits: 2 },
  { key: 'lossChange', title: 'Loss change', unit: 'nats/token', digits: 4, description: 'on ordinary held-out text' },
]

const CONFIRMED: readonly ColumnOf<AblationRow>[] = [
  ...ABLATION,
  { key: 'shrinkage', title: 'Shrinkage', digits: 3, description: 'drop where it was chosen minus this drop' },
  { key: 'shrinkageLow', title: '95 % low', digits: 3 },
  { key: 'shrinkageHigh', title: '95 % high', digits: 3 },
]

const RANKING: readonly ColumnOf<RankingRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'site', title: 'Site' },
  {
    key: 'auc',
    title: 'AUC',
    digits: 3,
    description:
      'before the verb, incongruent items; above 0.5 the unit is higher for a yes. Rows: farthest from 0.5 first, units ' +
      'that changed sides since the subject last',
  },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'confirmedAuc', title: 'Confirmed', digits: 3, description: 'AUC on the other half' },
  { key: 'shrinkage', title: 'Shrinkage', digits: 3, description: 'how much nearer to 0.5 that is' },
  { key: 'q', title: 'q', digits: 4, description: 'Benjamini–Hochberg over the table' },
  { key: 'chanceBest', title: 'Best by chance', digits: 3, description: 'best unit, shuffled labels, 95th percentile' },
  { key: 'aucAtSubject', title: 'At the subject', digits: 3, description: 'AUC; word identity' },
  { key: 'aucAtAttractor', title: 'At the attractor', digits: 3, description: 'AUC' },
  { key: 'n', title: 'Items', digits: 0 },
]

const DYNAMICS: readonly ColumnOf<DynamicsRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'site', title: 'Site' },
  { key: 'condition', title: 'Condition' },
  { key: 'position', title: 'Position', digits: 0 },
  { key: 'word', title: 'Word' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'mean', title: 'Mean', digits: 3 },
  { key: 'deviation', title: 'Standard deviation', digits: 3 },
]

const GAPS: readonly ColumnOf<NumberGapRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'site', title: 'Site' },
  { key: 'position', title: 'Position', digits: 0 },
  { key: 'word', title: 'Word' },
  { key: 'n', title: 'Pairs', digits: 0 },
  { key: 'gap', title: 'Gap', digits: 3, description: 'plural less singular subject, all other words the same' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'deviation', title: 'Deviation of items', digits: 3, description: 'of one number' },
  { key: 'lastNounGap', title: 'Of the last noun', digits: 3, description: 'plural less singular last noun' },
]
