import { describe, expect, test } from 'vitest'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import { buildOwnItems } from '../../src/tasks/own-items.ts'
import { parsePairs } from '../../src/tasks/pairs-csv.ts'

const vocabulary: Vocabulary = {
  kind: 'words',
  tokens: ['<eos>', '<unk>', 'the', 'keys', 'key', 'near', 'table', 'is', 'are', 'himself', 'themselves'],
  rare: 'unknown',
  lowercase: true,
  end: '<eos>',
}
const training = [
  { tokens: ['the', 'keys', 'near', 'the', 'table'], tags: ['at', 'nns', 'in', 'at', 'nn'] },
  { tokens: ['the', 'key'], tags: ['at', 'nn'] },
]

function build(...rows: string[]) {
  const pairs = parsePairs(['prefix,right,wrong,condition', ...rows].join('\n'), 'mine.csv')
  return buildOwnItems('mine', pairs, training, vocabulary)
}

describe('own pairs become items', () => {
  test('whose number, nouns and attractors come from the forms and the words', () => {
    const { items } = build('The keys near the table,are,is,', 'The key,is,are,')
    expect(items.map(({ condition }) => condition)).toEqual(['PS', 'S'])
    expect(items[0]).toMatchObject({ task: 'mine', half: null, right: 'are' })
    expect(items[0].fields).toMatchObject({
      number: 'plural', subjectLemma: 'key', verbLemma: 'be', subjectPosition: 1, lastNounPosition: 4,
      lastNounNumber: 'singular', attractors: 1, interveners: 1, distance: 3, slots: null,
    })
  })

  test('with a subject that the training text lacks', () => {
    const { items } = build('The armadillos near the table,are,is,', 'The key,is,are,')
    expect(items[0]).toMatchObject({ condition: 'PS', fields: { subjectLemma: 'armadillos', attractors: 1 } })
  })

  test('or from a condition of S and P, which knows more than words do', () => {
    const { items } = build('Those near it,themselves,himself,PS', 'One near them,himself,themselves,SP')
    expect(items.map(({ fields }) => [fields.number, fields.lastNounNumber, fields.attractors])).toEqual([
      ['plural', 'singular', 1], ['singular', 'plural', 1],
    ])
  })

  test('and what is unknown is counted: pairs are left out, words of a prefix read as a placeholder', () => {
    const { items, audit } = build(
      'The keys near the cupboard,are,is,PS', 'The key,is,are,S', 'The key,squeaks,squeak,S',
    )
    expect(items).toHaveLength(2)
    expect(audit).toEqual([{
      task: 'mine',
      message:
        '3 pairs, 1 left out, for the model does not know squeaks, squeak. Read as a placeholder: cupboard.',
    }])
  })
})

describe('pairs that can show nothing are a mistake', () => {
  test.each([
    ['one form only', ['The keys near the table,are,is,', 'The keys,are,is,'],
      'mine: the plural form is right in all 2 pairs, so always choosing it would be right. ' +
        'Add pairs in which the singular form is right.'],
    ['all congruent', ['The keys,are,is,', 'The key near the table,is,are,'],
      'mine: in all 2 pairs the last noun has the number of the right form, so following it would be right.'],
    ['unknown words only', ['The keys,squeak,squeaks,'],
      'mine: the model does not know both words of any of the 1 pairs; unknown: squeak, squeaks.'],
  ])('%s', (_, rows, message) => expect(() => build(...rows)).toThrow(message))

  test('a number that cannot be told, with its row', () => {
    expect(() => build('The keys,themselves,himself,reflexive')).toThrow(expect.objectContaining({
      problems: [{
        path: 'The keys',
        message:
          'the number of "themselves" against "himself" cannot be told. Give a condition of S and P, the subject ' +
          'first, as in SP.',
      }],
    }))
  })
})
