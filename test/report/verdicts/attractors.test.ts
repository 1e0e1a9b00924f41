import { describe, expect, it } from 'vitest'
import type { AgreementGroupRow } from '../../../src/analysis/results.ts'
import { judgeAttractors } from '../../../src/report/verdicts/attractors.ts'

function row(group: string, accuracy: number, changes: Partial<AgreementGroupRow> = {}): AgreementGroupRow {
  const attracted = group.includes('attractor')
  return {
    model: 'lstm', seed: 1, task: 'brown', by: 'attractors', group, n: 200,
    lemmas: 90, accuracy, low: accuracy - 0.04, high: accuracy + 0.04, margin: 1, marginLow: 0.5, marginHigh: 1.5,
    majority: 0.6, unigram: 0.55, lastNoun: attracted ? 0 : 1, ngram: attracted ? 0.2 : 0.85, ...changes,
  }
}

describe('what attractors cost', () => {
  it('is found where the intervals are apart, against nouns of the same number', () => {
    const rows = [row('no noun', 0.94), row('nouns alike', 0.95), row('1 attractor', 0.3)]
    expect(judgeAttractors([...rows, row('2+ attractors', 0.1, { n: 20 })], 1)).toEqual([{
      judgement: 'found',
      sentence:
        'In this model a noun of the other number between subject and verb costs 65.0 points in brown: 95.0 % ' +
        '[91.0, 99.0] right with only nouns of the same number between, 30.0 % [26.0, 34.0] right with 1 attractor; ' +
        'there the commoner number, the best baseline, is right on 60.0 % (n = 200 and 200, too few for a claim: 2+ ' +
        'attractors: 20, 95 % interval clustered by subject, chance 50 %, seed 1).',
    }])
  })

  it('is not found where the cost is surely small', () => {
    const close = { low: 0.93, high: 0.97 }
    const [verdict] = judgeAttractors([row('no noun', 0.95), row('nouns alike', 0.95), row('1 attractor', 0.95, close)], 1)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('costs less than 5.0 points in brown')
  })

  it('cannot be told from overlapping intervals', () => {
    const wide = { low: 0.6, high: 0.93 }
    const [verdict] = judgeAttractors([row('no noun', 0.94), row('nouns alike', 0.95), row('1 attractor', 0.8, wide)], 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('because the intervals overlap')
  })

  it('cannot be told from fewer than 50 items, whatever they say', () => {
    const few = { n: 49, low: 0, high: 0.1 }
    const [verdict] = judgeAttractors([row('no noun', 0.94), row('nouns alike', 0.95), row('1 attractor', 0, few)], 1)
    expect(verdict).toEqual({
      judgement: 'cannot tell',
      sentence:
        'In this model brown cannot show whether a noun of the other number between subject and verb costs accuracy: ' +
        'at most 49 items have it, and fewer than 50 decide nothing (seed 1).',
    })
  })

  it('is not asked of a task that varies in two ways only', () => {
    expect(judgeAttractors([row('nouns alike', 0.9), row('1 attractor', 0.2)], 1)).toEqual([])
  })
})
