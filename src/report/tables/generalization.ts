// Tables of decoders that are trained at one word and tested at others.

import type { GeneralizationResult, GeneralizationRow, RangeRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function generalizationTables({ task, rows, units }: GeneralizationResult): Table[] {
  return [
    table(`generalization-${task}-units`, `Every unit alone through the words of ${task}`, RANGES, units),
    table(`generalization-${task}`, `Decoders trained at one word of ${task} and tested at another`, DECODERS, rows),
  ]
}

const RANGES: readonly ColumnOf<RangeRow>[] = [
  ...SUBJECT,
  { key: 'site', title: 'Site' },
  { key: 'unit', title: 'Unit' },
  { key: 'range', title: 'Range', description: 'long: keeps the subject’s number; short: turns at the last noun' },
  { key: 'kept', title: 'Kept', digits: 3, description: 'lowest AUC from the subject to the word before the verb' },
  { key: 'keptLow', title: '95 % low', digits: 3 },
  { key: 'keptHigh', title: '95 % high', digits: 3 },
  {
    key: 'keptByChance',
    title: 'Kept by chance',
    digits: 3,
    description: 'best unit, shuffled labels, 95th percentile',
  },
  { key: 'atSubject', title: 'At the subject', digits: 3, description: 'AUC' },
  { key: 'atLastNoun', title: 'At the last noun', digits: 3, description: 'AUC; near 0 it tells that noun’s number' },
  { key: 'lastNounLow', title: '95 % low', digits: 3 },
  { key: 'lastNounHigh', title: '95 % high', digits: 3 },
  { key: 'atVerb', title: 'Before the verb', digits: 3, description: 'AUC' },
  {
    key: 'turned',
    title: 'Turned',
    digits: 3,
    description: 'smaller of the AUC at the subject and one minus that at the last noun',
  },
  {
    key: 'turnedByChance',
    title: 'Turned by chance',
    digits: 3,
    description: 'best unit, shuffled labels, 95th percentile',
  },
  { key: 'n', title: 'Items', digits: 0 },
]

const DECODERS: readonly ColumnOf<GeneralizationRow>[] = [
  ...SUBJECT,
  { key: 'site', title: 'Site' },
  { key: 'decoder', title: 'Decoder', description: 'what it reads' },
  { key: 'units', title: 'Units', digits: 0 },
  { key: 'trained', title: 'Trained at', digits: 0, description: 'position, from 0' },
  { key: 'trainedWord', title: 'Word' },
  { key: 'tested', title: 'Tested at', digits: 0, description: 'position, from 0' },
  { key: 'testedWord', title: 'Word' },
  { key: 'auc', title: 'AUC', digits: 3, description: '0.5 is chance; near 0 it names the other number' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'n', title: 'Items', digits: 0 },
]
