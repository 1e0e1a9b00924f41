// What people type and what Brown writes.

import { expect, test } from 'vitest'
import { marksOf } from '../../src/data/quotation-marks.ts'
import type { Vocabulary } from '../../src/data/vocabulary.ts'

function vocabulary(...words: string[]): Vocabulary {
  return { kind: 'words', tokens: ['<eos>', '<unk>', ...words], rare: 'unknown', lowercase: true, end: '<eos>' }
}

const brown = vocabulary('``', "''", "don't", 'go')

test('a model of Brown reads typed quotation marks as its own, every second straight one closing', () => {
  expect(marksOf(brown, ['"', 'go', '"', '“', 'go', '”', '"'])).toEqual(['``', 'go', "''", '``', 'go', "''", '``'])
})

test('a curly apostrophe is a straight one where the word is not known with it', () => {
  expect(marksOf(brown, ['Don’t', 'can’t'])).toEqual(["Don't", "can't"])
  expect(marksOf(vocabulary('don’t'), ['don’t'])).toEqual(['don’t'])
})

test('a model that knows what was typed, or has no marks of its own, reads it as it is', () => {
  expect(marksOf(vocabulary('"', '``', "''"), ['"'])).toEqual(['"'])
  expect(marksOf(vocabulary('go'), ['"', 'go'])).toEqual(['"', 'go'])
})
