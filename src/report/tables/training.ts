// Tables of training and of loss on unseen text.

import type { NgramRow, PerplexityResult, PerplexityRow, TrainingResult, TrainingRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function trainingTables({ rows }: TrainingResult): Table[] {
  return [table('training', 'Loss while training', TRAINING, rows)]
}

export function perplexityTables({ rows, orders }: PerplexityResult): Table[] {
  return [
    table('perplexity', 'Perplexity beside its baselines', PERPLEXITY, rows),
    table('ngram-orders', 'What counting gains by looking further back', NGRAM_ORDERS, orders),
  ]
}

const TRAINING: readonly ColumnOf<TrainingRow>[] = [
  ...SUBJECT,
  { key: 'update', title: 'Update', digits: 0 },
  { key: 'epoch', title: 'Epoch', digits: 2 },
  { key: 'trainingLoss', title: 'Training loss', unit: 'nats/token', digits: 3, description: 'with dropout' },
  { key: 'validationLoss', title: 'Validation loss', unit: 'nats/token', digits: 3 },
  { key: 'unigramLoss', title: 'Unigram loss', unit: 'nats/token', digits: 3, description: 'baseline, same text' },
  { key: 'learningRate', title: 'Learning rate', digits: 5 },
  { key: 'gradientNorm', title: 'Gradient norm', digits: 3, description: 'before clipping, geometric mean since the last row' },
  { key: 'largestGradientNorm', title: 'Largest', digits: 3, description: 'gradient norm before clipping since the last row' },
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
