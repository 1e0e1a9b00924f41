import { describe, expect, test } from 'vitest'
import type { NumberGapRow } from '../../../src/analysis/results.ts'
import { judgeDynamics } from '../../../src/report/verdicts/dynamics.ts'

/** The gaps of one cell after the words “the subject near the noun”, each with an interval of ± 0.05. */
const gapsOf = (gaps: readonly number[], changes: Partial<NumberGapRow> = {}): NumberGapRow[] =>
  gaps.map((gap, position) => ({
    model: 'lstm', seed: 1, unit: '0.7', site: 'cell', position, word: ['the', 'subject', 'near', 'the', 'noun'][position], subjectPosition: 1,
    n: 120, gap, low: gap - 0.05, high: gap + 0.05, deviation: 0.4, lastNounGap: 0.1, ...changes,
  }))
const judge = (...gaps: NumberGapRow[][]) => judgeDynamics({ analysis: 'dynamics', task: 'nounpp', rows: [], gaps: gaps.flat() }, 1)[0]

describe('a unit keeps the subject’s number', () => {
  test('where the difference lasts from the word at which it is largest, though that may come after the subject', () => {
    const verdict = judge(gapsOf([0, -0.05, 1.33, 1.5, 1.55]))
    expect(verdict).toEqual({
      judgement: 'found',
      sentence:
        'In this model the cell of unit 0.7 keeps the subject’s number up to the verb: plural less singular subjects, all other words the same, ' +
        'differ most after “noun”, by 1.55 [1.50, 1.60], and before the verb by 1.55 [1.50, 1.60], 3.9 standard deviations of the items; the ' +
        'last noun’s number moves it by 0.10 (n = 120 pairs of nounpp items that did not choose it, seed 1).',
    })
  })

  test.each([
    ['is hardly there', [0, 0, -0.01, -0.02, -0.12]],
    ['is lost before the verb', [0, 2, 1, 0.5, 0.1]],
    ['changes sides', [0, 2, 1, -1, -1.5]],
    ['changes sides on the way', [0, 2, -1, 1, 1.5]],
  ])('not where it %s', (_, gaps) => {
    expect(judge(gapsOf(gaps)).judgement).toBe('not found')
  })

  test('as a candidate where the last noun may move it as much, and not at all told of few pairs or one lemma', () => {
    expect(judge(gapsOf([0, 2, 1.5, 1.2, 1], { lastNounGap: 0.97 })).judgement).toBe('candidate')
    expect(judge(gapsOf([0, 2, 1.5, 1.2, 1], { lastNounGap: null })).judgement).toBe('found')
    expect(judge(gapsOf([0, 2, 2, 2, 2], { n: 20 })).judgement).toBe('cannot tell')
    expect(judge(gapsOf([0, 2, 2, 2, 2], { low: null, high: null })).judgement).toBe('cannot tell')
  })

  test('of several seeds with what is left and its size', () => {
    const { sentence } = judge(gapsOf([0, 2, 2, 2, 1]), gapsOf([0, 0.05, 1, 1, 1], { seed: 2 }), gapsOf([0, 0, 0, 0, 0], { seed: 3 }))
    expect(sentence).toContain('Of 3 seeds of lstm: found in 2 (67 % [21, 94]; seed 1, 2) and not found in 1 (seed 3). ')
    // left: 1/2 and 1; the third never differs. Sizes: 2.5, 2.5 and 0
    expect(sentence).toContain('what is left of its largest difference before the verb 75.0 % [0.0, 100.0] (2 seeds) and its size there 1.7 [')
  })
})
