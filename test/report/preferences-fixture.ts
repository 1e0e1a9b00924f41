// Invented results of selectional preferences.

import type { InfluenceRow, PreferenceRow } from '../../src/analysis/results.ts'
import type { ReportInput } from '../../src/report/document.ts'
import { input } from './fixture.ts'

export function preferenceRow(task: PreferenceRow['task'], group: string, changes: Partial<PreferenceRow> = {}): PreferenceRow {
  const row = { model: 'lstm', seed: 1, task, group, n: 127, clusters: 110, right: 0.7, low: 0.62, high: 0.78, ...changes }
  const counted = task === 'crossed' ? null : 0.56
  return { margin: 0.2, marginLow: 0.1, marginHigh: 0.3, unigram: 0.5, ngram: 0.58, counted, ...row }
}

export function influenceRow(role: string, changes: Partial<InfluenceRow> = {}): InfluenceRow {
  return {
    model: 'lstm', seed: 1, role, n: 994, words: 994, deletion: 0.31, deletionLow: 0.16, deletionHigh: 0.48, size: 0.9,
    ngramSize: 0.6, attribution: 0.08, attributionLow: 0, attributionHigh: 0.15, correlation: 0.57, ...changes,
  }
}

const example = { model: 'lstm', seed: 1, right: 'house', wrong: 'market', distance: 9, margin: 0.1 }

export const preferencesInput: ReportInput = {
  ...input,
  results: [{
    analysis: 'selectional-preferences',
    rows: [
      preferenceRow('crossed', 'all'), preferenceRow('crossed', 'up to 3 words between', { n: 60 }),
      preferenceRow('crossed', '4 or more words between', { n: 67, ngram: 0.5 }), preferenceRow('objects', 'all', { n: 2672 }),
      preferenceRow('objects', 'never seen with the verb', { n: 2200 }),
    ],
    influences: [influenceRow('between verb and object'), influenceRow('the verb', { deletionLow: null, deletionHigh: null })],
    examples: [
      { ...example, task: 'crossed', sentence: 'The family / team moved' }, { ...example, task: 'objects', sentence: 'He kept the' },
    ],
    audit: [{ task: 'crossed', message: '127 pairs, 0 of them left out.' }],
  }],
}
