import { describe, expect, it } from 'vitest'
import type { FoundUnitRow } from '../../../src/analysis/results.ts'
import { judgeFinding, judgeUnit } from '../../../src/report/verdicts/finding.ts'
import { FOUND } from './finding-fixture.ts'

const LINE: FoundUnitRow = {
  ...FOUND, probe: 'line-position', answers: 'amount', unit: '0.hidden.3', heldOut: 0.8, low: 0.7, high: 0.9,
  untrained: 0.1, rotated: 0.4,
}

describe('a unit', () => {
  it.each<[string, FoundUnitRow, string]>([
    ['is found on either side of chance', FOUND, 'found'],
    ['is found for an amount', LINE, 'found'],
    ['needs an interval beyond chance', { ...FOUND, high: 0.5 }, 'not found'],
    ['has to beat the deals after correction', { ...FOUND, q: 0.06 }, 'not found'],
    ['has to tell half of the way to certainty', { ...FOUND, heldOut: 0.26, low: 0.2, high: 0.3 }, 'not found'],
    ['has to tell more than the untrained network', { ...FOUND, untrained: 0.97 }, 'not found'],
    ['is a candidate where rotated axes do as well', { ...FOUND, rotated: 0.97 }, 'candidate'],
    ['is left open in two documents', { ...FOUND, documents: 2 }, 'cannot tell'],
    ['is left open without an interval', { ...FOUND, low: null, high: null }, 'cannot tell'],
  ])('%s', (_, row, judgement) => {
    expect(judgeUnit(row)).toBe(judgement)
  })
})

describe('the sentence', () => {
  it('turns an area below one half, and gives its bounds where there is no unit', () => {
    const none: FoundUnitRow = { ...LINE, heldOut: -0.12, low: -0.2, high: -0.05 }
    const { judgement, sentence } = judgeFinding([FOUND, none], 'In the model gru')
    expect(judgement).toBe('found')
    expect(sentence).toBe(
      'In the model gru single units tell inside-quotes (1.hidden.41, lower for yes, AUC 0.96 [0.94, 0.98]); there is none for ' +
        'line-position (at best 0.hidden.3, r = −0.12 [−0.20, −0.05]) (in 11 documents in which no unit was chosen, up to ' +
        '12,000 places, labels dealt in whole blocks, Benjamini–Hochberg over 2 probes, seed 1).',
    )
  })

  it('claims nothing where no probe has a unit', () => {
    const { judgement, sentence } = judgeFinding([{ ...FOUND, q: 1 }], 'In the model gru')
    expect(judgement).toBe('not found')
    expect(sentence).toMatch(/^In the model gru no single unit tells the answer of a probe; there is none for inside-quotes \(at best /)
  })
})
