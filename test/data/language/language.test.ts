import { expect, test } from 'vitest'
import { completeData, type LanguageInput } from '../../../src/data/config.ts'
import { loadDataset } from '../../../src/data/dataset.ts'
import { parseLanguage, wordOf } from '../../../src/data/language/language.ts'
import { decode, encode } from '../../../src/data/vocabulary.ts'

const load = (input: LanguageInput) => loadDataset(completeData(input), { baseDirectory: '.' })

test('one language has several spellings', () => {
  for (const spelling of ['a^n b^n c^n', 'aⁿbⁿcⁿ', 'anbncn', ' a^nb ⁿ c n']) {
    expect(parseLanguage(spelling)).toEqual({ name: 'a^n b^n c^n', letters: ['a', 'b', 'c'] })
  }
  expect(parseLanguage('0n1n').letters).toEqual(['0', '1'])
  expect(parseLanguage('nn mn').letters).toEqual(['n', 'm'])
})

test('what is no such language is said to be none, and why', () => {
  const advice = 'is not a language of counting words. Give every block a letter with the exponent n, as in a^n b^n.'
  for (const text of ['', 'ab', 'a^n b^m', 'a^2n b^n', 'a^n b', '(^n )^n', 'a^nn b^n', 'ⁿn bn']) {
    expect(() => parseLanguage(text)).toThrow(`${JSON.stringify(text)} ${advice}`)
  }
  expect(() => parseLanguage('a^n')).toThrow('"a^n" has 1 block. A language has 2 to 6, as in a^n b^n.')
  expect(() => parseLanguage('anbncndnenfngn')).toThrow('"anbncndnenfngn" has 7 blocks.')
  expect(() => parseLanguage('a^n b^n a^n')).toThrow(
    '"a^n b^n a^n" has two blocks of the letter a. Give every block a letter of its own.',
  )
})

test('a word has every block as long as the others', () => {
  expect(wordOf(parseLanguage('anbncn'), 2).join('')).toBe('aabbcc')
  expect(wordOf(parseLanguage('anbn'), 0)).toEqual([])
})

test('a dataset of a language is every word once, the test beyond it is empty', async () => {
  const dataset = await load({ language: 'anbn', longest: 3 })
  expect(dataset.vocabulary.tokens).toEqual(['<eos>', 'a', 'b'])
  expect(decode(dataset.vocabulary, dataset.training.tokens).join('')).toBe('ab<eos>aabb<eos>aaabbb<eos>')
  expect([...dataset.training.sentenceStarts]).toEqual([0, 3, 8])
  expect(dataset.validation).toBe(dataset.training)
  expect(dataset.test.documents).toEqual([])
  expect(dataset.counts).toMatchObject({ documents: 3, sentences: 3, tokens: 12 })
  expect(dataset.language).toEqual({ name: 'a^n b^n', letters: ['a', 'b'], longest: 3 })
  expect([...dataset.draws!]).toEqual([1 / 3, 1 / 3, 1 / 3])
})

test('the empty word is a sentence of its end alone, and is drawn, where it is in the language', async () => {
  const { training, vocabulary, draws } = await load({ language: 'anbn', longest: 2, empty: true })
  expect(decode(vocabulary, training.tokens).join('')).toBe('<eos>ab<eos>aabb<eos>')
  expect([...training.sentenceStarts]).toEqual([0, 1, 4])
  expect(draws).toHaveLength(3)
})

test('one rule is one dataset: spelling and distribution leave its words alone, lengths do not', async () => {
  const { sha256 } = await load({ language: 'anbn', longest: 3 })
  expect((await load({ language: 'aⁿ bⁿ', longest: 3, lengths: 'geometric' })).sha256).toBe(sha256)
  for (const other of [{ longest: 4 }, { longest: 3, empty: true }, { longest: 3, language: 'ancn' }]) {
    expect((await load({ language: 'anbn', ...other })).sha256).not.toBe(sha256)
  }
})

test('a letter of another language is unknown, and nothing stands for it', async () => {
  const { vocabulary } = await load({ language: 'anbn', longest: 1 })
  expect(() => encode(vocabulary, ['a', 'x'])).toThrow(
    '"x" is not known, and nothing stands for the unknown. Tokens are: <eos>, a, b.',
  )
})

test('words that do not fit into memory are refused with how much they take', async () => {
  const advice = 'Choose a smaller "longest".'
  // 12 bytes for each of 2 · (1 + … + 10⁶) symbols
  await expect(load({ language: 'anbn', longest: 1_000_000 })).rejects.toThrow(
    new RegExp(`^All words of a\\^n b\\^n up to n = 1000000 take 12001 GB of memory, and there are \\d+ GB. ${advice}$`),
  )
})

test('the defaults of a language are uniform lengths from 1 to 100; geometric ones have a fifth as mean', () => {
  expect(completeData({ language: 'anbn' })).toEqual({
    language: 'a^n b^n', longest: 100, lengths: 'uniform', mean: null, empty: false,
  })
  expect(completeData({ language: 'anbn', longest: 50, lengths: 'geometric' })).toMatchObject({ mean: 10 })
  expect(completeData({ language: 'anbn', longest: 3, lengths: 'geometric' })).toMatchObject({ mean: 2 })
})
