// Invented results of two taggers, with seeds.

import type { TaggingRow } from '../../src/analysis/results.ts'
import type { ReportInput } from '../../src/report/document.ts'
import { input } from './fixture.ts'

const GROUPS = [['all', 240_000, 0.955, 0.93], ['ambiguous', 95_000, 0.93, 0.86], ['unambiguous', 140_000, 0.98, 0.98], ['unknown', 5000, 0.7, 0.45]] as const

const rowsOf = (model: string, seed: number, less: number): TaggingRow[] => GROUPS.map(([group, n, right, baseline]) => ({
  model, seed, group, n, documents: 100, right: right - less, low: right - less - 0.004, high: right - less + 0.004,
  baseline, gain: right - less - baseline, gainLow: right - less - baseline - 0.005, gainHigh: right - less - baseline + 0.005,
}))

export const taggingInput: ReportInput = {
  ...input,
  models: [
    { name: 'bilstm', cell: 'lstm', variant: 'bidirectional LSTM', layers: 1, units: 64, parameters: 1_300_000, seeds: [1, 2] },
    { name: 'lstm', cell: 'lstm', variant: 'LSTM', layers: 1, units: 128, parameters: 1_400_000, seeds: [1, 2] },
  ],
  results: [{
    analysis: 'tagging',
    rows: [1, 2].flatMap((seed) => [...rowsOf('bilstm', seed, 0), ...rowsOf('lstm', seed, 0.03)]),
    rightContext: [1, 2].flatMap((seed) => GROUPS.map(([group, n, right]) => ({
      model: 'bilstm', seed, against: 'lstm', group, n, right, rightAgainst: right - 0.03,
      gain: 0.03, gainLow: 0.027, gainHigh: 0.033, helped: Math.round(n * 0.05), hurt: Math.round(n * 0.02),
    }))),
    words: ['that', 'her', 'to'].map((word, index) => ({
      model: 'bilstm', seed: 1, against: 'lstm', word, chosenBy: 40 - index, n: 900 - 100 * index, baseline: 0.6, rightAgainst: 0.8, right: 0.95 - 0.02 * index,
    })),
    audit: [{ message: '240,000 tokens of 100 documents; 180 tags in the training text.' }],
  }],
}
