// Probes of prose on small texts, their answers drawn below them: # yes, . no, ? not decided.

import { describe, expect, test } from 'vitest'
import { capitalisedWord } from '../../probes/capitalised-word.ts'
import { insideParentheses } from '../../probes/inside-parentheses.ts'
import { insideQuotes } from '../../probes/inside-quotes.ts'
import { insideUrl } from '../../probes/inside-url.ts'
import { linePosition } from '../../probes/line-position.ts'
import { lineRemaining } from '../../probes/line-remaining.ts'
import { wordPosition } from '../../probes/word-position.ts'
import { readBrownProse } from '../../src/data/brown-prose.ts'
import { amounts, answered } from './picture.ts'

const holds = (probe: Parameters<typeof answered>[0], drawing: string) =>
  expect(answered(probe, drawing)).toBe(drawing)

describe('quotation marks', () => {
  test.each([
    'He said "go" now.\n' +
    '........###......',
    '“Go,” he said. „So“ und „so” «oui»\n' +
    '####...........###......###..####.',
    '"Go⏎\n' +
    '####\n' +
    'on," and went.\n' +
    '###...........',
    '"I--" "--went," he--"yes"--said\n' +
    '####..########......####.......',
    '("Yes") \'"No"\' ["so"]\n' +
    '.####....###....###..',
    '"He said \'no\' to Bill\'s," he said\n' +
    '########################.........',
    'No mark at all\n' +
    '..............',
  ])('%s', (drawing) => holds(insideQuotes, drawing))

  test('of talk over several paragraphs are closed by the end of each', () => {
    holds(insideQuotes,
      '"One.⏎⏎"Two." No.⏎⏎No.\n' +
      '######.#####..........')
  })

  test('that nothing closes decide nothing up to the end of the paragraph', () => {
    holds(insideQuotes,
      'So "one.⏎⏎No "two".⏎\n' +
      '...??????....####...')
    holds(insideQuotes,
      'So “a whole⏎document\n' +
      '...?????????????????')
  })

  test('that do not come in pairs decide nothing from the first of them on', () => {
    holds(insideQuotes,
      'A "6" pipe," he said.⏎ ⏎Yes.\n' +
      '..????????????????????......')
    holds(insideQuotes,
      'A 6" pipe\n' +
      '...??????')
    holds(insideQuotes,
      'He “said “no” to\n' +
      '...?????????????')
    holds(insideQuotes,
      'So ” no\n' +
      '...????')
    holds(insideQuotes,
      ' " a " \n' +
      '.??????')
  })

  test('of Brown are the same whether straight marks are paired or the marks of the corpus are read', () => {
    const read = (quotes: 'straight' | 'curly') =>
      readBrownProse({ genres: ['K', 'L', 'M', 'N', 'P'], width: null, quotes }).documents.flatMap(({ sentences }) =>
        sentences.map(({ tokens }) => tokens.filter((token) => token !== '-' && token !== '—')),
      )
    const count = { same: 0, other: 0, undecided: 0 }
    const curly = read('curly')
    read('straight').forEach((tokens, line) => {
      const paired = insideQuotes.label({ tokens })
      const marked = insideQuotes.label({ tokens: curly[line] })
      expect(paired).toHaveLength(marked.length)
      paired.forEach((answer, at) => {
        if (answer === undefined || marked[at] === undefined) count.undecided++
        else count[answer === marked[at] ? 'same' : 'other']++
      })
    })
    expect(count).toMatchObject({ other: 0 })
    expect(count.undecided / count.same).toBeLessThan(0.02)
  })
})

describe('parentheses', () => {
  test.each([
    'f(a, (b)⏎c) d\n' +
    '.#########...',
    'one) (two)⏎⏎(three\n' +
    '...????????.??????',
    'a (b) (c⏎⏎d) (e)\n' +
    '..##..???..?????',
    'a (b (c) d\n' +
    '..????????',
  ])('%s', (drawing) => holds(insideParentheses, drawing))
})

describe('lines', () => {
  test('begin behind a line end, and end at the next', () => {
    expect(amounts(linePosition, 'ab\n\nc')).toEqual([1, 2, 0, 0, 1])
    expect(amounts(lineRemaining, 'ab\n\nc')).toEqual([1, 0, 0, null, null])
    expect(amounts(lineRemaining, 'ab\n\nc\n')).toEqual([1, 0, 0, 1, 0, null])
  })

  test('of a text without line ends are none', () => {
    expect(amounts(linePosition, 'abc')).toEqual([null, null, null])
    expect(amounts(lineRemaining, 'abc')).toEqual([null, null, null])
  })

  test('have a length that the two count together', () => {
    const text = 'One line\nand another\n\nend\n'
    const remaining = amounts(lineRemaining, text)
    const lengths = amounts(linePosition, text).map((position, at) => Number(position) + Number(remaining[at] ?? NaN))
    expect(lengths).toEqual([...Array(8).fill(8), ...Array(12).fill(11), 0, ...Array(4).fill(3), NaN])
  })
})

describe('words', () => {
  test('begin with a letter or digit and go on across an apostrophe', () => {
    holds(wordPosition,
      'I don’t 4x_y, \'em boys\' a-b Надя\n' +
      '10123450123400012012340010101234')
  })

  test.each([
    'The U.S. and Élan\n' +
    '###?#?#??...?####',
    "O'Neil's 3M iPod\n" +
    '########?..?....',
  ])('begin with a capital letter or not: %s', (drawing) => holds(capitalisedWord, drawing))
})

describe('web addresses', () => {
  test.each([
    'see http://a.b/c_(d)?e=1. Or\n' +
    '....####################....',
    '(www.a.org), <https://b.c/> not a.b\n' +
    '.#########....############.........',
    'awww.x http:// HTTP://X\n' +
    '...............########',
  ])('%s', (drawing) => holds(insideUrl, drawing))
})
