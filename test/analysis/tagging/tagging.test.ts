// Shares of right tags beside counts that can be made by hand, and taggers that are trained on a language in which the tag
// of a word is what stands to its right.

import { beforeAll, describe, expect, test } from 'vitest'
import { countTags } from '../../../src/analysis/tagging/most-frequent-tag.ts'
import { predictTags } from '../../../src/analysis/tagging/predict-tags.ts'
import {
  resampleDocuments, rightContextRows, taggingRows, wordRows, type TaggedTexts,
} from '../../../src/analysis/tagging/tagging.ts'
import { taggingText } from '../../../src/analysis/tagging/tagging-text.ts'
import { Random } from '../../../src/core/random.ts'
import type { Document } from '../../../src/data/corpus.ts'
import { encodePart } from '../../../src/data/dataset.ts'
import { taggedSentences, tagsOf } from '../../../src/data/tagging.ts'
import { buildVocabulary } from '../../../src/data/vocabulary.ts'
import type { Engine } from '../../../src/engine/engine.ts'
import { loadEngine } from '../../../src/engine/load.ts'
import { startingWeights } from '../../../src/model/initialization.ts'
import { DEFAULT_DRAWN } from '../../../src/training/config.ts'
import { train } from '../../../src/training/train.ts'
import { smallConfig } from '../../engine/models.ts'

const sentence = (text: string) => {
  const pairs = text.split(' ').map((pair) => pair.split('/'))
  return { tokens: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag), paragraph: 0 }
}
const document = (name: string, ...sentences: string[]): Document => ({ name, category: null, sentences: sentences.map(sentence) })

describe('the most frequent tag', () => {
  const counted = countTags([document('d', 'run/vb run/vb run/nn The/at the/at once/rb twice/rb twice/cd')], true)

  test('is that of the word, whatever its case; of an unknown word that of words that occur once', () => {
    expect(['run', 'RUN', 'the', 'twice', 'xyzzy'].map((word) => counted.tagOf(word))).toEqual(['vb', 'vb', 'at', 'cd', 'rb'])
  })

  test('comes with what training says of the word', () => {
    expect(['run', 'the', 'xyzzy'].map((word) => counted.kindOf(word))).toEqual(['ambiguous', 'unambiguous', 'unknown'])
  })
})

describe('rows', () => {
  const training = [document('d', 'run/vb run/vb run/nn the/at cat/nn')]
  const held = [document('a', 'the/at run/nn', 'run/vb'), document('b', 'run/nn cat/nn new/jj')]
  const vocabulary = buildVocabulary(training, { unit: 'words', end: '<eos>' }, { size: 'all', rare: 'unknown', lowercase: true })
  const tags = ['at', 'nn', 'vb']
  const text = taggingText(encodePart(held, vocabulary), tags, countTags(training, true))
  const drawn = resampleDocuments(text, 100)
  const both: TaggedTexts = {
    name: 'both', seed: 1, bidirectional: true, validation: Uint8Array.of(1, 1, 1, 1, 1, 0), test: Uint8Array.of(1, 1, 1, 0, 1, 0),
  }
  const one: TaggedTexts = { ...both, name: 'one', validation: Uint8Array.of(1, 0, 1, 0, 1, 0), test: Uint8Array.of(1, 0, 1, 0, 0, 0) }

  test('count tokens by what training says of their words, beside the baseline', () => {
    const rows = taggingRows(both, text, drawn)
    expect(rows.map(({ group, n, right, baseline }) => [group, n, right, baseline])).toEqual([
      ['all', 6, 4 / 6, 3 / 6], // the baseline says vb of every run, and of new the tag of words that occur once: at
      ['ambiguous', 3, 2 / 3, expect.closeTo(1 / 3, 12)],
      ['unambiguous', 2, 1, 1],
      ['unknown', 1, 0, 0],
    ])
    expect(rows.every(({ documents }) => documents === 2)).toBe(true)
    // resamples of two documents: both as they are, the first twice, the second twice
    expect([rows[1].low, rows[1].high]).toEqual([0, 1])
  })

  test('set both directions beside one on the same tokens', () => {
    const [all, ambiguous] = rightContextRows(both, one, text, drawn)
    expect(all).toMatchObject({ model: 'both', against: 'one', right: 4 / 6, rightAgainst: 2 / 6, helped: 2, hurt: 0 })
    expect(ambiguous).toMatchObject({ n: 3, gain: 1 / 3, helped: 1, hurt: 0 })
    expect(rightContextRows(one, both, text, drawn)[0]).toMatchObject({ gain: -2 / 6, helped: 0, hurt: 2 })
  })

  test('choose words in one text and count them in another', () => {
    expect(wordRows(both, one, { validation: text, test: text }, 5)).toEqual([{
      model: 'both', seed: 1, against: 'one', word: 'run', chosenBy: 2, n: 3,
      baseline: 1 / 3, rightAgainst: 1 / 3, right: 2 / 3,
    }])
    expect(wordRows(one, both, { validation: text, test: text }, 5)).toEqual([])
    expect(wordRows(both, one, { validation: text, test: text }, 0)).toEqual([])
  })
})

describe('a language in which the next word decides the tag', () => {
  let engine: Engine
  beforeAll(async () => { engine = await loadEngine({ threads: 1 }) })

  /** `x/a y`, `x/b z`: the tag of x is told by what follows it, as often one as the other. */
  const random = new Random('right context')
  const pairs = () => Array.from({ length: 1 + random.integer(4) }, () => (random.integer(2) ? 'x/a y/c' : 'x/b z/c')).join(' ')
  const documents = Array.from({ length: 20 }, (_, index) => document(`d${index}`, ...Array.from({ length: 10 }, pairs)))
  const vocabulary = buildVocabulary(documents, { unit: 'words', end: '<eos>' }, { size: 'all', rare: 'unknown', lowercase: true })
  const [training, held] = [documents.slice(0, 14), documents.slice(14)].map((part) => encodePart(part, vocabulary))
  const tags = tagsOf({ name: 'xyz', training, vocabulary })

  const accuracy = async (bidirectional: boolean, cell: 'lstm' | 'gru after' | 'rnn tanh') => {
    const size = { layers: 1, units: 6, embedding: 6, vocabulary: vocabulary.tokens.length, tags: tags.length }
    const config = smallConfig(cell, bidirectional ? { ...size, bidirectional } : size)
    const { model } = await train({
      engine,
      model: { config, vocabulary, tags, weights: startingWeights(config, 1) },
      data: { training: taggedSentences(training, tags), validation: taggedSentences(held, tags), probabilities: null },
      config: { ...DEFAULT_DRAWN, updates: 300, learningRate: 0.03, evaluations: 1 },
      seed: 1,
    })
    const text = taggedSentences(held, tags)
    const said = await predictTags(engine, model, text)
    const ambiguous = [...text.tags.keys()].filter((place) => tags[text.tags[place]] !== 'c')
    return ambiguous.filter((place) => said[place] === text.tags[place]).length / ambiguous.length
  }

  test.each(['lstm', 'gru after', 'rnn tanh'] as const)('is learned from both ends (%s), and not from left to right', async (cell) => {
    expect(await accuracy(true, cell)).toBe(1)
    // of some 140 tokens, each a coin: 0.5 give or take three standard errors
    expect(Math.abs((await accuracy(false, cell)) - 0.5)).toBeLessThan(0.13)
  })
})
