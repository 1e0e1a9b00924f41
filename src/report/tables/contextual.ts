// Tables of bidirectional language models.

import type {
  ContextualVectorsResult, DirectionRow, LayerProbeRow, MixGainRow, MixRow, SenseRow,
} from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function contextualTables({ perplexity, probes, mixes, gains, senses, audit }: ContextualVectorsResult): Table[] {
  return [
    table('directions', 'Perplexity from either end', DIRECTIONS, perplexity),
    table('layer-probes', 'Part of speech by layer', PROBES, probes),
    table('layer-mix', 'What the mix takes of each layer', MIXES, mixes),
    table('layer-gains', 'The mix beside each layer alone', GAINS, gains),
    table('senses', 'Senses of pseudo-words by layer', SENSES, senses),
    table('contextual-audit', 'What was asked', [{ key: 'message', title: 'Audit' }], audit),
  ]
}

const DIRECTIONS: readonly ColumnOf<DirectionRow>[] = [
  ...SUBJECT,
  { key: 'direction', title: 'Reads' },
  { key: 'perplexity', title: 'Perplexity', digits: 1 },
  { key: 'unigramPerplexity', title: 'Unigram', digits: 1, description: 'baseline' },
  { key: 'ngramPerplexity', title: '5-gram', digits: 1, description: 'baseline, interpolated Kneser-Ney, read from the same end' },
  { key: 'loss', title: 'Loss', unit: 'nats/token', digits: 3 },
  { key: 'lossLow', title: '95 % low', unit: 'nats/token', digits: 3 },
  { key: 'lossHigh', title: '95 % high', unit: 'nats/token', digits: 3 },
  { key: 'gain', title: 'Gain', unit: 'nats/token', digits: 3, description: 'loss of the 5-gram model − loss, on the same documents' },
  { key: 'gainLow', title: '95 % low', unit: 'nats/token', digits: 3 },
  { key: 'gainHigh', title: '95 % high', unit: 'nats/token', digits: 3 },
  { key: 'tokens', title: 'Tokens', digits: 0 },
  { key: 'documents', title: 'Documents', digits: 0 },
]

const LAYER = { key: 'layer', title: 'Layer', description: '0 is the embedding; mix is all of them, weighted' } as const
const NETWORK = { key: 'network', title: 'Network' } as const
const GROUP = { key: 'group', title: 'Tokens', description: 'of words that training has with several parts of speech, or all' } as const
const SHARE = [
  { key: 'right', title: 'Right', digits: 4 },
  { key: 'low', title: '95 % low', digits: 4 },
  { key: 'high', title: '95 % high', digits: 4 },
] as const

const PROBES: readonly ColumnOf<LayerProbeRow>[] = [
  ...SUBJECT,
  NETWORK,
  LAYER,
  GROUP,
  { key: 'n', title: 'N', digits: 0 },
  { key: 'documents', title: 'Documents', digits: 0 },
  ...SHARE,
  { key: 'baseline', title: 'Most frequent', digits: 4, description: 'baseline: the most frequent part of speech of each word' },
  { key: 'control', title: 'Control task', digits: 4, description: 'share right of tags that were drawn once for each word' },
  { key: 'selectivity', title: 'Selectivity', digits: 4, description: 'right less control task' },
]

const MIXES: readonly ColumnOf<MixRow>[] = [
  ...SUBJECT,
  NETWORK,
  LAYER,
  { key: 'weight', title: 'Weight', digits: 3, description: 'softmax(w), of standardised vectors' },
  { key: 'scale', title: 'γ', digits: 3 },
]

const GAINS: readonly ColumnOf<MixGainRow>[] = [
  ...SUBJECT,
  LAYER,
  GROUP,
  { key: 'n', title: 'N', digits: 0 },
  { key: 'gain', title: 'Mix beyond', digits: 4, description: 'share right of the mix beyond this layer alone, on the same tokens' },
  { key: 'gainLow', title: '95 % low', digits: 4 },
  { key: 'gainHigh', title: '95 % high', digits: 4 },
]

const SENSES: readonly ColumnOf<SenseRow>[] = [
  ...SUBJECT,
  NETWORK,
  LAYER,
  { key: 'n', title: 'N', digits: 0 },
  { key: 'words', title: 'Pseudo-words', digits: 0 },
  ...SHARE,
  { key: 'baseline', title: 'Most frequent', digits: 4, description: 'baseline: the more frequent of the two words' },
]
