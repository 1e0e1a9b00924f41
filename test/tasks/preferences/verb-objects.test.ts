import { expect, test } from 'vitest'
import type { Vocabulary } from '../../../src/data/vocabulary.ts'
import type { TaggedTokens } from '../../../src/tasks/lexicon.ts'
import { buildVerbObjects } from '../../../src/tasks/preferences/verb-objects.ts'

const nouns = ['book', 'wine', 'house', 'egg', 'apple', 'week', 'books', 'houses']
const vocabulary: Vocabulary = {
  kind: 'words', tokens: ['<eos>', '<unk>', 'the', 'read', 'drank', ...nouns], rare: 'unknown', lowercase: true, end: '<eos>',
}

function tagged(sentence: string): TaggedTokens {
  const entries = sentence.split(' ').map((entry) => entry.split('/'))
  return { tokens: entries.map(([token]) => token), tags: entries.map(([, tag]) => tag) }
}

const training = [
  'He/pps read/vbd the/at book/nn ./.', 'He/pps read/vbd the/at book/nn ./.', 'He/pps drank/vbd wine/nn ./.',
  'A/at house/nn', 'a/at house/nn', 'an/at egg/nn', 'an/at apple/nn', 'a/at week/nn', 'books/nns', 'houses/nns',
].map(tagged)
const build = (...sentences: string[]) => buildVerbObjects(sentences.map(tagged), training, vocabulary)

test('an object stands against a noun of its number, with how often training had either with the verb', () => {
  const { items } = build('She/pps Read/vbd a/at good/jj book/nn ,/,')
  expect(items).toHaveLength(1)
  expect(items[0]).toMatchObject({
    prefix: ['She', 'Read', 'a', 'good'], tags: ['pps', 'vbd', 'at', 'jj'], right: 'book', verb: 'read', verbPlace: 1,
    distance: 2, seenRight: 2, seenWrong: 0,
  })
  expect(['wine', 'house', 'egg', 'apple']).toContain(items[0].wrong)
  expect(build('She/pps sold/vbd houses/nns ./.').items[0].wrong).toBe('books')
})

test('after a and an the other noun begins as the object does', () => {
  for (let sentence = 0; sentence < 5; sentence++) {
    const [{ wrong }] = build(`She${sentence}/np bought/vbd an/at egg/nn ./.`).items
    expect(wrong).toBe('apple')
  }
  expect(['wine', 'house']).toContain(build('She/pps bought/vbd a/at book/nn ./.').items[0].wrong)
})

test('what is no object, or may be none, is left out', () => {
  expect(build(
    'She/pps read/vbd the/at book/nn ./.',
    'She/pps read/vbd the/at book/nn ./.', // again
    'She/pps stayed/vbd all/abn week/nn ./.', // a measure, and a word that no object follows
    'She/pps stayed/vbd the/at week/nn ./.',
    'She/pps said/vbd the/at book/nn was/bedz old/jj ./.', // a clause
    'She/pps read/vbd the/at book/nn review/nn ./.', // known, but no head
    'The/at reading/vbg book/nn ./.', // a modifier
    'She/pps read/vbd the/at armadillo/nn ./.', // unknown
  ).audit).toBe(
    '3 verbs with an object in the test text. Left out: 1 whose object is not mainly a noun of its number that the ' +
      'model knows, 1 that came before.',
  )
  expect(build('She/pps was/bedz reading/vbg books/nns ./.').items[0].distance).toBe(0)
})

test('a text without tags has no objects', () => {
  expect(() => buildVerbObjects([{ tokens: ['she', 'read', 'books'] }], training, vocabulary)).toThrow(
    'There is no verb with an object that the model knows in the test text.',
  )
})
