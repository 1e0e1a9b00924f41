import { expect, test } from 'vitest'
import type { PairShareRow } from '../../../src/analysis/results.ts'
import { judgePairs } from '../../../src/report/verdicts/minimal-pairs.ts'

function row(changes: Partial<PairShareRow> = {}): PairShareRow {
  return {
    model: 'lstm', seed: 1, task: 'nounpp', by: 'all', group: 'all', scoring: 'word', n: 600, clusters: 600, right: 0.9, low: 0.87,
    high: 0.92, margin: 1.2, marginLow: 1.1, marginHigh: 1.3, unigram: 0.5, ngram: 0.55, gain: 0.35, gainLow: 0.3, gainHigh: 0.4, ...changes,
  }
}

const judged = (...rows: readonly PairShareRow[]) => judgePairs(rows, 1)[0]

test('preferred beyond what counting explains, with the weakest group', () => {
  const weakest = row({ by: 'condition', group: 'SP', n: 300, right: 0.7, low: 0.64, high: 0.75 })
  const { judgement, sentence } = judged(row(), weakest, row({ by: 'condition', group: 'SS', n: 300 }))
  expect(judgement).toBe('found')
  expect(sentence).toContain('preferred more often than counting explains: in 90.0 % [87.0, 92.0] of the pairs of nounpp, 35.0 points [30.0, 40.0] beyond the 5-gram model, trained on this experiment’s text (55.0 %)')
  expect(sentence).toContain('the least, 70.0 % [64.0, 75.0], where condition is SP')
})

test('a part of the pairs in which the wrong one is preferred', () => {
  const parts = [row({ by: 'condition', group: 'SP', n: 300, right: 0.2, low: 0.15, high: 0.25 }), row({ by: 'condition', group: 'SS', n: 300 })]
  expect(judged(row(), ...parts)).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('in a part of the pairs: the right one in 90.0 %') })
  expect(judged(row(), { ...parts[0], n: 30 }, parts[1]).judgement).toBe('found')
})

test('one group of many that is below chance by chance changes nothing', () => {
  const groups = Array.from({ length: 67 }, (_, index) => row({ by: 'condition', group: `uid-${index}`, n: 100, right: index === 7 ? 0.38 : 0.8, low: 0.29, high: index === 7 ? 0.475 : 0.87 }))
  expect(judged(row(), ...groups).judgement).toBe('found')
  expect(judged(row(), ...groups.slice(6, 9)).judgement).toBe('not found')
})

test('counting explains it, nothing does, the wrong one, and too few', () => {
  expect(judged(row({ ngram: 0.95, gain: -0.05, gainLow: -0.08, gainHigh: -0.02 }))).toMatchObject({ judgement: 'candidate', sentence: expect.stringContaining('which counting can explain, too') })
  expect(judged(row({ unigram: 0.95 })).sentence).toContain('beyond the unigram model, trained on this experiment’s text (95.0 %)')
  expect(judged(row({ right: 0.5, low: 0.46, high: 0.54 }))).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('neither of two sentences') })
  expect(judged(row({ right: 0.3, low: 0.26, high: 0.34 }))).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('the wrong one of two') })
  expect(judged(row({ n: 270, clusters: 30 }))).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('fewer than 50 decide nothing') })
})

test('one sentence has no interval, and is one sentence', () => {
  const { sentence } = judged(row({ n: 1, clusters: 1, right: 1, gain: 1, gainLow: null, gainHigh: null }))
  expect(sentence).toContain('100.0 points beyond')
  expect(sentence).toContain('n = 1, 1 sentence, 95 %')
})
