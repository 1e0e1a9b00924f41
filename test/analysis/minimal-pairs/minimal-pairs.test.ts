// Margins of minimal pairs beside sums of surprisals, and shares beside counting by hand.

import { expect, test } from 'vitest'
import { minimalPairs, publishedShares } from '../../../src/analysis/minimal-pairs/minimal-pairs.ts'
import { encode, endId } from '../../../src/data/vocabulary.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { trainNgram, trainUnigram } from '../../../src/model/ngram.ts'
import { score } from '../../../src/recording/score.ts'
import type { MinimalPair } from '../../../src/tasks/minimal-pairs/pair.ts'
import { modelWithVocabulary, randomTokens } from '../../small.ts'

const engine = await loadEngine({ threads: 1 })
const model = modelWithVocabulary('lstm')
const { vocabulary } = model
const text = randomTokens(300, 9, 'text')
const counting = { vocabulary: 9, end: endId(vocabulary), starts: [0] }
const options = { by: ['condition'], unigram: trainUnigram(text, counting), ngram: trainNgram(text, { ...counting, order: 3 }), resamples: 100 }

const words = (...ids: readonly number[]) => ids.map((id) => `word${id}`)
const pairs: MinimalPair[] = Array.from({ length: 12 }, (_, index) => {
  const before = words(2 + (index % 5), 3 + (index % 3))
  const [right, wrong] = index % 2 === 0 ? words(7, 8) : words(8, 7)
  return {
    id: String(index), cluster: String(index >> 1), condition: index < 4 ? 'a' : 'b', target: 2, columns: {},
    right: [...before, right, 'word4'], wrong: [...before, wrong, 'word4'], published: { theirs: index % 3 === 0 ? 1 : 0 },
  }
})

async function sums(sentence: readonly string[]) {
  const [surprisals] = await score(model, [{ tokens: Int32Array.of(...encode(vocabulary, sentence), endId(vocabulary)) }], { engine })
  return { whole: -surprisals.reduce((sum, value) => sum + value, 0), word: -surprisals[2] }
}

test.each(['word', 'sentence'] as const)('a margin (%s) is the difference of two log probabilities', async (scoring) => {
  const { rows, pairs: scored } = await minimalPairs(engine, { name: 'lstm', seed: 1, model }, 'file', pairs, { ...options, scoring })
  const margins = await Promise.all(pairs.map(async ({ right, wrong }) => {
    const [good, bad] = await Promise.all([sums(right), sums(wrong)])
    return scoring === 'word' ? good.word - bad.word : good.whole - bad.whole
  }))
  scored.forEach(({ margin }, index) => expect(margin).toBeCloseTo(margins[index], 5))
  const share = (own: readonly number[]) => own.filter((margin) => margin > 0).length / own.length
  expect(rows.map(({ by, group, n, clusters, right }) => ({ by, group, n, clusters, right }))).toEqual([
    { by: 'all', group: 'all', n: 12, clusters: 6, right: share(margins) },
    { by: 'condition', group: 'a', n: 4, clusters: 2, right: share(margins.slice(0, 4)) },
    { by: 'condition', group: 'b', n: 8, clusters: 4, right: share(margins.slice(4)) },
  ])
})

test('a unigram model prefers the commoner word, whatever stands before it', async () => {
  const { rows: [all] } = await minimalPairs(engine, { name: 'lstm', seed: 1, model }, 'file', pairs, { ...options, scoring: 'word' })
  const [seven, eight] = [7, 8].map((id) => text.filter((token) => token === id).length)
  expect(seven).not.toBe(eight)
  expect(all.unigram).toBe(0.5) // half of the pairs have it as the right one
})

test('shares that the file brings along are of the same groups', () => {
  expect(publishedShares('file', pairs, ['condition'])).toEqual([
    { task: 'file', by: 'all', group: 'all', source: 'theirs', n: 12, right: 4 / 12 },
    { task: 'file', by: 'condition', group: 'a', source: 'theirs', n: 4, right: 2 / 4 },
    { task: 'file', by: 'condition', group: 'b', source: 'theirs', n: 8, right: 2 / 8 },
  ])
})
