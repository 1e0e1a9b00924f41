// Tables of the units that tell the answers of probes.

import type { CauseRow, EmergenceResult, EmergenceRow, FoundUnitRow, UnitFindingResult, UnitScoreRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function findingTables({ rows, scores, causes, audit }: UnitFindingResult): Table[] {
  return [
    table('found-units', 'The unit that tells each probe best', FOUND, rows),
    table('unit-causes', 'What it costs to remove them', CAUSES, causes),
    table('unit-scores', 'The ten best units of each probe', SCORES, scores),
    table('probes-left-out', 'Probes that this text cannot be asked', AUDIT, audit.map((message) => ({ message }))),
  ]
}

const FOUND: readonly ColumnOf<FoundUnitRow>[] = [
  ...SUBJECT,
  { key: 'probe', title: 'Probe' },
  { key: 'unit', title: 'Unit' },
  { key: 'answers', title: 'Answers', description: 'yes-no: area under the ROC curve; amount: Pearson’s correlation' },
  { key: 'heldOut', title: 'Held out', digits: 3, description: 'score in documents in which it was not chosen' },
  { key: 'low', title: '95 % low', digits: 3, description: 'over documents; of one document none (–)' },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'untrained', title: 'Untrained', digits: 3, description: 'baseline: best unit of the untrained network, held out' },
  { key: 'rotated', title: 'Rotated', digits: 3, description: 'baseline: best of as many rotated directions, held out' },
  { key: 'score', title: 'Where chosen', digits: 3 },
  { key: 'shrinkage', title: 'Shrinkage', digits: 3, description: 'strength where chosen minus strength held out' },
  { key: 'correlation', title: '|r|', digits: 3, description: 'with the answers, where chosen' },
  { key: 'chanceBest', title: 'By chance', digits: 3, description: '|r| of the best of all units, 95 % of deals of blocks' },
  { key: 'p', title: 'p', digits: 3, description: 'against the best of all units under deals of blocks' },
  { key: 'q', title: 'q', digits: 3, description: 'Benjamini and Hochberg over the probes' },
  { key: 'nextProbe', title: 'Next probe', description: 'whose answers the unit tells second best' },
  { key: 'nextScore', title: 'Its score', digits: 3 },
  { key: 'selectivity', title: 'Selectivity', digits: 3, description: 'strength for its probe minus that for the next' },
  { key: 'information', title: 'Information', unit: 'bits', digits: 3, description: 'that the value tells of the answer' },
  { key: 'entropy', title: 'Of', unit: 'bits', digits: 3, description: 'in the answer' },
  { key: 'n', title: 'Places', digits: 0 },
  { key: 'documents', title: 'Documents', digits: 0 },
]

const CAUSES: readonly ColumnOf<CauseRow>[] = [
  ...SUBJECT,
  { key: 'probe', title: 'Probe' },
  { key: 'unit', title: 'Unit' },
  { key: 'set', title: 'Set to' },
  { key: 'serves', title: 'At' },
  { key: 'events', title: 'Of them', digits: 0 },
  { key: 'documents', title: 'Documents', digits: 0 },
  { key: 'intactLoss', title: 'Intact', unit: 'nats', digits: 3, description: 'mean surprisal there' },
  { key: 'rise', title: 'Rise', unit: 'nats', digits: 3 },
  { key: 'low', title: '95 % low', digits: 3, description: 'over documents; of one document none (–)' },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'bandLow', title: 'Comparable from', digits: 3, description: 'baseline: smallest rise among comparable units' },
  { key: 'bandHigh', title: 'to', digits: 3, description: 'baseline: largest rise among comparable units' },
  { key: 'comparable', title: 'Units', digits: 0, description: 'that are comparable' },
  { key: 'elsewhere', title: 'Elsewhere', unit: 'nats', digits: 4, description: 'rise at all other tokens' },
]

const SCORES: readonly ColumnOf<UnitScoreRow>[] = [
  ...SUBJECT,
  { key: 'probe', title: 'Probe' },
  { key: 'unit', title: 'Unit' },
  { key: 'score', title: 'Where chosen', digits: 3 },
  { key: 'heldOut', title: 'Held out', digits: 3 },
  { key: 'chance', title: 'Says nothing', digits: 1, description: 'baseline' },
]

const AUDIT: readonly ColumnOf<{ readonly message: string }>[] = [{ key: 'message', title: 'Probe, and why' }]

export function emergenceTables({ rows }: EmergenceResult): Table[] {
  return [table('emergence', 'The best unit for each probe during training', EMERGENCE, rows)]
}

const EMERGENCE: readonly ColumnOf<EmergenceRow>[] = [
  ...SUBJECT,
  { key: 'probe', title: 'Probe' },
  { key: 'answers', title: 'Answers', description: 'yes-no: area under the ROC curve; amount: Pearson’s correlation' },
  { key: 'share', title: 'Share of updates', digits: 4 },
  { key: 'unit', title: 'Unit' },
  { key: 'heldOut', title: 'Held out', digits: 3, description: 'score in documents in which it was not chosen' },
  { key: 'strength', title: 'Strength', digits: 3, description: '2 · |AUC − 0.5|, or |r|' },
  { key: 'chance', title: 'By chance', digits: 1 },
]
