import { describe, expect, it } from 'vitest'
import type { AblationRow, RankingRow } from '../../../src/analysis/results.ts'
import { describeUse, judgeRanking } from '../../../src/report/verdicts/ranking.ts'

function row(index: number, auc: number, changes: Partial<RankingRow> = {}): RankingRow {
  return {
    model: 'lstm', seed: 1, unit: `0.cell.${index}`, site: '0.cell', auc, low: auc - 0.04, high: auc + 0.04, n: 600,
    q: 0.6, aucAtSubject: auc, aucAtAttractor: 0.5, chanceBest: 0.62, confirmedAuc: null, shrinkage: null, ...changes,
  }
}

const judge = (rows: readonly RankingRow[]) => judgeRanking({ analysis: 'unit-ranking', probe: 'number', rows }, 1)[0]
const noise = [row(0, 0.52), row(1, 0.45), row(2, 0.58)]

describe('the ranking', () => {
  it('does not take a unit that follows the last noun for one that tells the subject', () => {
    const turned = row(1, 0.05, { q: 0, aucAtSubject: 0.96, confirmedAuc: 0.03 })
    expect(judge([turned]).judgement).toBe('not found')
    expect(judge([turned]).sentence).toContain('1 unit changed sides since the subject')
    const both = judge([turned, row(2, 0.27, { q: 0, confirmedAuc: 0.27 })])
    expect(both.judgement).toBe('found')
    expect(both.sentence).toContain('1 of 2 units beat chance at telling number before the verb; 0.cell.2 is best')
  })

  it('finds a planted unit, also one that is lower for the plural', () => {
    for (const [auc, confirmedAuc, what] of [
      [0.96, 0.93, 'higher for plural subjects with AUC 0.96 [0.92, 1.00] and AUC 0.93 on items that did not choose it'],
      [0.04, 0.07, 'higher for singular subjects with AUC 0.04 [0.00, 0.08] and AUC 0.07 on items that did not choose it'],
    ] as const) {
      const verdict = judge([...noise, row(61, auc, { q: 0.0001, confirmedAuc, shrinkage: 0.03 })])
      expect(verdict.judgement).toBe('found')
      expect(verdict.sentence).toContain(`${what}, shrinkage 0.03`)
      expect(verdict.sentence).toContain('1 of 4 units beat chance at telling number before the verb; 0.cell.61 is')
      expect(verdict.sentence).toContain('(n = 600 incongruent items, Benjamini–Hochberg over 4 units, seed 1)')
    }
  })

  it('finds none in noise, however small one q', () => {
    const verdict = judge([...noise, row(5, 0.6, { q: 0.01 })])
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('by chance the best of 4 reaches 0.62')
  })

  it('takes back a unit that other items do not confirm', () => {
    expect(judge([...noise, row(61, 0.9, { q: 0.001, confirmedAuc: 0.55 })]).judgement).toBe('not found')
    expect(judge([...noise, row(61, 0.9, { q: 0.001 })]).judgement).toBe('candidate')
  })

  it('cannot tell from few items', () => {
    const verdict = judge([row(61, 0.96, { q: 0.001, n: 20 })])
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('20 items, and fewer than 50 decide nothing')
  })
})

describe('decoding and use', () => {
  it('are counted apart: a unit that decodes need not be used', () => {
    const removed = (unit: number, drop: number): AblationRow => ({
      model: 'lstm', seed: 1, unit: `0.hidden.${unit}`, set: 'mean', task: 'nounpp', condition: 'PS', half: 'discovery',
      n: 300, intact: 0.9, accuracy: 0.9 - drop, drop, dropLow: drop - 0.02, dropHigh: drop + 0.02, marginDrop: 0,
      marginDropLow: 0, marginDropHigh: 0, bandLow: -0.02, bandHigh: 0.02, marginBandLow: 0, marginBandHigh: 0,
      comparable: 20, p: 0.001, lossChange: null, shrinkage: null, shrinkageLow: null, shrinkageHigh: null,
    })
    const decoded = [row(1, 0.9, { q: 0.001 }), row(2, 0.1, { q: 0.001 }), row(3, 0.5)]
    const ranking = { analysis: 'unit-ranking', probe: 'number', rows: decoded } as const
    // the fourth costs something, but of so many units one would
    const costs = [removed(1, 0), removed(2, 0.2), removed(3, 0.3), { ...removed(4, 0.06), p: 0.3 }]
    const ablation = { analysis: 'ablation-sweep', site: '0.hidden', rows: costs, confirmed: [] } as const
    expect(describeUse(ranking, ablation, 1)[0].sentence).toContain(
      '2 units tell number, removing 2 units costs more in some condition than removing comparable units, corrected over all ' +
      'units and conditions, and 1 unit does both',
    )
  })
})
