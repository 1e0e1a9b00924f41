import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readTextCorpus } from '../../src/data/own-text.ts'
import { sentencesOf, type Reading } from '../../src/data/text.ts'
import { splitSentences, splitWords } from '../../src/data/tokenize.ts'

const lines: Reading = { unit: 'words', lines: true, split: 'spaces' }
const running: Reading = { unit: 'words', lines: false, split: 'punctuation' }
const characters: Reading = { unit: 'characters', lines: false, split: 'spaces' }

const folder = mkdtempSync(join(tmpdir(), 'rnn-probe-text-'))
afterAll(() => rmSync(folder, { recursive: true }))

function read(contents: string | Uint8Array, reading: Reading, limit: number | null = null) {
  const path = join(folder, 'text.txt')
  writeFileSync(path, contents)
  return readTextCorpus('my/text.txt', path, { ...reading, limit })
}

describe('a text', () => {
  it('of one sentence a line keeps its words as they are; empty lines end paragraphs', () => {
    expect(sentencesOf("the dog 's tail .\nit <unk> wags\n\n\nNew paragraph\n", lines)).toEqual([
      { tokens: ['the', 'dog', "'s", 'tail', '.'], paragraph: 0 },
      { tokens: ['it', '<unk>', 'wags'], paragraph: 0 },
      { tokens: ['New', 'paragraph'], paragraph: 1 },
    ])
  })

  it('that runs on is cut into sentences across line ends, not across paragraphs', () => {
    expect(sentencesOf('He came. She\nwent away\n\nA title\n\nThe end.', running)).toEqual([
      { tokens: ['He', 'came', '.'], paragraph: 0 },
      { tokens: ['She', 'went', 'away'], paragraph: 0 },
      { tokens: ['A', 'title'], paragraph: 1 },
      { tokens: ['The', 'end', '.'], paragraph: 2 },
    ])
  })

  it('of running characters keeps every character, the line ends as ends of sentences', () => {
    const text = 'if (a)\n\n\treturn 😀'
    const sentences = sentencesOf(text, characters)
    expect(sentences.map(({ tokens }) => tokens.join('')).join('\n')).toBe(text)
    expect(sentences.map(({ tokens }) => tokens.length)).toEqual([6, 0, 9])
    expect(read(text, characters).end).toBe('\n')
  })

  it('of one sequence of characters a line leaves empty lines out', () => {
    const sentences = sentencesOf('ab\n\ncd\n', { ...characters, lines: true })
    expect(sentences.map(({ tokens }) => tokens.join(''))).toEqual(['ab', 'cd'])
  })

  it('is the same with a byte order mark and with the line ends of Windows', () => {
    const { files, ...plain } = read('one two\nthree four\n', lines)
    const { files: others, ...windows } = read('\ufeffone two\r\nthree four\r\n', lines)
    expect(windows).toEqual(plain)
    expect(plain.documents).toHaveLength(2)
    expect([files, others]).toMatchObject([[{ path: 'my/text.txt', bytes: 19 }], [{ bytes: 24 }]])
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['is empty', '', /text\.txt is empty/],
    ['holds only spaces', ' \n\t\n', /text\.txt is empty/],
    ['is not UTF-8', Buffer.from('a\nbéb', 'latin1'), /text\.txt is not UTF-8 text: line 2 has the byte 0xe9/],
    ['is binary', 'a\nb\0c', /text\.txt is not a text file: line 2 holds a NUL byte/],
  ])('that %s is refused in a sentence', (_, contents, message) => {
    expect(() => read(contents, lines)).toThrow(message)
  })

  it('that is not there or is a folder is refused in a sentence', () => {
    const from = (path: string) => () => readTextCorpus('text', path, { ...lines, limit: null })
    expect(from(join(folder, 'none.txt'))).toThrow(/There is no file .*none\.txt/)
    expect(from(folder)).toThrow('is a folder')
  })

  it('of characters needs line ends, at which it is divided', () => {
    expect(() => read('one long line', characters)).toThrow('text.txt is one long line')
    expect(read('one long line', lines).documents).toHaveLength(1)
  })

  it('can be read up to a limit: whole lines, or else a part of the first', () => {
    const textOf = (text: string, limit: number) =>
      read(text, characters, limit).documents.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens.join('')))
    expect(textOf('ab\ncd\nef\n', 9)).toEqual(['ab', 'cd', 'ef'])
    expect(textOf('ab\ncd\nef\n', 8)).toEqual(['ab', 'cd'])
    expect(textOf('ab\ncd\nef\n', 6)).toEqual(['ab', 'cd'])
    expect(read('a😀b\nc', lines, 2).documents[0].sentences[0].tokens).toEqual(['a'])
    expect(read('ab\ncd\nef\n', characters, 6).sha256).toBe(read('ab\ncd\n', characters).sha256)
  })
})

describe('words of running text', () => {
  it.each([
    ['The keys on the table.', 'The keys on the table .'],
    ['"Don\'t," she said; \'never\'.', '" Don\'t , " she said ; \' never \' .'],
    ['Mr. Smith of the U.S. paid $3.50 (10,000 pence)...', 'Mr. Smith of the U.S. paid $3.50 ( 10,000 pence ) ...'],
    ['a well-known dog--that is, Atlanta’s', 'a well-known dog -- that is , Atlanta’s'],
    ['red,green <unk> café 10:30', 'red , green <unk> café 10:30'],
    ['Надя спит.', 'Надя спит .'],
  ])('%s', (text, words) => expect(splitWords(text).join(' ')).toBe(words))

  it('make sentences that end with their closing quotation marks', () => {
    const words = splitWords('"Go!" he said. (He went.) Where to? "Home."')
    expect(splitSentences(words).map((sentence) => sentence.join(' '))).toEqual([
      '" Go ! "', 'he said .', '( He went . )', 'Where to ?', '" Home . "',
    ])
  })
})
