// Tables of diagnostic classifiers.

import type { ClassifierRow, ClassifiersResult, SparsePathRow, SparseUnitRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function classifierTables({ task, rows, path, units }: ClassifiersResult): Table[] {
  return [
    table(`classifiers-${task}`, `The subject’s number read off every site and word of ${task}`, ROWS, rows),
    table(`classifiers-${task}-path`, 'How few units tell it before the verb', PATH, path),
    table(`classifiers-${task}-units`, 'Which units these are', UNITS, units),
  ]
}

const ROWS: readonly ColumnOf<ClassifierRow>[] = [
  ...SUBJECT,
  { key: 'site', title: 'Site' },
  { key: 'position', title: 'Position', digits: 0, description: 'from 0' },
  { key: 'word', title: 'Word' },
  { key: 'accuracy', title: 'Right', digits: 3, description: 'of items of other words whose nouns disagree' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'untrained', title: 'Untrained', digits: 3, description: 'the same before training' },
  { key: 'within', title: 'Within', digits: 3, description: 'of items left out, whose subjects were fitted to' },
  { key: 'control', title: 'Control', digits: 3, description: 'the same of random answers for each form' },
  { key: 'selectivity', title: 'Selectivity', digits: 3, description: 'within less control' },
  { key: 'bits', title: 'Bits', digits: 1, description: 'that the answers take, coded block by block' },
  { key: 'controlBits', title: 'Control’s bits', digits: 1 },
  { key: 'uniformBits', title: 'Of', digits: 0, description: 'bits without a classifier' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'units', title: 'Units', digits: 0 },
]

const PATH: readonly ColumnOf<SparsePathRow>[] = [
  ...SUBJECT,
  { key: 'site', title: 'Site' },
  { key: 'penalty', title: 'Penalty', digits: 4 },
  { key: 'kept', title: 'Units with a say', digits: 0 },
  { key: 'units', title: 'Of', digits: 0 },
  { key: 'accuracy', title: 'Right', digits: 3, description: 'of items of other words whose nouns disagree' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'chosen', title: 'Chosen', description: 'largest penalty within a standard error of the least loss' },
]

const UNITS: readonly ColumnOf<SparseUnitRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'stability', title: 'Stability', digits: 2, description: 'share of halves of the subjects in which it has a say' },
  { key: 'weight', title: 'Weight', digits: 3, description: 'for a standard deviation of the unit' },
  { key: 'chosen', title: 'Chosen', description: 'by the ablation sweep' },
]
