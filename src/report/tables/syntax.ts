// Tables of the depth of phrases: what tells it, which units stand out, and what they send to the gates of others.

import type {
  DepthFitRow, DepthTraceRow, DepthUnitRow, SyntaxLinkRow, SyntaxLinkSetRow, SyntaxUnitsResult,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function syntaxTables({ fits, units, links, linkSets, traces }: SyntaxUnitsResult): Table[] {
  return [
    table('syntax-fits', 'How well open nodes are told in other sentences', FITS, fits),
    table('syntax-units', 'Every unit’s weight in the regression', UNITS, units),
    table('syntax-links', 'What syntax units send to the gates of the chosen units', LINKS, links),
    table('syntax-link-sets', 'All that syntax units send, beside random units', LINK_SETS, linkSets),
    table('syntax-traces', 'What a unit remembers in the deepest sentences', TRACES, traces),
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

const LINK_SETS: readonly ColumnOf<SyntaxLinkSetRow>[] = [
  ...SUBJECT,
  { key: 'senders', title: 'Syntax units', digits: 0 },
  { key: 'receivers', title: 'Chosen units', digits: 0 },
  { key: 'links', title: 'Weights', digits: 0 },
  { key: 'meanZ', title: 'Mean |z|', digits: 2 },
  { key: 'randomMedian', title: 'Others, median', digits: 2, description: 'of as many random units of the same layers' },
  { key: 'randomHigh', title: 'Others, 95 %', digits: 2 },
  { key: 'random', title: 'Sets', digits: 0 },
  { key: 'p', title: 'p', digits: 4, description: 'share of sets with as large a mean' },
]

const TRACES: readonly ColumnOf<DepthTraceRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'isSyntaxUnit', title: 'Syntax unit', description: 'or the unit whose weight lies farthest out' },
  { key: 'sentence', title: 'Sentence', digits: 0 },
  { key: 'position', title: 'Place', digits: 0 },
  { key: 'word', title: 'Word' },
  { key: 'openNodes', title: 'Open nodes', digits: 0 },
  { key: 'value', title: 'Value', digits: 3 },
]
