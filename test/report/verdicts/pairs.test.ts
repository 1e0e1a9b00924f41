import { describe, expect, it } from 'vitest'
import type { AgreementPairRow } from '../../../src/analysis/results.ts'
import { judgePairs } from '../../../src/report/verdicts/pairs.ts'

function row(task: string, conditions: string, together: number, changes: Partial<AgreementPairRow> = {}): AgreementPairRow {
  return {
    model: 'lstm', seed: 1, task, conditions, n: 600, lemmas: 500, together, low: together - 0.05,
    high: together + 0.05, ngram: 0.5, ...changes,
  }
}

const nounpp = [row('nounpp', 'SS and PS', 0.84), row('nounpp', 'SP and PP', 0.82)]

describe('pairs that differ in the subject alone', () => {
  it('show that it moves the choice, tasks with a noun between first, those of one judgement together', () => {
    expect(judgePairs([row('simple', 'S and P', 0.95), ...nounpp], 1)).toEqual([{
      judgement: 'found',
      sentence:
        'In this model the subject’s number moves the choice of the verb, once what the verb prefers is taken out: of ' +
        'pairs of nounpp items that differ in it alone, 84.0 % [79.0, 89.0] of SS and PS and 82.0 % [77.0, 87.0] of SP ' +
        'and PP are right together; of the 5-gram model 50.0 %; simple comes to the same judgement (n = 600 pairs each, ' +
        '95 % interval clustered by lemma, chance 50 %, seed 1).',
    }])
  })

  it('do not show it where the interval is near chance, or a model that counts does as well', () => {
    expect(judgePairs([row('nested', 'SS and PS', 0.51)], 1)[0].judgement).toBe('not found')
    expect(judgePairs([row('simple', 'S and P', 0.9, { ngram: 0.9 })], 1)[0].judgement).toBe('cannot tell')
    expect(judgePairs([row('nested', 'SS and PS', 0.55, { low: 0.46, high: 0.64 })], 1)[0].judgement).toBe('cannot tell')
  })

  it('decide nothing where they are few', () => {
    const [verdict] = judgePairs(nounpp.map((each) => ({ ...each, n: 40 })), 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('40 pairs of items, and fewer than 50 decide nothing')
  })
})
