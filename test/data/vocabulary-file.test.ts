import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readVocabulary, type VocabularyFileOptions } from '../../src/data/vocabulary-file.ts'

let folder = ''
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'probe-vocabulary-')) })
afterAll(() => rmSync(folder, { recursive: true }))

function read(text: string, options?: VocabularyFileOptions) {
  const path = join(folder, 'vocabulary')
  writeFileSync(path, text)
  return readVocabulary(path, options)
}

test('a token a line, the line its id', () => {
  const vocabulary = read('<unk>\nthe\n<eos>\nCat\n')
  expect(vocabulary).toEqual({
    kind: 'words', tokens: ['<unk>', 'the', '<eos>', 'Cat'], rare: 'unknown', lowercase: false, end: '<eos>',
  })
})

test('lines of Windows, and words in lower case alone', () => {
  expect(read('the\r\n<eos>\r\ncat\r\n')).toMatchObject({ tokens: ['the', '<eos>', 'cat'], lowercase: true })
})

test('JSON as a list, or with ids; characters know themselves', () => {
  expect(read('["\\n", "a", "B"]')).toMatchObject({ kind: 'characters', tokens: ['\n', 'a', 'B'], end: '\n', lowercase: false })
  expect(read('{"b": 2, "\\n": 0, "a": 1}')).toMatchObject({ kind: 'characters', tokens: ['\n', 'a', 'b'], lowercase: true })
})

test('other shapes in which programs keep their ids', () => {
  const tokens = ['<eos>', 'the', '7']
  expect(read('<eos>\t0\n7\t2\nthe\t1\n').tokens).toEqual(tokens)
  expect(read('{"0": "<eos>", "2": "7", "1": "the"}').tokens).toEqual(tokens)
  expect(read('{"word2idx": {"the": 1, "<eos>": 0, "7": 2}, "idx2word": ["<eos>", "the", "7"]}').tokens).toEqual(tokens)
})

test('a first word that is a bracket makes no JSON', () => {
  expect(read('[\nthe\n<eos>\n').tokens).toEqual(['[', 'the', '<eos>'])
})

test('the usual names of what ends and what is unknown, or those that are given', () => {
  expect(read('</s>\n<UNK>\nthe\n')).toMatchObject({ tokens: ['</s>', '<unk>', 'the'], end: '</s>' })
  expect(read('stop\nOTHER\nthe\n', { end: 'stop', unknown: 'OTHER' })).toMatchObject({ tokens: ['stop', '<unk>', 'the'], end: 'stop' })
  expect(read('<eos>\na\nb\n', { unit: 'words' }).kind).toBe('words')
})

test.each([
  ['the\ncat\n', {}, 'no token for the end of a sentence ("<eos>", "</s>"'],
  ['<eos>\nthe\nthe\n', {}, 'has the token "the" twice, with the ids 1 and 2.'],
  ['<eos>\nthe\n', { end: 'stop' }, 'has no token "stop".'],
  ['{"<eos>": 0, "the": 2}', {}, 'the token "the" has the id 2. Ids are 0 to 1, each once.'],
  ['{"<eos>": 0, "the": 0}', {}, 'the token "the" has the id 0.'],
  ['["<eos>", 3]', {}, 'the token with the id 1 is no text: 3.'],
])('%j is refused', (text, options, message) => {
  expect(() => read(text, options)).toThrow(message)
})
