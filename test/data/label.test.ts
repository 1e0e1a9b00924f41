// Answers stand where the tokens of a dataset stand, and do not depend on where a text was cut.

import { expect, test } from 'vitest'
import { insideQuotes } from '../../probes/inside-quotes.ts'
import { linePosition } from '../../probes/line-position.ts'
import type { Document } from '../../src/data/corpus.ts'
import { encodePart } from '../../src/data/dataset.ts'
import { labelDocuments } from '../../src/data/label.ts'
import { blocksOf } from '../../src/data/split.ts'
import { sentencesOf } from '../../src/data/text.ts'
import { buildVocabulary, decode } from '../../src/data/vocabulary.ts'
import { defineProbe } from '../../src/probe.ts'

const TEXT = 'He said, "one\ntwo" and\nthree.\n\n"Four,\nfive."\n'
const sentences = sentencesOf(TEXT, { unit: 'characters', lines: false, split: 'spaces' })
const echo = defineProbe({
  name: 'echo', question: 'What is it?', answers: 'category', reference: 'none',
  label: ({ tokens, tags }) => tokens.map((token, at) => token + (tags?.[at] ?? '')),
})

test('there is one answer for each encoded token', () => {
  const documents = blocksOf(sentences)
  const options = { size: 'all', rare: 'unknown', lowercase: false } as const
  const vocabulary = buildVocabulary(documents, { unit: 'characters', end: '\n' }, options)
  const { tokens } = encodePart(documents, vocabulary)
  expect(labelDocuments(echo, documents, '\n').flat()).toEqual(decode(vocabulary, tokens))
})

test('blocks of a text have the answers of the whole text', () => {
  const whole: Document = { name: 'whole', category: null, sentences }
  for (const probe of [insideQuotes, linePosition]) {
    const [answers] = labelDocuments(probe, [whole], '\n')
    const blocks = blocksOf(sentences)
    expect(blocks).toHaveLength(6)
    expect(labelDocuments(probe, blocks, '\n').flat()).toEqual(answers)
    const [, second, , , fifth] = blocks
    expect(labelDocuments(probe, [fifth, second], '\n').flat()).toEqual([
      ...answers.slice(31, 38), ...answers.slice(14, 23),
    ])
  }
})

test('a document of its own is answered alone; a tag goes with its word', () => {
  const one = { name: 'one', category: null, sentences: [{ tokens: ['It', 'is'], tags: ['/a', '/b'], paragraph: 0 }] }
  expect(labelDocuments(echo, [one, one], '.')).toEqual([['It/a', 'is/b', '..'], ['It/a', 'is/b', '..']])
})
