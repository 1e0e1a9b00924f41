import { describe, expect, it } from 'vitest'
import type { FoundUnitRow } from '../../../src/analysis/results.ts'
import { judgeFinding, judgeUnit } from '../../../src/report/verdicts/finding.ts'

const QUOTES: FoundUnitRow = {
  model: 'gru', seed: 1, probe: 'inside-quotes', question: 'Is it quoted?', answers: 'yes-no', unit: '1.hidden.41',
  site: '1.hidden', score: 0.03, heldOut: 0.04, low: 0.02, high: 0.06, shrinkage: 0.02, n: 12_000, documents: 11,
  information: 0.5, entropy: 0.6, correlation: 0.8, chanceBest: 0.1, p: 0.01, q: 0.02, untrained: 0.4, rotated: 0.7,
  nextProbe: null, nextScore: null, selectivity: null,
}
const LINE: FoundUnitRow = {
  ...QUOTES, probe: 'line-position', answers: 'amount', unit: '0.hidden.3', heldOut: 0.8, low: 0.7, high: 0.9,
  untrained: 0.1, rotated: 0.4,
}

describe('a unit', () => {
  it.each<[string, FoundUnitRow, string]>([
    ['is found on either side of chance', QUOTES, 'found'],
    ['is found for an amount', LINE, 'found'],
    ['needs an interval beyond chance', { ...QUOTES, high: 0.5 }, 'not found'],
    ['has to beat the deals after correction', { ...QUOTES, q: 0.06 }, 'not found'],
    ['has to tell half of the way to certainty', { ...QUOTES, heldOut: 0.26, low: 0.2, high: 0.3 }, 'not found'],
    ['has to tell more than the untrained network', { ...QUOTES, untrained: 0.97 }, 'not found'],
    ['is a candidate where rotated axes do as well', { ...QUOTES, rotated: 0.97 }, 'candidate'],
    ['is left open in two documents', { ...QUOTES, documents: 2 }, 'cannot tell'],
    ['is left open without an interval', { ...QUOTES, low: null, high: null }, 'cannot tell'],
  ])('%s', (_, row, judgement) => {
    expect(judgeUnit(row)).toBe(judgement)
  })
})

describe('the sentence', () => {
  it('turns an area below one half, and gives its bounds where there is no unit', () => {
    const none: FoundUnitRow = { ...LINE, heldOut: -0.12, low: -0.2, high: -0.05 }
    const { judgement, sentence } = judgeFinding([QUOTES, none], 'In the model gru')
    expect(judgement).toBe('found')
    expect(sentence).toBe(
      'In the model gru single units tell inside-quotes (1.hidden.41, lower for yes, AUC 0.96 [0.94, 0.98]); there is none for ' +
        'line-position (at best 0.hidden.3, r = −0.12 [−0.20, −0.05]) (in 11 documents in which no unit was chosen, up to ' +
        '12,000 places, labels dealt in whole blocks, Benjamini–Hochberg over 2 probes, seed 1).',
    )
  })

  it('claims nothing where no probe has a unit', () => {
    const { judgement, sentence } = judgeFinding([{ ...QUOTES, q: 1 }], 'In the model gru')
    expect(judgement).toBe('not found')
    expect(sentence).toMatch(/^In the model gru no single unit tells the answer of a probe; there is none for inside-quotes \(at best /)
  })
})
