// Results as tables with described columns: what tables/NAME.csv holds and what stands under each chart. Fractions stay
// fractions; sentences and charts turn them into percent and points.

import type {
  AblationRow,
  AgreementExample,
  AgreementGroupRow,
  AgreementPairRow,
  AgreementRow,
  AgreementShare,
  AgreementTrendRow,
  AnalysisResult,
  ColoredText,
  DynamicsRow,
  NgramRow,
  PerplexityRow,
  RankingRow,
  TrainingRow,
} from '../analysis/results.ts'
import { groupBy, type Table } from '../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './tables/columns.ts'
import { counterTables, countingTables, precisionTables, traceTables } from './tables/counting.ts'
import { findingTables } from './tables/finding.ts'

/** Every table of the results, each name once: rows of two results of one kind are joined. */
export function tablesOf(results: readonly AnalysisResult[]): Table[] {
  return [...groupBy(results.flatMap(tablesOfResult), (table) => table.name).values()].map(joined)
}

/** Columns that only some of the tables have are empty in the rows of the others. */
function joined(tables: readonly Table[]): Table {
  if (tables.length === 1) return tables[0]
  const columns = new Map(tables.flatMap((table) => table.columns).map((column) => [column.key, column]))
  const empty = Object.fromEntries([...columns.keys()].map((key) => [key, null]))
  const rows = tables.flatMap((table) => table.rows).map((row) => ({ ...empty, ...row }))
  return { ...tables[0], columns: [...columns.values()], rows }
}

/** The tables of one result; those without rows are left out. */
export function tablesOfResult(result: AnalysisResult): Table[] {
  return allTables(result).filter((table) => table.rows.length > 0)
}

function allTables(result: AnalysisResult): Table[] {
  switch (result.analysis) {
    case 'training':
      return [table('training', 'Loss while training', TRAINING, result.rows)]
    case 'perplexity':
      return [
        table('perplexity', 'Perplexity beside its baselines', PERPLEXITY, result.rows),
        table('ngram-orders', 'What counting gains by looking further back', NGRAM_ORDERS, result.orders),
      ]
    case 'agreement':
      return [
        table('agreement', 'Agreement by condition beside its baselines', AGREEMENT, result.rows),
        ...(['attractors', 'distance'] as const).map((by) => {
          const rows = result.groups.filter((row) => row.by === by)
          return table(`agreement-${by}`, `Agreement by ${by}`, GROUPED, rows)
        }),
        table('agreement-distance-trend', 'Accuracy with each word of distance', TREND, result.trends),
        table('agreement-pairs', 'Pairs of items that differ in the subject’s number alone', PAIRS, result.pairs),
        table('agreement-examples', 'Items that no template made, drawn at random', EXAMPLES, result.examples),
        table('agreement-audit', 'Items: what was kept and what left out', AUDIT, result.audit),
      ]
    case 'ablation-sweep': {
      const name = `ablation-${result.site.replaceAll('.', '-')}`
      return [
        table(name, `Every unit of ${result.site} removed, one at a time`, ABLATION, result.rows),
        table(`${name}-confirmed`, 'The top units on items that did not choose them', CONFIRMED, result.confirmed),
      ]
    }
    case 'unit-ranking':
      return [table(`unit-ranking-${result.probe}`, `How well each unit tells ${result.probe}`, RANKING, result.rows)]
    case 'dynamics':
      return [table(`dynamics-${result.task}`, `Units word by word on ${result.task} items`, DYNAMICS, result.rows)]
    case 'text':
      return [table('coloured-text', 'Every coloured word', TEXT, result.texts.flatMap(textRows))]
    case 'counting':
      return countingTables(result)
    case 'counters':
      return counterTables(result)
    case 'traces':
      return traceTables(result)
    case 'precision':
      return precisionTables(result)
    case 'find-units':
      return findingTables(result)
  }
}

const TRAINING: readonly ColumnOf<TrainingRow>[] = [
  ...SUBJECT,
  { key: 'update', title: 'Update', digits: 0 },
  { key: 'epoch', title: 'Epoch', digits: 2 },
  { key: 'trainingLoss', title: 'Training loss', unit: 'nats/token', digits: 3, description: 'with dropout' },
  { key: 'validationLoss', title: 'Validation loss', unit: 'nats/token', digits: 3 },
  { key: 'unigramLoss', title: 'Unigram loss', unit: 'nats/token', digits: 3, description: 'baseline, same text' },
  { key: 'learningRate', title: 'Learning rate', digits: 5 },
  { key: 'gradientNorm', title: 'Gradient norm', digits: 3, description: 'before clipping, since the last row' },
]

const PERPLEXITY: readonly ColumnOf<PerplexityRow>[] = [
  ...SUBJECT,
  { key: 'split', title: 'Text' },
  { key: 'perplexity', title: 'Perplexity', digits: 1 },
  { key: 'unigramPerplexity', title: 'Unigram', digits: 1, description: 'baseline' },
  { key: 'ngramPerplexity', title: 'N-gram', digits: 1, description: 'baseline, interpolated Kneser-Ney' },
  { key: 'ngramOrder', title: 'N', digits: 0, description: 'order of the n-gram model' },
  { key: 'loss', title: 'Loss', unit: 'nats/token', digits: 3 },
  { key: 'lossLow', title: '95 % low', unit: 'nats/token', digits: 3 },
  { key: 'lossHigh', title: '95 % high', unit: 'nats/token', digits: 3 },
  { key: 'bitsPerCharacter', title: 'Bits per character', digits: 3 },
  { key: 'tokens', title: 'Tokens', digits: 0 },
  { key: 'documents', title: 'Documents', digits: 0 },
]

const NGRAM_ORDERS: readonly ColumnOf<NgramRow>[] = [
  { key: 'split', title: 'Text' },
  { key: 'order', title: 'N', digits: 0, description: 'tokens of an n-gram' },
  { key: 'loss', title: 'Loss', unit: 'nats/token', digits: 3, description: 'interpolated Kneser-Ney' },
  { key: 'bitsPerCharacter', title: 'Bits per character', digits: 3 },
  { key: 'tokens', title: 'Tokens', digits: 0 },
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

const AUDIT: readonly ColumnOf<{ task: string; message: string }>[] = [
  { key: 'task', title: 'Task' },
  { key: 'message', title: 'Audit' },
]

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

interface TextRow {
  model: string
  seed: number
  unit: string
  passage: string
  position: number
  token: string
  value: number
  surprisal: number | null
}

const TEXT: readonly ColumnOf<TextRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'passage', title: 'Passage' },
  { key: 'position', title: 'Position', digits: 0 },
  { key: 'token', title: 'Token' },
  { key: 'value', title: 'Value', digits: 3 },
  { key: 'surprisal', title: 'Surprisal', unit: 'nats', digits: 2 },
]

function textRows({ model, seed, unit, passages }: ColoredText): TextRow[] {
  return passages.flatMap(({ title, tokens, values, surprisals }) =>
    tokens.map((token, position) => ({
      model,
      seed,
      unit,
      passage: title,
      position,
      token,
      value: values[position],
      surprisal: surprisals[position],
    })),
  )
}
