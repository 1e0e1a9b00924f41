// Tables of agreement, by what items are told apart.

import type {
  AgreementAuditRow,
  AgreementExample,
  AgreementGroupRow,
  AgreementOverSeedsRow,
  AgreementPairRow,
  AgreementResult,
  AgreementRow,
  AgreementShare,
  AgreementTrendRow,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function agreementTables({ rows, groups, trends, pairs, overSeeds, examples, audit }: AgreementResult): Table[] {
  return [
    table('agreement', 'Agreement by condition beside its baselines', AGREEMENT, rows),
    ...(['attractors', 'distance', 'construction'] as const).map((by) =>
      table(`agreement-${by}`, `Agreement by ${by}`, GROUPED, groups.filter((row) => row.by === by)),
    ),
    table('agreement-distance-trend', 'Accuracy with each word of distance', TREND, trends),
    table('agreement-pairs', 'Pairs of items that differ in the subject’s number alone', PAIRS, pairs),
    table('agreement-over-seeds', 'Agreement over the seeds of each model', OVER_SEEDS, overSeeds),
    table('agreement-examples', 'Items that no template made, drawn at random', EXAMPLES, examples),
    table('agreement-audit', 'Items: what was kept and what left out', AUDIT, audit),
  ]
}

const OVER_SEEDS: readonly ColumnOf<AgreementOverSeedsRow>[] = [
  { key: 'model', title: 'Model' },
  { key: 'seeds', title: 'Seeds', digits: 0 },
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'accuracy', title: 'Accuracy', digits: 3, description: 'mean over seeds' },
  { key: 'low', title: '95 % low', digits: 3, description: 'seeds, lemmas and items resampled' },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'mean of log p(right) − log p(wrong)' },
  { key: 'marginLow', title: '95 % low', unit: 'nats', digits: 2 },
  { key: 'marginHigh', title: '95 % high', unit: 'nats', digits: 2 },
]

const SHARE: readonly ColumnOf<AgreementShare>[] = [
  { key: 'n', title: 'Items', digits: 0 },
  { key: 'lemmas', title: 'Lemmas', digits: 0, description: 'clusters: subjects and, in templates, verbs' },
  { key: 'accuracy', title: 'Accuracy', digits: 3 },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'majority', title: 'Majority', digits: 3, description: 'baseline: the commoner number' },
  { key: 'unigram', title: 'Unigram', digits: 3, description: 'baseline: the commoner form' },
  { key: 'lastNoun', title: 'Last noun', digits: 3, description: 'baseline: agree with the last noun' },
  { key: 'ngram', title: '5-gram', digits: 3, description: 'baseline' },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'log p(right) − log p(wrong)' },
  { key: 'marginLow', title: '95 % low', unit: 'nats', digits: 2, description: 'of a single lemma none (–)' },
  { key: 'marginHigh', title: '95 % high', unit: 'nats', digits: 2 },
]

const AGREEMENT: readonly ColumnOf<AgreementRow>[] = [
  ...SUBJECT,
  { key: 'task', title: 'Task' },
  { key: 'condition', title: 'Condition' },
  ...SHARE,
]

const GROUPED: readonly ColumnOf<AgreementGroupRow>[] = [
  ...SUBJECT,
  { key: 'task', title: 'Task' },
  { key: 'group', title: 'Between' },
  ...SHARE,
]

const TREND: readonly ColumnOf<AgreementTrendRow>[] = [
  ...SUBJECT,
  { key: 'task', title: 'Task' },
  { key: 'n', title: 'Items', digits: 0, description: 'without attractors' },
  { key: 'apart', title: 'Apart', digits: 0, description: 'of them, with a word between subject and verb' },
  { key: 'farthest', title: 'Farthest', unit: 'words', digits: 0 },
  { key: 'lemmas', title: 'Lemmas', digits: 0, description: 'clusters: subjects and, in templates, verbs' },
  { key: 'slope', title: 'Slope', unit: 'per word', digits: 4, description: 'change of accuracy, least squares' },
  { key: 'low', title: '95 % low', digits: 4 },
  { key: 'high', title: '95 % high', digits: 4 },
  { key: 'majority', title: 'Majority', digits: 4, description: 'baseline: slope of the commoner number' },
  { key: 'unigram', title: 'Unigram', digits: 4, description: 'baseline: slope of the commoner form' },
  { key: 'lastNoun', title: 'Last noun', digits: 4, description: 'baseline: slope of the last noun' },
  { key: 'ngram', title: '5-gram', digits: 4, description: 'baseline: slope of the 5-gram model' },
]

const PAIRS: readonly ColumnOf<AgreementPairRow>[] = [
  ...SUBJECT,
  { key: 'task', title: 'Task' },
  { key: 'conditions', title: 'Conditions' },
  { key: 'n', title: 'Pairs', digits: 0 },
  { key: 'lemmas', title: 'Lemmas', digits: 0, description: 'clusters: subjects and verbs' },
  { key: 'together', title: 'Right together', digits: 3, description: 'the two margins sum to more than 0' },
  { key: 'low', title: '95 % low', digits: 3 },
  { key: 'high', title: '95 % high', digits: 3 },
  { key: 'ngram', title: '5-gram', digits: 3, description: 'baseline; 0.5 is chance' },
]

const EXAMPLES: readonly ColumnOf<AgreementExample>[] = [
  ...SUBJECT,
  { key: 'task', title: 'Task' },
  { key: 'sentence', title: 'Sentence up to the verb' },
  { key: 'subject', title: 'Subject' },
  { key: 'right', title: 'Right' },
  { key: 'wrong', title: 'Wrong' },
  { key: 'margin', title: 'Margin', unit: 'nats', digits: 2, description: 'above 0 the right form is preferred' },
  { key: 'attractors', title: 'Attractors', digits: 0 },
  { key: 'distance', title: 'Distance', unit: 'words', digits: 0 },
]

const AUDIT: readonly ColumnOf<AgreementAuditRow>[] = [
  { key: 'data', title: 'Data' },
  { key: 'task', title: 'Task' },
  { key: 'message', title: 'Audit' },
]
