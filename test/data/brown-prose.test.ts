// Brown as it was printed: what the tagged files moved and doubled is put back.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { packageRoot } from '../../src/core/package-root.ts'
import { readBrownProse, typeset, wrap } from '../../src/data/brown-prose.ts'
import { completeData } from '../../src/data/config.ts'
import { countCorpus, type Document } from '../../src/data/corpus.ts'
import { loadDataset } from '../../src/data/dataset.ts'
import { decode } from '../../src/data/vocabulary.ts'

const straight = (tokens: string) => typeset(tokens.split(' '), 'straight')
const curly = (tokens: string) => typeset(tokens.split(' '), 'curly')

describe('a paragraph of Brown in print', () => {
  it.each([
    ["`` The pie is good , Scotty . I recommend it '' .", '"The pie is good, Scotty. I recommend it."'],
    ["He murmured , `` No , thanks '' , so softly .", 'He murmured, "No, thanks," so softly.'],
    ["`` Pardon '' ? ? `` Never '' ! !", '"Pardon?" "Never!"'],
    ['It was late ; ; he went .', 'It was late; he went.'],
    ["What `` he '' meant ; ; what `` she '' meant : all ( or `` none '' ) .",
      'What "he" meant; what "she" meant: all (or "none").'],
    ["`` It's ' See Joe , see Jim ' '' , he says .", `"It's 'See Joe, see Jim,'" he says.`],
    ["' You stunk ' '' . The boys' ' pro ' letters", `'You stunk.'" The boys' 'pro' letters`],
    ["his son -- Craig -- did `` Now , see here '' --", 'his son--Craig--did "Now, see here--"'],
    ["`` Unless '' -- He stopped . `` I ought to '' -- he said .", '"Unless--" He stopped. "I ought to"--he said.'],
    ['Henry 4 , , of Kan. . And of the U.S. , too', 'Henry 4, of Kan. And of the U.S., too'],
    ["a strip of 1/8'' '' brass , 12'' '' long", 'a strip of 1/8" brass, 12" long'],
    ['William A. ( ( Bill ) Shea , 50% & more', 'William A. (Bill) Shea, 50% & more'],
  ])('%s', (tokens, printed) => expect(straight(tokens)).toBe(printed))

  it('can have the marks of books', () => {
    expect(curly("`` Don't say ' no ' to 'em '' , she said -- so")).toBe('“Don’t say ‘no’ to ’em,” she said—so')
    expect(curly("12'' '' long")).toBe('12″ long')
  })
})

describe('a line', () => {
  it('is as long as it may be and ends between words', () => {
    expect(wrap('one two three four', 9)).toEqual(['one two', 'three', 'four'])
    expect(wrap('one two three four', 13)).toEqual(['one two three', 'four'])
  })

  it('that a word does not fit into holds that word', () => {
    expect(wrap('a verylongword b', 5)).toEqual(['a', 'verylongword', 'b'])
    expect(wrap('word', 1)).toEqual(['word'])
  })

  it('is the whole paragraph without a width', () => {
    expect(wrap('one two three', null)).toEqual(['one two three'])
  })
})

const textOf = ({ sentences }: Document) => sentences.map(({ tokens }) => `${tokens.join('')}\n`).join('')

describe('the fiction of Brown', async () => {
  const config = completeData({ corpus: 'brown', unit: 'characters' })
  const dataset = await loadDataset(config, { baseDirectory: '.' })
  const corpus = readBrownProse({ genres: ['K', 'L', 'M', 'N', 'P'], width: 72, quotes: 'straight' })

  it('begins as the book does', () => {
    const [first] = corpus.documents
    expect(first).toMatchObject({ name: 'ck01', category: 'K' })
    expect(textOf(first).split('\n').slice(0, 6)).toEqual([
      'Thirty-three',
      '',
      'Scotty did not go back to school. His parents talked seriously and',
      'lengthily to their own doctor and to a specialist at the University',
      'Hospital--Mr. McKinley was entitled to a discount for members of his',
      'family--and it was decided it would be best for him to take the',
    ])
    expect(textOf(first)).toMatch(/[^\n]\n\n$/)
  })

  it('is broken at its width, and without one has a line for each paragraph', () => {
    const lines = corpus.documents.flatMap(({ sentences }) => sentences.map(({ tokens }) => tokens.length))
    expect(Math.max(...lines)).toBe(72)
    const unbroken = readBrownProse({ genres: ['K', 'L', 'M', 'N', 'P'], width: null, quotes: 'straight' })
    const joined = corpus.documents.map((document) => textOf(document).replaceAll(/([^\n])\n(?!\n)/g, '$1 '))
    expect(unbroken.documents.map(textOf)).toEqual(joined)
    expect(unbroken.sha256).not.toBe(corpus.sha256)
  })

  it('has the spaces of print, no mark of the tagged files, and closes the quotations that it opens', () => {
    const { documents } = readBrownProse({ genres: ['K', 'L', 'M', 'N', 'P'], width: null, quotes: 'curly' })
    const text = documents.map(textOf).join('')
    expect(text).not.toMatch(/ [,.;:?!)]|``|''|\( | {2}|“ |\s”|\?\?|;;/)
    const count = (mark: string) => text.split(mark).length - 1
    expect(count('“') / count('”')).toBeCloseTo(1, 1.7)
  })

  it('has the counts, the division and the checksum of its README', () => {
    const readme = readFileSync(join(packageRoot(), 'data/brown/README.md'), 'utf8')
    const prose = readme.slice(readme.indexOf('## As prose'))
    const numbers = (row: string) => {
      const line = prose.split('\n').find((text) => text.startsWith(`| ${row} |`)) ?? ''
      return line.split('|').slice(2, -1).map(Number)
    }
    const parts = { all: corpus, training: dataset.training, validation: dataset.validation, test: dataset.test }
    for (const [name, part] of Object.entries(parts)) {
      const { documents, paragraphs, sentences: lines, tokens } = countCorpus(part.documents)
      expect(numbers(name), name).toEqual([documents, paragraphs, lines, tokens + lines])
    }
    expect(numbers('different characters')).toEqual([new Set(corpus.documents.map(textOf).join('')).size])
    expect(prose).toContain(corpus.sha256)
  })

  it('can be written back from what a model reads; a character outside the vocabulary is unknown', async () => {
    const { training, vocabulary } = dataset
    expect(decode(vocabulary, training.tokens).join('')).toBe(training.documents.map(textOf).join(''))
    const small = await loadDataset({ ...config, vocabulary: 20 }, { baseDirectory: '.' })
    expect(small.vocabulary.tokens).toHaveLength(22)
    const read = decode(small.vocabulary, small.training.tokens)
    expect(read.slice(0, 12).join('')).toBe('<unk>hirty<unk>three')
    expect(read).toHaveLength(training.tokens.length)
  })
})
