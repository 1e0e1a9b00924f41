// Invented results of minimal pairs: a file with conditions, and one with columns and published scores.

import type { PairShareRow } from '../../src/analysis/results.ts'
import type { ReportInput } from '../../src/report/document.ts'
import { input } from './fixture.ts'

function row(task: string, by: string, group: string, right: number, n = 300): PairShareRow {
  return {
    model: 'lstm', seed: 1, task, by, group, scoring: task === 'anaphor' ? 'sentence' : 'word', n, clusters: n, right, low: right - 0.04,
    high: Math.min(1, right + 0.03), margin: 1, marginLow: 0.8, marginHigh: 1.2, unigram: 0.5, ngram: 0.57, gain: right - 0.57, gainLow: right - 0.61, gainHigh: right - 0.53,
  }
}

const pair = { model: 'lstm', seed: 1, task: 'nounpp', condition: 'SP', scoring: 'word', sentence: 'The key near the cabinets', ngramMargin: -1 } as const

export const minimalPairsInput: ReportInput = {
  ...input,
  results: [{
    analysis: 'minimal-pairs',
    rows: [
      row('nounpp', 'all', 'all', 0.8, 600), row('nounpp', 'condition', 'SS', 0.95), row('nounpp', 'condition', 'SP', 0.65),
      row('generated', 'all', 'all', 0.7, 410), row('generated', 'type', 'original', 0.8, 41), row('generated', 'type', 'nonce', 0.69, 369),
      row('anaphor', 'all', 'all', 0.52, 1000),
      row('anaphor', 'condition', 'determiner_noun_agreement_with_adj_irregular_1', 0.5, 500), row('anaphor', 'condition', 'b', 0.54, 500),
    ],
    published: [
      { task: 'generated', by: 'all', group: 'all', source: 'hidden650_batch128_dropout0.2_lr20.0', n: 410, right: 0.727 },
      { task: 'generated', by: 'type', group: 'original', source: 'hidden650_batch128_dropout0.2_lr20.0', n: 41, right: 0.805 },
    ],
    pairs: [{ ...pair, id: '1', right: 'shines', wrong: 'shine', margin: -0.4 }, { ...pair, id: '2', right: 'is', wrong: 'are', margin: 1.4 }],
    audit: [{ task: 'nounpp', message: '600 pairs, none left out.' }],
  }],
}
