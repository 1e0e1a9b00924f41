// Sentences about taggers: planted gains, none, the wrong way, and too few documents.

import { expect, test } from 'vitest'
import type { RightContextRow, TaggingRow } from '../../../src/analysis/results.ts'
import { judgeRightContext, judgeTagging } from '../../../src/report/verdicts/tagging.ts'

function row(changes: Partial<TaggingRow> = {}): TaggingRow {
  return {
    model: 'bilstm', seed: 1, group: 'ambiguous', n: 95_000, documents: 100, right: 0.93, low: 0.926, high: 0.934,
    baseline: 0.86, gain: 0.07, gainLow: 0.066, gainHigh: 0.074, ...changes,
  }
}
const all = row({ group: 'all', n: 240_000, right: 0.955, baseline: 0.93 })

function pair(changes: Partial<RightContextRow> = {}): RightContextRow {
  return {
    model: 'bilstm', seed: 1, against: 'lstm', group: 'ambiguous', n: 95_000, right: 0.93, rightAgainst: 0.9,
    gain: 0.03, gainLow: 0.027, gainHigh: 0.033, helped: 4800, hurt: 1900, ...changes,
  }
}
const judged = (changes: Partial<RightContextRow>, documents = 100) =>
  judgeRightContext([pair({ group: 'all' }), pair(changes)], [all, row({ documents })], 2)[0]

test('what stands to the right helps, and by how much', () => {
  expect(judged({})).toEqual({
    judgement: 'found',
    sentence:
      'In the model bilstm what stands to the right of a word helps to tag it: 93.0 % of the tokens of ambiguous words are tagged ' +
      'right, 90.0 % by lstm, which reads from left to right, and 86.0 % by the most frequent tag of each word: a gain of 3.0 ' +
      'points [2.7, 3.3]; 4,800 tokens are right only with both directions, 1,900 only without (n = 95,000, 95 % interval by ' +
      'bootstrap over 100 documents, seed 1).',
  })
})

test('it helps nothing, it hurts, and nobody can tell', () => {
  expect(judged({ gain: 0.001, gainLow: -0.001, gainHigh: 0.003 })).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('it cannot be told whether what stands') })
  expect(judged({ gain: -0.02, gainLow: -0.03, gainHigh: -0.01 })).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('helps nothing') })
  expect(judged({}, 9).judgement).toBe('cannot tell')
  expect(judgeRightContext([pair({ group: 'all' })], [all], 2)[0]).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('no word of the training text has several tags') })
  expect(judged({ gainLow: null, gainHigh: null }).judgement).toBe('cannot tell')
})

test('every tagger is set beside the one that counts; seeds are counted', () => {
  expect(judgeTagging([all, row()], 1)[0]).toMatchObject({
    judgement: 'found',
    sentence: expect.stringMatching(/^In this model the context of a word says more than the word alone: 93\.0 % \[92\.6, 93\.4\] .* 7\.0 points \[6\.6, 7\.4\] beyond .*; of all tokens 95\.5 % beside 93\.0 %/),
  })
  const seeds = [1, 2, 3].flatMap((seed) => [{ ...all, seed }, row({ seed, ...(seed === 3 && { gainLow: -0.02, gainHigh: -0.01 }) })])
  const [{ judgement, sentence }] = judgeTagging(seeds, 1)
  expect(judgement).toBe('found')
  expect(sentence).toMatch(/^Of 3 seeds of bilstm: found in 2 \(67 % \[21, 94\]; seed 1, 2\) and not found in 1 \(seed 3\)\./)
})
