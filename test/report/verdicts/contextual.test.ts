// Sentences about the layers of bidirectional language models: planted gains, none, and too little to tell.

import { expect, test } from 'vitest'
import { judgeDirections, judgeMix, judgeSenses } from '../../../src/report/verdicts/contextual.ts'
import { contextualResult, senseRows } from '../contextual-fixture.ts'

test('the mix beside the top layer, the best single one, the untrained network and counting', () => {
  expect(judgeMix(contextualResult(), 1)).toEqual([{
    judgement: 'found',
    sentence:
      'In this model a mix of all layers says more of a part of speech than the top one alone: 91.0 % of the tokens of ambiguous ' +
      'words beside 88.0 %, a gain of 3.0 points [2.0, 4.0]; of single layers layer 1 tells most (90.0 %); the untrained network ' +
      '73.0 %, the most frequent part of speech of each word 82.0 %; beyond a control task it is 31.0 points, 28.0 for the top ' +
      'layer; of all tokens the mix tells 93.0 %, the most frequent part of speech of each word, counted in the whole training ' +
      'text, 90.0 % (linear probes, n = 12,000, 95 % interval by bootstrap over 100 documents, seed 1).',
  }])
  expect(judgeMix(contextualResult({ gainLow: -0.001 }), 1)[0]).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('it cannot be told') })
  const worse = contextualResult()
  const gains = worse.gains.map((row) => ({ ...row, gain: -0.02, gainLow: -0.03, gainHigh: -0.01 }))
  expect(judgeMix({ ...worse, gains }, 1)[0]).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('says no more') })
  expect(judgeMix(contextualResult({ gainLow: null }), 1)[0]).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('it cannot be told') })
  expect(judgeMix(contextualResult({ documents: 9 }), 1)[0].judgement).toBe('cannot tell')
})

test('senses of pseudo-words: told, not told, too few', () => {
  expect(judgeSenses(senseRows(0.8), 1)[0]).toMatchObject({
    judgement: 'found',
    sentence: expect.stringMatching(/80\.0 % \[78\.0, 82\.0\] of the tokens .* in layer 2 \(the embedding 52\.0 % and layer 1 74\.0 %\); in the untrained network 60\.0 %, and the more frequent word is right on 52\.0 % \(n = 6,000, 60 pseudo-words/),
  })
  expect(judgeSenses(senseRows(0.7), 1)[0].sentence).toContain('in layer 2 (the embedding 52.0 % and layer 1 74.0 %);')
  expect(judgeSenses(senseRows(0.63), 1)[0]).toMatchObject({ judgement: 'candidate', sentence: expect.stringContaining('a network that has learned nothing') })
  expect(judgeSenses(senseRows(0.53), 1)[0]).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('it cannot be told') })
  expect(judgeSenses(senseRows(0.49), 1)[0]).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('do not tell two words apart') })
  expect(judgeSenses(senseRows(0.8, 9), 1)[0].judgement).toBe('cannot tell')
  expect(judgeSenses([], 1)).toEqual([])
})

test('both halves beside counting from the same end', () => {
  const { perplexity } = contextualResult()
  expect(judgeDirections(perplexity, 1)[0]).toMatchObject({
    judgement: 'found',
    sentence:
      'In this model both halves predict better than counting: perplexity on the test text is forward 148.0, a 5-gram model from the ' +
      'same end 190.0: a gain of 0.250 nats a token [0.200, 0.300]; backward 149.0, a 5-gram model from the same end 190.0: a gain of ' +
      '0.250 nats a token [0.200, 0.300] (95 % intervals by bootstrap over 100 documents, seed 1).',
  })
  const changed = (gainLow: number | null, gainHigh: number | null) => judgeDirections(perplexity.map((row) => ({ ...row, gainLow, gainHigh })), 1)[0]
  expect(changed(-0.2, -0.1)).toMatchObject({ judgement: 'not found', sentence: expect.stringContaining('counting predicts better than a half') })
  expect(changed(-0.1, 0.1)).toMatchObject({ judgement: 'cannot tell', sentence: expect.stringContaining('it cannot be told whether both') })
  expect(changed(null, null).judgement).toBe('cannot tell')
  expect(judgeDirections(contextualResult({ documents: 5 }).perplexity, 1)[0].judgement).toBe('cannot tell')
})
