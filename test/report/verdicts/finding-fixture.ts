// A unit that tells quotations, as the finder gives it.

import type { FoundUnitRow } from '../../../src/analysis/results.ts'

export const FOUND: FoundUnitRow = {
  model: 'gru', seed: 1, probe: 'inside-quotes', question: 'Is it quoted?', answers: 'yes-no', unit: '1.hidden.41',
  site: '1.hidden', score: 0.03, heldOut: 0.04, low: 0.02, high: 0.06, shrinkage: 0.02, n: 12_000, documents: 11,
  information: 0.5, entropy: 0.6, correlation: 0.8, chanceBest: 0.1, p: 0.01, q: 0.02, untrained: 0.4, rotated: 0.7,
  nextProbe: null, nextScore: null, selectivity: null,
}
