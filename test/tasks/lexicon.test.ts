import { describe, expect, test } from 'vitest'
import type { Document } from '../../src/data/corpus.ts'
import { buildVocabulary } from '../../src/data/vocabulary.ts'
import { pluralSpellings, spellingsWithS } from '../../src/tasks/inflection.ts'
import { buildLexicon, splitLexicon, type Forms } from '../../src/tasks/lexicon.ts'

/** `word/tag` sentences, each repeated, so that counts are easy to read. */
function documents(sentences: readonly string[], times: number): Document[] {
  const repeated = sentences.flatMap((sentence) => Array.from({ length: times }, () => sentence))
  return [{
    name: 'one',
    category: null,
    sentences: repeated.map((sentence) => ({
      tokens: sentence.split(' ').map((entry) => entry.split('/')[0]),
      tags: sentence.split(' ').map((entry) => entry.split('/')[1]),
      paragraph: 0,
    })),
  }]
}

const text = documents([
  'The/at dog/nn sleeps/vbz ./.',
  'Dogs/nns sleep/vb in/in boxes/nns ./.',
  'A/at box/nn makes/vbz noise/nn ./.',
  'Boxes/nns make/vb noise/nn ./.',
  'A/at run/nn ,/, the/at runs/nns ./.',
  'They/ppss run/vb ./.',
  'He/pps runs/vbz ./.',
  'The/at police/nns wait/vb ./.',
], 12)
const options = { size: 'all', rare: 'unknown', lowercase: true } as const
const vocabulary = buildVocabulary(text, { unit: 'words', end: '<eos>' }, options)
const sentences = text.flatMap((document) => document.sentences)
const lemmas = (forms: readonly Forms[]) => forms.map((form) => form.lemma).sort()

describe('buildLexicon', () => {
  test('keeps lemmas with both forms, of one part of speech, verbs that need no object', () => {
    const { nouns, verbs } = buildLexicon(sentences, vocabulary, { verbPurity: 0.6 })
    // "noise" and "police" have one form; "run" is half noun, half verb; "make" has an object each time
    expect(lemmas(nouns)).toEqual(['box', 'dog'])
    expect(lemmas(verbs)).toEqual(['sleep'])
    expect(nouns.find((noun) => noun.lemma === 'box')).toEqual({
      lemma: 'box', singular: 'box', plural: 'boxes', singularCount: 12, pluralCount: 24,
    })
    expect(verbs[0]).toMatchObject({ singular: 'sleeps', plural: 'sleep' })
  })

  test('thresholds decide what counts', () => {
    expect(lemmas(buildLexicon(sentences, vocabulary, { objectFree: 0 }).verbs)).toContain('make')
    expect(lemmas(buildLexicon(sentences, vocabulary, { verbPurity: 0.5 }).verbs)).toContain('run')
    expect(buildLexicon(sentences, vocabulary, { minimumCount: 13 }).nouns).toEqual([])
  })
})

test('the halves share no lemma, hold them all, and are alike in frequency', () => {
  const nouns = Array.from({ length: 41 }, (_, index): Forms => ({
    lemma: `noun${index}`,
    singular: `noun${index}`,
    plural: `noun${index}s`,
    singularCount: 1000 - 20 * index,
    pluralCount: 2000,
  }))
  const { discovery, confirmation } = splitLexicon({ nouns, verbs: [] }, 3)
  expect(lemmas([...discovery.nouns, ...confirmation.nouns])).toEqual(lemmas(nouns))
  expect(Math.abs(discovery.nouns.length - confirmation.nouns.length)).toBe(1)
  const average = (forms: readonly Forms[]) => forms.reduce((sum, form) => sum + form.singularCount, 0) / forms.length
  // neighbours differ by 20, so that the means of 20 pairs can differ by at most 20, and by the odd one out
  expect(Math.abs(average(discovery.nouns) - average(confirmation.nouns))).toBeLessThan(50)
  expect(splitLexicon({ nouns, verbs: [] }, 3)).toEqual({ discovery, confirmation })
  expect(splitLexicon({ nouns, verbs: [] }, 4)).not.toEqual({ discovery, confirmation })
})

test('English -s is spelled by its rules', () => {
  const first = (words: string, rule: (word: string) => string[]) =>
    words.split(' ').map((word) => rule(word)[0]).join(' ')
  expect(first('dog box city boy church child policeman hero', pluralSpellings)).toBe(
    'dogs boxes cities boys churches children policemen heroes',
  )
  expect(first('sleep pass carry play go watch', spellingsWithS)).toBe('sleeps passes carries plays goes watches')
  expect(pluralSpellings('human')).toContain('humans')
})
