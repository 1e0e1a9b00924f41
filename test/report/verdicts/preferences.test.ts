import { describe, expect, it } from 'vitest'
import { judgeCrossed, judgeInfluence, judgeObjects } from '../../../src/report/verdicts/preferences.ts'
import { influenceRow, preferenceRow } from '../preferences-fixture.ts'

describe('crossed pairs', () => {
  const parts = [
    preferenceRow('crossed', 'up to 3 words between', { n: 60, ngram: 0.675 }),
    preferenceRow('crossed', '4 or more words between', { n: 40, right: 0.687, low: 0.55, high: 0.79, ngram: 0.5 }),
  ]

  it('show that words go together where the interval is above chance', () => {
    expect(judgeCrossed([preferenceRow('crossed', 'all'), ...parts], 1)).toEqual([{
      judgement: 'found',
      sentence:
        'In this model words say which other words go with them: of crossed pairs, in which each noun is right once and ' +
        'wrong once, 70.0 % [62.0, 78.0] are right together, of the 5-gram model 58.0 %; with up to 3 words between 70.0 % ' +
        '[62.0, 78.0] (5-gram model 67.5 %) and with 4 or more words between 68.7 % [55.0, 79.0] (5-gram model 50.0 %, n = ' +
        '40, too few for a claim) (n = 127 pairs, 95 % interval clustered by words, chance 50 %, seed 1).',
    }])
  })

  it('do not show it where the interval is near chance, and cannot tell between', () => {
    const judged = (changes: object) => judgeCrossed([preferenceRow('crossed', 'all', changes)], 1)[0].judgement
    expect(judged({ right: 0.49, low: 0.46, high: 0.53 })).toBe('not found')
    expect(judged({ right: 0.55, low: 0.46, high: 0.64 })).toBe('cannot tell')
    expect(judged({ n: 40 })).toBe('cannot tell')
  })
})

describe('real objects', () => {
  const judged = (changes: object) => judgeObjects([preferenceRow('objects', 'all', { n: 2672, ...changes })], 1)[0]

  it('must be expected more than the best model that counts explains', () => {
    const verdict = judged({ ngram: 0.6, counted: 0.61 })
    expect(verdict.judgement).toBe('found')
    expect(verdict.sentence).toContain(
      'real objects of verbs are expected more than counting explains: 70.0 % [62.0, 78.0] are preferred to a noun as ' +
        'frequent; the best baseline, the noun that training had more often with the verb, prefers 61.0 %',
    )
    expect(judged({ ngram: 0.75 }).judgement).toBe('not found')
    expect(judged({ ngram: 0.7, high: 0.8 }).judgement).toBe('cannot tell')
    expect(judged({ n: 49 }).judgement).toBe('cannot tell')
  })

  it('name those that training never had with the verb', () => {
    const unseen = preferenceRow('objects', 'never seen with the verb', { right: 0.65, low: 0.6, high: 0.7 })
    const [verdict] = judgeObjects([preferenceRow('objects', 'all'), unseen], 1)
    expect(verdict.sentence).toContain('Of objects that training never had with the verb it is 65.0 % [60.0, 70.0] against 58.0 %')
  })
})

describe('the influence of the verb', () => {
  it('is found, refuted or undecided by its interval, and undecided of few sentences', () => {
    const judged = (changes: object) => judgeInfluence([influenceRow('the verb', changes), influenceRow('3–5 words before the verb')], 1)[0]
    expect(judged({})).toEqual({
      judgement: 'found',
      sentence:
        'In this model the verb makes its object expected: with the verb left out, the object loses 0.31 nats [0.16, 0.48] ' +
        'against a noun as frequent, and to first order, by gradient times embedding, it is 0.08 [0.00, 0.15], and 0.31 [0.16, 0.48] without a word of those 3–5 words before the verb (n = 994 ' +
        'sentences, correlation of deletion with attribution 0.57, 95 % interval clustered by verb and object, seed 1).',
    })
    expect(judged({ deletion: -0.3, deletionLow: -0.4, deletionHigh: -0.2 }).judgement).toBe('not found')
    expect(judged({ deletionLow: -0.1 }).judgement).toBe('cannot tell')
    expect(judged({ n: 30 })).toEqual({
      judgement: 'cannot tell',
      sentence:
        'In this model it cannot be told which words make the object expected: 30 sentences, and fewer than 50 decide ' +
        'nothing (seed 1).',
    })
  })
})
