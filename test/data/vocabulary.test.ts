import { describe, expect, it } from 'vitest'
import type { Document } from '../../src/data/corpus.ts'
import { placeholderOf, PLACEHOLDERS } from '../../src/data/parts-of-speech.ts'
import { buildVocabulary, decode, encode, endId, tokenId, type VocabularyOptions } from '../../src/data/vocabulary.ts'

const words = { unit: 'words', end: '<eos>' } as const

function documentOf(...sentences: string[]): Document[] {
  const split = sentences.map((text) => ({ tokens: text.split(' '), paragraph: 0 }))
  return [{ name: 'text', category: null, sentences: split }]
}

function build(documents: readonly Document[], options: Partial<VocabularyOptions> = {}) {
  return buildVocabulary(documents, words, { size: 'all', rare: 'unknown', lowercase: true, ...options })
}

describe('a vocabulary', () => {
  it('puts the end of a sentence and placeholders first, then words by frequency, ties in code unit order', () => {
    const { tokens } = build(documentOf('the dog saw The cat', 'a dog ran'))
    expect(tokens).toEqual(['<eos>', '<unk>', 'dog', 'the', 'a', 'cat', 'ran', 'saw'])
  })

  it('keeps the most frequent words; the others become <unk>', () => {
    const vocabulary = build(documentOf('the dog saw the cat', 'a dog ran'), { size: 2 })
    expect(vocabulary.tokens).toEqual(['<eos>', '<unk>', 'dog', 'the'])
    const ids = encode(vocabulary, ['The', 'cat', 'saw', 'DOG'])
    expect(decode(vocabulary, ids)).toEqual(['the', '<unk>', '<unk>', 'dog'])
    expect(tokenId(vocabulary, 'cat')).toBeUndefined()
    expect(tokenId(vocabulary, 'Dog')).toBe(2)
  })

  it('tells upper from lower case where it is told to', () => {
    const vocabulary = build(documentOf('The the the'), { lowercase: false })
    expect(encode(vocabulary, ['The', 'the', 'THE'])).toEqual(Int32Array.of(3, 2, 1))
  })

  it('reads a rare word without a tag as the training text mostly had it, a tagged one by its tag', () => {
    const tagged = [
      { tokens: ['the', 'keys', 'the', 'run'], tags: ['at', 'nns', 'at', 'nn'], paragraph: 0 },
      { tokens: ['the', 'Run', 'run', 'de', 'the'], tags: ['at', 'vb', 'vb', 'fw-in', 'at'], paragraph: 0 },
    ]
    const documents = [{ name: 'text', category: null, sentences: tagged }]
    const vocabulary = build(documents, { size: 1, rare: 'part-of-speech' })
    expect(vocabulary.rareWords).toEqual({ '<NNS>': ['keys'], '<VB>': ['run'] })
    const read = (words: string[], tags?: string[]) => decode(vocabulary, encode(vocabulary, words, tags))
    expect(read(['The', 'Keys', 'run', 'de', 'zebra'])).toEqual(['the', '<NNS>', '<VB>', '<unk>', '<unk>'])
    expect(read(['run', 'zebra'], ['nn', 'nns'])).toEqual(['<NN>', '<NNS>'])
    expect(build(documents, { size: 1 }).rareWords).toBeUndefined()
  })

  it('holds a placeholder once that the text itself writes', () => {
    expect(build(documentOf('<unk> dog <unk> <eos>')).tokens).toEqual(['<eos>', '<unk>', 'dog'])
  })

  it('replaces rare words by their part of speech, and without a tag by <unk>', () => {
    const vocabulary = build(documentOf('the the'), { rare: 'part-of-speech' })
    const tokens = ['the', 'newt', 'newts', 'newt', 'schadenfreude']
    expect(decode(vocabulary, encode(vocabulary, tokens, ['at', 'nn', 'nns', 'nn$', 'fw-nn']))).toEqual(
      ['the', '<NN>', '<NNS>', '<NN$>', '<unk>'],
    )
    expect(decode(vocabulary, encode(vocabulary, ['newts']))).toEqual(['<unk>'])
  })

  it('of running characters ends its lines with the line end of the text', () => {
    const documents = [{ name: 'text', category: null, sentences: [{ tokens: [...'añ😀a'], paragraph: 0 }] }]
    const options = { size: 'all', rare: 'unknown', lowercase: false } as const
    const vocabulary = buildVocabulary(documents, { unit: 'characters', end: '\n' }, options)
    expect(vocabulary.tokens).toEqual(['\n', '<unk>', 'a', 'ñ', '😀'])
    expect(endId(vocabulary)).toBe(0)
    expect(encode(vocabulary, ['a', 'z'])).toEqual(Int32Array.of(2, 1))
  })

  it('does not decode an id outside', () => {
    expect(() => decode(build(documentOf('dog')), [3])).toThrow('id 3')
  })
})

describe('the placeholder of a tag', () => {
  it.each([
    ['nn', '<NN>'], ['nns', '<NNS>'], ['nns$', '<NNS$>'], ['np', '<NNP>'], ['vb', '<VB>'], ['vbz', '<VBZ>'],
    ['doz*', '<VBZ>'], ['np+bez', '<NNP>'], ['ppss+md', '<PRP>'], ['jjt', '<JJS>'], ['od', '<JJ>'], ['cs', '<IN>'],
  ])('%s is %s', (tag, placeholder) => expect(placeholderOf(tag)).toBe(placeholder))

  it.each(['fw-nns', 'nil', '``', '--', '*', ''])('of %j is none', (tag) => expect(placeholderOf(tag)).toBeNull())

  it('is one of the list', () => {
    for (const tag of ['nr', 'bedz', 'wrb', 'uh', 'dti', 'hvn']) expect(PLACEHOLDERS).toContain(placeholderOf(tag))
    expect(new Set(PLACEHOLDERS).size).toBe(PLACEHOLDERS.length)
  })
})
