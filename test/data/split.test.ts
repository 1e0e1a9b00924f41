import { describe, expect, it } from 'vitest'
import { blocksOf, splitDocuments } from '../../src/data/split.ts'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('the division of documents', () => {
  it('gives each document to exactly one part, in order', () => {
    const { training, validation, test } = splitDocuments(numbers(40), { test: 0.2, validation: 0.05 })
    expect([training.length, validation.length, test.length]).toEqual([30, 2, 8])
    expect([...training, ...validation, ...test].sort((a, b) => a - b)).toEqual(numbers(40))
    for (const part of [training, validation, test]) expect([...part].sort((a, b) => a - b)).toEqual(part)
  })

  it('is the same every time', () => {
    const shares = { test: 0.2, validation: 0.05 }
    expect(splitDocuments(numbers(500), shares)).toEqual(splitDocuments(numbers(500), shares))
  })

  it('keeps the test part when the validation part grows', () => {
    const small = splitDocuments(numbers(100), { test: 0.2, validation: 0.05 })
    const large = splitDocuments(numbers(100), { test: 0.2, validation: 0.1 })
    expect(large.test).toEqual(small.test)
  })

  it('gives a part at least one document unless its share is 0', () => {
    const { validation, test } = splitDocuments(numbers(5), { test: 0, validation: 0.01 })
    expect([validation.length, test.length]).toEqual([1, 0])
  })

  it('says so where nothing is left to train on', () => {
    expect(() => splitDocuments(numbers(2), { test: 0.2, validation: 0.05 })).toThrow(
      'The text has 2 documents or sentences; test (0.2) and validation (0.05) leave nothing to train on.',
    )
    expect(() => splitDocuments(numbers(10), { test: 0.5, validation: 0.5 })).toThrow('nothing to train on')
  })
})

describe('blocks of sentences', () => {
  const sentences = (count: number) => numbers(count).map((number) => ({ tokens: [String(number)], paragraph: 0 }))

  it('are 100 of about equal length that hold every sentence in order', () => {
    const blocks = blocksOf(sentences(1234))
    expect(blocks).toHaveLength(100)
    expect(blocks.flatMap((block) => block.sentences)).toEqual(sentences(1234))
    expect(new Set(blocks.map((block) => block.sentences.length))).toEqual(new Set([12, 13]))
  })

  it('are single sentences of a short text', () => {
    expect(blocksOf(sentences(3)).map((block) => block.sentences.length)).toEqual([1, 1, 1])
  })
})
