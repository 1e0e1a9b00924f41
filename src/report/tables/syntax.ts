// Tables of the depth of phrases: what tells it, which units stand out, and what they send to the gates of others.

import type { DepthFitRow, DepthUnitRow, SyntaxLinkRow, SyntaxUnitsResult } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function syntaxTables({ fits, units, links }: SyntaxUnitsResult): Table[] {
  return [
    table('syntax-fits', 'How well open nodes are told in other sentences', FITS, fits),
    table('syntax-units', 'Every unit’s weight in the regression', UNITS, units),
    table('syntax-links', 'What syntax units send to the gates of the chosen units', LINKS, links),
  ]
}

const FITS: readonly ColumnOf<DepthFitRow>[] = [
  ...SUBJECT,
  { key: 'site', title: 'Site' },
  { key: 'read', title: 'Read', description: 'units with the covariates; the covariates alone; both in the untrained network' },
  { key: 'columns', title: 'Columns', digits: 0 },
  { key: 'r2', title: 'R²', digits: 3, description: 'in sentences that it was not fitted to' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'penalty', title: 'Penalty', digits: 4, description: 'chosen within the sentences fitted to; median over folds' },
  { key: 'n', title: 'Words', digits: 0 },
  { key: 'sentences', title: 'Sentences', digits: 0 },
]

const UNITS: readonly ColumnOf<DepthUnitRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'isSyntaxUnit', title: 'Syntax unit', description: 'outlying above 3, in at least 80 % of bootstraps' },
  { key: 'outlying', title: 'Outlying', digits: 2, description: '|weight| less the mean of all, in their standard deviations' },
  { key: 'stability', title: 'Stability', digits: 2, description: 'share of bootstraps over sentences in which that is above 3' },
  { key: 'weight', title: 'Weight', digits: 3, description: 'open nodes for a standard deviation of the unit' },
  { key: 'correlation', title: 'r', digits: 3, description: 'with the number of open nodes' },
]

const LINKS: readonly ColumnOf<SyntaxLinkRow>[] = [
  ...SUBJECT,
  { key: 'from', title: 'From' },
  { key: 'to', title: 'To' },
  { key: 'gate', title: 'Gate' },
  { key: 'weight', title: 'Weight', digits: 3, description: 'times the largest |value| of the sender' },
  { key: 'z', title: 'z', digits: 2, description: 'among all units that send through the same matrix' },
  { key: 'p', title: 'p', digits: 4, description: 'share of these with as large a |z|' },
  { key: 'units', title: 'Units', digits: 0 },
]
