import { describe, expect, it } from 'vitest'
import type { AgreementTrendRow } from '../../../src/analysis/results.ts'
import { judgeDistance } from '../../../src/report/verdicts/distance.ts'

function row(slope: number, changes: Partial<AgreementTrendRow> = {}): AgreementTrendRow {
  return {
    model: 'lstm', seed: 1, task: 'brown', n: 1650, apart: 290, lemmas: 900, slope, low: slope - 0.006,
    high: slope + 0.006, farthest: 13, majority: 0, unigram: 0, lastNoun: 0, ngram: -0.02, ...changes,
  }
}

const judge = (trend: AgreementTrendRow) => judgeDistance([trend], 1)[0]

describe('what distance costs', () => {
  it('is found where accuracy surely falls with each word', () => {
    expect(judge(row(-0.03))).toEqual({
      judgement: 'found',
      sentence:
        'In this model distance between subject and verb costs accuracy in brown: it changes by −3.0 [−3.6, −2.4] ' +
        'points with each word; the 5-gram model changes by −2.0 (least squares over all n = 1,650 items without ' +
        'attractors, 290 of them with 1 to 13 words between, 95 % interval clustered by subject, seed 1).',
    })
  })

  it('is not found where it surely falls by less than a point a word, or rises', () => {
    for (const slope of [0, 0.02]) expect(judge(row(slope)).judgement).toBe('not found')
    expect(judge(row(0.02)).sentence).toContain('costs less than 1 point a word in brown: accuracy changes by 2.0 [1.4, 2.6]')
  })

  it('cannot be told from a wide interval', () => {
    const verdict = judge(row(-0.01, { low: -0.03, high: 0.01 }))
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('includes no change and a loss of more than 1 point a word')
  })

  it('cannot be told where few verbs stand apart from their subjects, or all subjects are one lemma', () => {
    const few = judge(row(-0.3, { apart: 49 }))
    expect(few.judgement).toBe('cannot tell')
    expect(few.sentence).toContain('49 items without attractors have a word between, and fewer than 50 decide nothing')
    expect(judge(row(-0.3, { low: null, high: null })).judgement).toBe('cannot tell')
  })
})
