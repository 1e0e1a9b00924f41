import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/core/package-root.ts'
import { completeData, type DataInput } from '../../src/data/config.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { decode } from '../../src/data/vocabulary.ts'

const folder = mkdtempSync(join(tmpdir(), 'rnn-probe-dataset-'))
const lines = Array.from({ length: 40 }, (_, index) => `Sentence ${index} of\tforty`)
beforeAll(() => writeFileSync(join(folder, 'text.txt'), lines.join('\n')))
afterAll(() => rmSync(folder, { recursive: true }))

const load = (input: DataInput) => loadDataset(completeData(input), { baseDirectory: folder })

describe('a dataset', () => {
  it('is the text itself, sentence by sentence, each followed by the end', async () => {
    const dataset = await load({ text: 'text.txt' })
    expect(dataset.counts).toMatchObject({ documents: 40, sentences: 40, tokens: 160 })
    const { tokens, documents, sentenceStarts, documentStarts } = dataset.training
    const lower = (words: readonly string[]) => words.map((word) => word.toLowerCase())
    const expected = documents.map(({ sentences: [sentence] }) => [...lower(sentence.tokens), '<eos>'])
    // Numbers of held-out sentences are not in the vocabulary; those of the training part all are.
    expect(decode(dataset.vocabulary, tokens)).toEqual(expected.flat())
    expect([...sentenceStarts]).toEqual(expected.map((_, index) => index * 5))
    expect(documentStarts).toEqual(sentenceStarts)
    const unknown = decode(dataset.vocabulary, dataset.test.tokens).filter((word) => word === '<unk>')
    expect(unknown).toHaveLength(dataset.test.documents.length)
  })

  it('of running characters can be written back', async () => {
    const { training, validation, test, vocabulary } = await load({ text: 'text.txt', unit: 'characters' })
    expect(vocabulary.kind).toBe('characters')
    const written = [training, validation, test].map(({ tokens }) => decode(vocabulary, tokens).join('')).join('')
    expect(written.trim().split('\n').sort()).toEqual([...lines].sort())
  })

  it('of a grammar depends on its own seed', async () => {
    const grammar = join(packageRoot(), 'data/grammars/agreement.yaml')
    const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => load({ grammar, sentences: 200, seed })))
    expect(again).toEqual(first)
    expect(other.sha256).not.toBe(first.sha256)
    expect(first.counts).toMatchObject({ documents: 100, sentences: 200 })
  })

  it('cannot replace rare words by parts of speech that the text does not have', async () => {
    await expect(load({ text: 'text.txt', rare: 'part-of-speech' })).rejects.toThrow(
      'text.txt has no parts of speech, which "rare: part-of-speech" needs. Write "rare: unknown".',
    )
  })
})

describe('the defaults of a data section', () => {
  it('are those of Linzen et al. for Brown', () => {
    expect(completeData({ corpus: 'brown', vocabulary: undefined })).toEqual({
      corpus: 'brown',
      unit: 'words',
      genres: 'all',
      vocabulary: 5000,
      rare: 'part-of-speech',
      lowercase: true,
      test: 0.2,
      validation: 0.05,
    })
  })

  it('are lines of fiction for the characters of Brown', () => {
    expect(completeData({ corpus: 'brown', unit: 'characters' })).toEqual({
      corpus: 'brown',
      unit: 'characters',
      genres: ['K', 'L', 'M', 'N', 'P'],
      width: 72,
      quotes: 'straight',
      vocabulary: 'all',
      rare: 'unknown',
      lowercase: false,
      test: 0.2,
      validation: 0.05,
    })
    expect(completeData({ corpus: 'brown', unit: 'characters', width: null })).toMatchObject({ width: null })
  })

  it('fit the unit of own text', () => {
    const words = completeData({ text: 'a', unit: 'words' })
    expect(words).toMatchObject({ lines: true, split: 'spaces', lowercase: true, vocabulary: 10_000 })
    expect(completeData({ text: 'a', lines: false })).toMatchObject({ unit: 'words', split: 'punctuation' })
    const characters = completeData({ text: 'a', unit: 'characters' })
    expect(characters).toMatchObject({ lines: false, lowercase: false, vocabulary: 'all' })
  })
})
