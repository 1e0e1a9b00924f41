import { describe, expect, it } from 'vitest'
import type { AgreementRow } from '../../../src/analysis/results.ts'
import { judgeAgreement } from '../../../src/report/verdicts/agreement.ts'

/** An item set whose last noun is the subject's opposite in SP and PS. */
function row(condition: string, accuracy: number, changes: Partial<AgreementRow> = {}): AgreementRow {
  const incongruent = new Set(condition).size > 1
  return {
    model: 'lstm', seed: 1, task: 'nounpp', condition, n: 600, lemmas: 200,
    accuracy, low: accuracy - 0.05, high: accuracy + 0.05, margin: 1, marginLow: 0.5, marginHigh: 1.5,
    majority: condition[0] === 'S' ? 1 : 0, unigram: 0.5,
    lastNoun: incongruent ? 0 : 1, ngram: incongruent ? 0.2 : 0.9, ...changes,
  }
}

describe('a model that tracks the subject', () => {
  it('is found to, beside its best baseline', () => {
    const [verdict] = judgeAgreement([row('SS', 0.97), row('SP', 0.84), row('PS', 0.86), row('PP', 0.99)], 1)
    expect(verdict).toEqual({
      judgement: 'found',
      sentence:
        'In this model the verb agrees with its subject across a noun of the other number in nounpp: right on SP ' +
        '84.0 % [79.0, 89.0] and PS 86.0 % [81.0, 91.0]; the best baseline, the commoner number, is right on 50.0 % ' +
        'of the same items (n = 600 each, 95 % interval clustered by lemma, chance 50 %, seed 1).',
    })
  })
})

describe('a model that fails', () => {
  it('is said to follow the last noun', () => {
    const [verdict] = judgeAgreement([row('SS', 0.97), row('SP', 0.26), row('PS', 0.86), row('PP', 0.99)], 1)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain(
      'agreement fails on nounpp SP (singular subjects before a plural noun) with 26.0 % [21.0, 31.0] right, below ' +
        'chance: there this model follows the last noun. It succeeds on PS 86.0 % [81.0, 91.0], so where nouns ' +
        'disagree it leans to the plural verb.',
    )
  })

  it('on both sides leans to neither', () => {
    const [verdict] = judgeAgreement([row('SP', 0.2), row('PS', 0.1)], 1)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).toContain('nounpp SP (singular subjects before a plural noun) with 20.0 %')
    expect(verdict.sentence).not.toContain('leans')
  })

  it('without attractors is below chance, not a follower of nouns', () => {
    const [verdict] = judgeAgreement([row('S', 0.3, { task: 'simple' }), row('P', 0.9, { task: 'simple' })], 1)
    expect(verdict.judgement).toBe('not found')
    expect(verdict.sentence).not.toContain('last noun there')
  })
})

describe('data that cannot decide', () => {
  it('is too small', () => {
    const [verdict] = judgeAgreement([row('SP', 0.9, { n: 12 }), row('PS', 0.9, { n: 20 }), row('SS', 1)], 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('has at most 20 items, and fewer than 50 decide nothing')
  })

  it('has intervals that include chance', () => {
    const [verdict] = judgeAgreement([row('SP', 0.52), row('PS', 0.9)], 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('the interval of SP 52.0 % [47.0, 57.0] includes chance')
  })

  it('is as easy for the 5-gram model', () => {
    const easy = { task: 'simple', ngram: 1 }
    const [verdict] = judgeAgreement([row('S', 0.99, easy), row('P', 0.98, easy)], 1)
    expect(verdict.judgement).toBe('cannot tell')
    expect(verdict.sentence).toContain('the 5-gram model is right on 100.0 %')
  })
})

describe('several tasks and models', () => {
  it('get a verdict each, telling tasks first', () => {
    const rows = [row('S', 0.99, { task: 'simple' }), row('SP', 0.8), row('PS', 0.8)]
    const both = [...rows, ...rows.map((each) => ({ ...each, model: 'gru' }))]
    expect(judgeAgreement(both, 2).map(({ sentence }) => sentence.slice(0, 22))).toEqual([
      'In the model lstm the ', 'In the model gru the v', 'In the model lstm the ', 'In the model gru the v',
    ])
  })

  it('share a sentence where tasks come to the same, those with attractors of both numbers first', () => {
    const fails = (task: string, ...conditions: string[]) => conditions.map((each) => row(each, 0.2, { task }))
    const rows = [...fails('namepp', 'PS'), ...fails('nounpp', 'SP', 'PS'), ...fails('nested', 'SPP', 'PSS')]
    const verdicts = judgeAgreement([...rows, row('S', 0.99, { task: 'simple', majority: 0.5 })], 1)
    expect(verdicts.map(({ judgement }) => judgement)).toEqual(['not found', 'found'])
    expect(verdicts[0].sentence).toContain('agreement fails on nounpp SP')
    expect(verdicts[0].sentence).toContain(
      'is right on 50.0 %; nested and namepp come to the same judgement (n = 600 each, 95 %',
    )
  })
})
