import { expect, it } from 'vitest'
import type { PrecisionRow } from '../../../src/analysis/results.ts'
import { describePrecision } from '../../../src/report/verdicts/precision.ts'

function rows(model: string, cell: PrecisionRow['cell'], change: string, horizons: readonly number[]): PrecisionRow[] {
  const intact = [400, 412, 1000]
  return horizons.map((horizon, index) => ({
    model, seed: index + 1, language: 'a^n b^n', cell, trainedTo: 100, change, horizon, intactHorizon: intact[index],
    tested: 1000,
  }))
}

it('the medians of the first model of each cell are told, change by change', () => {
  const given = [
    ...rows('lstm', 'lstm', 'none', [400, 412, 1000]), ...rows('lstm', 'lstm', 'bfloat16', [80, 2, 87]),
    ...rows('lstm', 'lstm', 'times 2', [1000, 1000, 1000]), ...rows('lstm-2', 'lstm', 'bfloat16', [1, 1, 1]),
    ...rows('gru', 'gru', 'bfloat16', [0, 0, 3]),
  ]
  expect(describePrecision(given)).toEqual([
    {
      judgement: 'description',
      sentence:
        'On aⁿbⁿ the horizon is, medians over 3 seeds: lstm 412, with bfloat16 80 and times 2 at least 1,000; gru 412, ' +
        'with bfloat16 0 (n = 3 seeds; weights and state rounded at every step, weights multiplied without training ' +
        'again).',
    },
  ])
})

it('one seed is called one seed', () => {
  expect(describePrecision(rows('lstm', 'lstm', 'int8', [3]))[0].sentence).toContain('the horizon is, in this seed: lstm 400')
})
