// Minimal pairs in everybody's formats: lines as the authors' files have them, with other words.

import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import { PAIR_FORMAT_NAMES, PAIR_FORMATS, readMinimalPairs, type PairFormatName } from '../../src/tasks/minimal-pairs/formats.ts'
import { knownPairs } from '../../src/tasks/minimal-pairs/known.ts'

const none = (extension: string): string => { throw new UserError(`There is no file ${extension}.`) }

function read(text: string, file = 'pairs.txt', format?: PairFormatName, beside = none) {
  return readMinimalPairs({ file, text, beside }, format)
}

const tabs = (...lines: readonly (readonly string[])[]) => `${lines.map((cells) => cells.join('\t')).join('\n')}\n`

test('the list has every format by its name', () => {
  expect(PAIR_FORMATS.map(({ name }) => name)).toEqual(PAIR_FORMAT_NAMES)
  expect(() => read('only words')).toThrow('is in no format of minimal pairs that is known here. Formats are: lakretz: ')
})

describe('Lakretz et al.', () => {
  const lines = [
    ['The key near the cabinets shines', 'singular_plural', 'correct', 'id1'],
    ['The key near the cabinets shine', 'singular_plural', 'wrong', 'id1'],
    ['The keys shine', 'plural', 'correct', 'id2'],
    ['The keys shines', 'plural', 'wrong', 'id2'],
  ]

  test('two lines a pair, the last word decides, the condition in letters', () => {
    const [first, second] = read(tabs(...lines))
    expect(first).toEqual({
      id: 'id1', cluster: 'id1', condition: 'SP', target: 5, columns: { condition: 'singular_plural' }, published: {},
      right: ['The', 'key', 'near', 'the', 'cabinets', 'shines'], wrong: ['The', 'key', 'near', 'the', 'cabinets', 'shine'],
    })
    expect(second).toMatchObject({ id: 'id2', condition: 'P', target: 2 })
  })

  test.each([
    [[lines[0], lines[2]], '"id1" stands there 1 times; it needs one correct and one wrong version.'],
    [[...lines, lines[0]], '"id1" stands there 3 times'],
    [[lines[0], ['A key near a cabinet shine', 'singular_plural', 'wrong', 'id1']], 'differ in more than one word'],
    [[lines[0], ['The keys', 'plural']], 'has 2 columns'],
    [[lines[0], ['The keys shine', 'plural', 'right', '2']], 'has "right" where it says correct or wrong'],
  ])('%#: what is no pair is said', (wrong, message) => {
    expect(() => read(tabs(...wrong))).toThrow(expect.objectContaining({ problems: expect.arrayContaining([
      expect.objectContaining({ message: expect.stringContaining(message) }),
    ]) }))
  })
})

describe('.text and .gold', () => {
  const text = 'the key that he had in mind shines . <eos>\nthe keys shine . <eos>\n'
  const beside = (files: Record<string, string>) => (extension: string) => files[extension] ?? none(extension)

  test('of Linzen et al.: place, forms, attractors', () => {
    const gold = tabs(['7', 'shines', 'shine', '0'], ['2', 'shine', 'shines', '2'])
    const pairs = read(text, 'test.text', undefined, beside({ '.gold': gold }))
    expect(pairs).toEqual(read(gold, 'test.gold', undefined, beside({ '.text': text })))
    expect(pairs[0]).toMatchObject({ id: '1', target: 7, condition: '0 attractors', columns: { attractors: '0' } })
    expect(pairs[0].right).toEqual(['the', 'key', 'that', 'he', 'had', 'in', 'mind', 'shines', '.'])
    expect(pairs[0].wrong[7]).toBe('shine')
  })

  test('of Gulordava et al.: nonce sentences go with the sentence that they are made of', () => {
    const line = (sentence: string) => [
      'L!NOUN_VERB_VERB!Number=Plur!Number=Sing', '4', sentence, '2', 'VERB', 'Mood=Ind|Number=Plur|Tense=Pres', 'gleam', 'gleams', 'gleam', '1', 'NOUN', 'the keys gleam',
    ]
    const pairs = read('the keys shine . <eos>\nthe doors shine . <eos>\n', 'g.text', undefined, beside({ '.gold': tabs(line('0'), line('3')) }))
    expect(pairs.map(({ condition }) => condition)).toEqual(['original', 'nonce'])
    expect(new Set(pairs.map(({ cluster }) => cluster)).size).toBe(1)
    expect(pairs[1]).toMatchObject({
      target: 2, right: ['the', 'doors', 'gleam', '.'], columns: { type: 'nonce', number: 'plural', pattern: 'NOUN_VERB_VERB', construction: '4' },
    })
  })

  test('what does not fit is said with its line', () => {
    const problems = (gold: string) => {
      try {
        read(text, 'test.text', undefined, beside({ '.gold': gold }))
      } catch (error) {
        return (error as UserError).problems.map(({ path, message }) => `${path}: ${message}`)
      }
      return []
    }
    expect(problems(tabs(['7', 'shines', 'shine', '0']))).toEqual(['line 1: there are 2 sentences for 1 of the answers.'])
    expect(problems(tabs(['9', 'shines', 'shine', '0'], ['0', 'a', 'b', '0']))).toEqual([
      'line 1: says that word 9 decides; its sentence has 9, counted from 0.',
      'line 2: says that the first word decides, before which there is nothing.',
    ])
    expect(problems(tabs(['7', 'shines', 'shine'], ['2', 'shine', 'shine', '0']))).toEqual([
      expect.stringContaining('line 1: is no answer'), 'line 2: has "shine" as right and as wrong.',
    ])
    expect(problems(tabs(['6', 'shines', 'shine', '0'], ['2', 'shine', 'shines', '0']))).toEqual([
      'line 1: says that shines or shine stands at place 6, counted from 0; there is mind.',
    ])
    expect(() => read(text, 'test.text')).toThrow('There is no file .gold.')
  })
})

test('tables of Gulordava et al., with the scores that they bring along', () => {
  const header = ['pattern', 'constr_id', 'sent_id', 'correct_number', 'form', 'class', 'type', 'prefix', 'n_attr', 'freq', 'sent', 'best_lstm', 'note']
  const row = (form: string, answer: string, score: string) =>
    ['R__VERB_NOUN', '4', '1', 'sing', form, answer, 'generated', 'the "" key', '1', '10', '"the """" key turns now . <eos>"', score, 'x']
  const [pair] = read(tabs(header, row('shines', 'correct', '-5.5'), row('shine', 'wrong', '-5.25')))
  expect(pair).toEqual({
    id: 'R__VERB_NOUN 4 1', cluster: 'R__VERB_NOUN 4', condition: 'nonce', target: 3,
    right: ['the', '""', 'key', 'shines', 'now', '.'], wrong: ['the', '""', 'key', 'shine', 'now', '.'],
    columns: { type: 'nonce', number: 'singular', pattern: 'VERB_NOUN', attractors: '1', construction: '4' },
    published: { best_lstm: 0 },
  })
  expect(() => read(tabs(header, row('shines', 'correct', '1')))).toThrow('is not a table of Gulordava et al')
})

test('BLiMP: whole sentences, and the word that decides where the file says so', () => {
  const entry = { sentence_good: 'Ann knows herself.', sentence_bad: 'Ann knows himself.', UID: 'anaphor', field: 'syntax', pairID: '7', one_prefix_method: true }
  const [word, whole] = read([entry, { ...entry, one_prefix_method: false }].map((each) => JSON.stringify(each)).join('\n'), 'anaphor.jsonl')
  expect(word).toMatchObject({ id: 'anaphor 7', condition: 'anaphor', target: 2, right: ['Ann', 'knows', 'herself', '.'], columns: { UID: 'anaphor', field: 'syntax' } })
  expect(whole.target).toBeNull()
  expect(() => read(`${JSON.stringify(entry)}\n{"sentence_good": 1}`)).toThrow('is not a file of BLiMP')
})

test('own pairs, by the name of the file or by its header', () => {
  const [pair] = read('prefix,right,wrong,condition,source\nthe keys,are,is,P,mine\n', 'mine.csv')
  expect(pair).toMatchObject({
    right: ['the', 'keys', 'are'], wrong: ['the', 'keys', 'is'], target: 2, condition: 'P', columns: { source: 'mine' },
  })
  expect(read('prefix,right,wrong\nthe keys,are,is\n', 'mine.txt')).toHaveLength(1)
  expect(() => read('the keys\tare', 'mine.txt', 'csv')).toThrow('is not a file of minimal pairs')
})

describe('what a model can be asked', () => {
  const vocabulary: Vocabulary = { kind: 'words', tokens: ['<eos>', '<unk>', 'the', 'keys', 'are', 'is'], rare: 'unknown', lowercase: false, end: '<eos>' }
  const pairs = read('prefix,right,wrong\nthe keys,are,is\nthe doors,are,is\nthe keys,shine,shines\n', 'mine.csv')

  test('a word that decides has to be known; others are read as a placeholder, or their pairs are left out', () => {
    const read = knownPairs(pairs, vocabulary, 'placeholder', 'word')
    expect(read.pairs.map(({ id }) => id)).toEqual(['1', '2'])
    expect(read.audit).toBe('3 pairs, 1 left out because the model does not know a word that decides. 1 other word is read as a placeholder.')
    const skipped = knownPairs(pairs, vocabulary, 'skip', 'word')
    expect(skipped.pairs.map(({ id }) => id)).toEqual(['1'])
    expect(skipped.audit).toContain('1 left out because it does not know another word')
  })

  test('without a word that decides, those in which the sentences differ have to be known', () => {
    const whole = pairs.map((pair) => ({ ...pair, target: null }))
    expect(knownPairs(whole, vocabulary, 'placeholder', 'sentence').pairs.map(({ id }) => id)).toEqual(['1', '2'])
    expect(knownPairs(whole, vocabulary, 'placeholder', 'word').pairs).toEqual([])
  })
})
