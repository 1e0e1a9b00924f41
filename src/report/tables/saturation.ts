// The table of gates and cells at the ends of their range.

import type { SaturationResult, SaturationRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function saturationTables({ rows }: SaturationResult): Table[] {
  return [table('saturation', 'Every gate and cell', SATURATION, rows)]
}

const SATURATION: readonly ColumnOf<SaturationRow>[] = [
  ...SUBJECT,
  { key: 'moment', title: 'Moment' },
  { key: 'layer', title: 'Layer', digits: 0 },
  { key: 'gate', title: 'Gate' },
  { key: 'unit', title: 'Unit' },
  { key: 'low', title: 'Low', digits: 3, description: 'share of the time below 0.1, of a cell below −3' },
  { key: 'high', title: 'High', digits: 3, description: 'share of the time above 0.9, of a cell above 3' },
  { key: 'n', title: 'n', unit: 'tokens', digits: 0 },
]
