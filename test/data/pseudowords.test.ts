// Pairs of words that are written alike: chosen in the training text alone, as frequent as can be, of one part of speech.

import { expect, test } from 'vitest'
import { Random } from '../../src/core/random.ts'
import type { Document } from '../../src/data/corpus.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { choosePseudowords, writeAlike } from '../../src/data/pseudowords.ts'

const repeated = (word: string, tag: string, times: number) => Array.from({ length: times }, () => [word, tag] as const)
const document = (...pairs: (readonly [string, string])[]): Document => ({
  name: 'd', category: null, sentences: [{ tokens: pairs.map(([word]) => word), tags: pairs.map(([, tag]) => tag), paragraph: 0 }],
})
const training = [document(
  ...repeated('river', 'nn', 400), ...repeated('Table', 'nn', 390), ...repeated('night', 'nn', 200), ...repeated('song', 'nn', 150),
  ...repeated('run', 'vb', 300), ...repeated('run', 'nn', 100), // of two parts of speech
  ...repeated('walk', 'vb', 120), ...repeated('take', 'vb', 110), ...repeated('the', 'at', 500), ...repeated('seldom', 'rb', 99),
)]

test('neighbours in frequency make a pair, each word in one, of words that are frequent enough and of one part of speech', () => {
  const chosen = choosePseudowords(training, 3, new Random(1))
  expect(chosen.map(({ name }) => name).sort()).toEqual(['night/song', 'river/table', 'walk/take'])
  expect(chosen.find(({ name }) => name === 'walk/take')).toEqual({ name: 'walk/take', senses: ['walk', 'take'], tag: 'vb' })
  expect(choosePseudowords(training, 2, new Random(1))).toEqual(chosen.slice(0, 2))
  expect(() => choosePseudowords(training, 4, new Random(1))).toThrow('3 pairs of words that make pseudo-words, not 4. Write pseudowords: 3')
})

test('they are written alike whatever their case, and what was written is kept', () => {
  const pseudowords = choosePseudowords(training, 3, new Random(1))
  const given = [document(['The', 'at'], ['River', 'nn'], ['flows', 'vbz']), document(['a', 'at'])]
  const [{ sentences: [changed] }, untouched] = writeAlike(given, pseudowords)
  expect(changed).toMatchObject({ tokens: ['The', 'river/table', 'flows'], written: ['The', 'River', 'flows'], tags: ['at', 'nn', 'vbz'] })
  expect(untouched.sentences[0]).not.toHaveProperty('written')
})

test('Brown with pseudo-words has the same tokens but for these, and without them is what it was', async () => {
  const brown = {
    corpus: 'brown', unit: 'words', genres: ['A', 'B', 'C'], vocabulary: 3000, rare: 'unknown', lowercase: true, test: 0.2, validation: 0.05,
  } as const
  const load = (pseudowords?: number, vocabulary = 3000) =>
    loadDataset({ ...brown, vocabulary, ...(pseudowords && { pseudowords }) }, { baseDirectory: '.' })
  const [plain, alike] = [await load(), await load(5)]
  expect(plain.pseudowords).toEqual([])
  expect(alike.pseudowords).toHaveLength(5)
  const senses = new Map(alike.pseudowords.flatMap(({ name, senses }) => senses.map((word) => [word, name] as const)))
  const words = ({ test }: typeof plain) => test.documents.flatMap(({ sentences }) => sentences.flatMap(({ tokens }) => tokens))
  expect(words(alike)).toEqual(words(plain).map((word) => senses.get(word.toLowerCase()) ?? word))
  expect(words(alike)).not.toEqual(words(plain))
  for (const { name, senses: [one, other] } of alike.pseudowords) {
    expect(alike.vocabulary.tokens).toContain(name)
    expect(alike.vocabulary.tokens).not.toContain(one)
    expect(alike.vocabulary.tokens).not.toContain(other)
  }
  await expect(load(5, 5)).rejects.toThrow('known words. Raise vocabulary in data.')
})
