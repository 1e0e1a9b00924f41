import { expect, test } from 'vitest'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import type { TaggedTokens } from '../../src/tasks/lexicon.ts'
import { buildNaturalItems } from '../../src/tasks/natural-items.ts'
import { encodeChoices } from '../../src/tasks/score-items.ts'

const vocabulary: Vocabulary = {
  kind: 'words',
  tokens: ['<eos>', '<unk>', '<NNS>', 'the', 'keys', 'key', 'near', 'cabinet', 'is', 'are', 'seem', 'seems', 'was'],
  rare: 'part-of-speech',
  lowercase: true,
  end: '<eos>',
}

function tagged(sentence: string): TaggedTokens {
  const entries = sentence.split(' ').map((entry) => entry.split('/'))
  return { tokens: entries.map(([token]) => token), tags: entries.map(([, tag]) => tag) }
}

const training = ['a/at key/nn seems/vbz', 'keys/nns seem/vb', 'it/pps was/bedz', 'a/at cabinet/nn'].map(tagged)
const build = (...sentences: string[]) => buildNaturalItems(sentences.map(tagged), training, vocabulary)

test('an item is the sentence up to the verb, with its tags, both forms and what the tags say', () => {
  const { items } = build('The/at Keys/nns near/in the/at cabinet/nn are/ber old/jj ./.')
  expect(items).toEqual([{
    task: 'brown',
    condition: 'PS',
    prefix: ['The', 'Keys', 'near', 'the', 'cabinet'],
    tags: ['at', 'nns', 'in', 'at', 'nn'],
    right: 'are',
    wrong: 'is',
    half: null,
    fields: {
      number: 'plural', subjectLemma: 'key', verbLemma: 'be', subjectPosition: 1, lastNounPosition: 4,
      lastNounNumber: 'singular', attractors: 1, interveners: 1, distance: 3, slots: null,
    },
  }])
})

test('nouns of the subject’s own number intervene but do not attract', () => {
  const [{ condition, fields }] = build('The/at key/nn near/in the/at door/nn of/in houses/nns seems/vbz old/jj').items
  expect(condition).toBe('SP')
  expect(fields).toMatchObject({ attractors: 1, interveners: 2, distance: 5, verbLemma: 'seem' })
})

test('a rare word of the prefix is read by its tag', () => {
  const { items } = build('The/at armadillos/nns are/ber old/jj')
  const [{ prefix }] = encodeChoices(items, vocabulary)
  expect([...prefix].map((id) => vocabulary.tokens[id])).toEqual(['the', '<NNS>'])
})

test('what is left out is counted', () => {
  const { items, audit } = build(
    'The/at key/nn is/bez old/jj', 'The/at key/nn is/bez new/jj', 'The/at keys/nns is/bez old/jj',
    'The/at key/nn was/bedz old/jj',
  )
  expect(items).toHaveLength(1)
  expect(audit[0].message).toBe(
    '4 subjects with a finite verb in the test text. Left out: 1 whose verb has the other number (names in the ' +
      'plural, subjunctives, mistakes of the pattern), 1 whose verb has a form that the model does not know, 1 that ' +
      'came before.',
  )
})

test('text without such sentences is a mistake', () => {
  expect(() => build('Yes/rb ./.')).toThrow('The task brown found no sentence of the test text')
})
