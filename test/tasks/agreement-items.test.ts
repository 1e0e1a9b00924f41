import { describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { groupBy } from '../../src/core/rows.ts'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import { buildAgreementItems } from '../../src/tasks/agreement-items.ts'
import { splitLexicon, type Forms, type Lexicon } from '../../src/tasks/lexicon.ts'
import { loadTemplates, parseTemplates } from '../../src/tasks/templates.ts'

const form = (singular: string, plural: string): Forms => ({
  lemma: singular, singular, plural, singularCount: 50, pluralCount: 20,
})
const lexicon: Lexicon = {
  nouns: 'boy girl dog cat car tree poet uncle table key'.split(' ').map((noun) => form(noun, `${noun}s`)),
  verbs: 'sleep walk wait come'.split(' ').map((verb) => ({ ...form(`${verb}s`, verb), lemma: verb })),
}
const halves = splitLexicon(lexicon, 1)
const templates = loadTemplates()
const listed = templates.flatMap(({ slots }) =>
  slots.flatMap((slot) => (slot.kind === 'word' ? [slot.word] : slot.kind === 'list' ? slot.choices.flat() : [])),
)
const vocabulary: Vocabulary = {
  kind: 'words',
  tokens: ['<eos>', '<unk>', ...new Set([
    ...listed.map((word) => word.toLowerCase()),
    ...[...lexicon.nouns, ...lexicon.verbs].flatMap(({ singular, plural }) => [singular, plural]),
  ])],
  rare: 'unknown',
  lowercase: true,
  end: '<eos>',
}
const all = buildAgreementItems(templates, halves, vocabulary, { itemsPerCondition: 30 })

function thrownBy(action: () => unknown): UserError {
  try {
    action()
  } catch (error) {
    if (error instanceof UserError) return error
  }
  throw new Error('no UserError')
}

describe('the templates of the package', () => {
  test('have the conditions of Lakretz et al. 2019, and two attractors in the nested one', () => {
    const conditions = Object.fromEntries(templates.map(({ task, conditions }) => [task, conditions.join(' ')]))
    expect(conditions).toMatchObject({ simple: 'S P', namepp: 'SS PS', nounpp: 'SS SP PS PP' })
    expect(conditions['nested'].split(' ')).toHaveLength(8)
    expect(templates).toHaveLength(8)
  })
})

describe('buildAgreementItems', () => {
  test('conditions differ in number alone, and each verb form is right as often as wrong', () => {
    for (const group of groupBy(all.items, (item) => `${item.task} ${item.half}`).values()) {
      const right = group.map((item) => item.right).sort()
      const wrong = group.map((item) => item.wrong).sort()
      expect(right).toEqual(wrong)
      const lemmas = [...groupBy(group, (item) => item.condition).values()].map((items) =>
        items.map((item) => `${item.fields.subjectLemma} ${item.fields.verbLemma}`).join(),
      )
      expect(new Set(lemmas).size).toBe(1)
    }
  })

  test('no item comes twice in its task, and no noun twice in a sentence', () => {
    for (const group of groupBy(all.items, (item) => item.task).values()) {
      expect(new Set(group.map((item) => [...item.prefix, item.right].join(' '))).size).toBe(group.length)
    }
    for (const { prefix } of all.items) {
      const nouns = prefix.map((word) => lexicon.nouns.find((noun) => [noun.singular, noun.plural].includes(word)))
      const present = nouns.filter((noun) => noun !== undefined)
      expect(new Set(present).size).toBe(present.length)
    }
  })

  test('the halves share no noun and no verb', () => {
    const words = (half: string) =>
      new Set(all.items.filter((item) => item.half === half).flatMap(({ prefix, right }) => [...prefix, right]))
    const discovery = words('discovery')
    const content = new Set([...lexicon.nouns, ...lexicon.verbs].flatMap(({ singular, plural }) => [singular, plural]))
    expect([...words('confirmation')].filter((word) => content.has(word) && discovery.has(word))).toEqual([])
  })

  test('an item knows its subject, attractors and distance', () => {
    const item = all.items.find(({ task, condition }) => task === 'nounpp' && condition === 'PS')!
    const { fields, prefix } = item
    expect(prefix[fields.subjectPosition]).toBe(`${fields.subjectLemma}s`)
    expect(fields).toMatchObject({ number: 'plural', attractors: 1, distance: 3 })
    expect(fields).toMatchObject({ lastNounNumber: 'singular', lastNounPosition: 4 })
    expect(fields.slots).toEqual(['the', 'subject', 'preposition', 'the', 'noun'])
    expect(item.right).toBe(fields.verbLemma)
    const named = all.items.find(({ task, condition }) => task === 'namepp' && condition === 'PS')!
    expect(named.fields.attractors).toBe(1)
    const nested = all.items.find(({ task, condition }) => task === 'nested' && condition === 'SPP')!
    expect(nested.fields.attractors).toBe(2)
    expect(nested.fields.slots).toHaveLength(nested.prefix.length)
  })

  test('one seed gives one set of items; a small lexicon gives fewer, and the audit says so', () => {
    expect(buildAgreementItems(templates, halves, vocabulary, { itemsPerCondition: 30 })).toEqual(all)
    const simple = all.audit.filter(({ task }) => task === 'simple')
    expect(simple[0].message).toContain('discovery: 10 items a condition, fewer than the 30 wanted')
  })

  test('words that the model does not know are left out, or named when nothing is left', () => {
    const tokens = vocabulary.tokens.filter((token) => !['mary', 'definitely'].includes(token))
    const smaller = buildAgreementItems(templates, halves, { ...vocabulary, tokens }, { itemsPerCondition: 5 })
    expect(smaller.items.some(({ prefix }) => prefix.includes('mary'))).toBe(false)
    const message = 'Left out, for the model does not know them: Mary.'
    expect(smaller.audit).toContainEqual({ task: 'namepp', message })

    const without = vocabulary.tokens.filter((token) => !['near', 'behind', 'beside'].includes(token))
    const error = thrownBy(() => buildAgreementItems(templates, halves, { ...vocabulary, tokens: without }))
    expect(error.problems).toContainEqual({ path: 'nounpp', message: 'no entry of the list preposition is known.' })
  })

  test('a lexicon too small for two halves is refused', () => {
    const few = splitLexicon({ nouns: lexicon.nouns.slice(0, 4), verbs: lexicon.verbs }, 1)
    const { message } = thrownBy(() => buildAgreementItems(templates, few, vocabulary))
    expect(message).toContain('half has 2 nouns and 2 verbs')
  })
})

describe('parseTemplates', () => {
  test('names every mistake with its place', () => {
    const yaml = [
      'templates: { a: "The {subjet} {verb}", b: "The {subject} sleeps", c: "{noun} {subject} {verb}" }',
      'lists: { x: [one] }',
    ].join('\n')
    const slots = 'Slots are: subject, noun, x, and {verb} at the end.'
    expect(thrownBy(() => parseTemplates(yaml, 'mine.yaml')).problems).toEqual([
      { path: 'templates.a', message: 'needs one {subject}, before any {noun}.' },
      { path: 'templates.a', message: `{subjet} is neither a noun nor a list. ${slots}` },
      { path: 'templates.b', message: '"The {subject} sleeps" does not end in {verb}.' },
      { path: 'templates.c', message: 'needs one {subject}, before any {noun}.' },
    ])
    const { problems } = thrownBy(() => parseTemplates('sentences: {}', 'mine.yaml'))
    expect(problems.map(({ path }) => path)).toContain('templates')
    expect(thrownBy(() => parseTemplates('a: [', 'mine.yaml')).message).toContain('mine.yaml is not YAML')
  })
})
