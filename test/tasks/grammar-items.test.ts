import { expect, test } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../../src/core/package-root.ts'
import { Random } from '../../src/core/random.ts'
import { generateSentences } from '../../src/data/grammar/generate.ts'
import { parseGrammar } from '../../src/data/grammar/parse.ts'
import type { Vocabulary } from '../../src/data/vocabulary.ts'
import { buildGrammarItems } from '../../src/tasks/grammar-items.ts'

const draw = (grammar: string, count: number, seed: number) =>
  generateSentences(parseGrammar(grammar, 'test.yaml'), count, new Random(seed)).map((sentence) => ({ ...sentence, paragraph: 0 }))

function vocabularyOf(sentences: readonly { readonly tokens: readonly string[] }[]): Vocabulary {
  const words = [...new Set(sentences.flatMap(({ tokens }) => tokens))]
  return { kind: 'words', tokens: ['<eos>', '<unk>', ...words], rare: 'unknown', lowercase: true, end: '<eos>' }
}

const RULES: Readonly<Record<string, string>> = {
  Object: '["the Noun[number]"]',
  'Subject[number]': '["the Noun[number] that Agent"]',
  Agent: '["the Noun[number] Hears[number]"]',
  Outer: '["the Noun[number] that Agent Likes[number]"]',
}
const WORDS: Readonly<Record<string, string>> = {
  'Noun[number]': '[dog | dogs, cat | cats, bird | birds, hen | hens, pig | pigs]',
  'Sleeps[number]': '[sleeps | sleep]',
  'Hears[number]': '[hears | hear]',
  'Likes[number]': '[likes | like]',
}

/** A grammar of one clause, with the rules and words that it needs and no others, which would be refused. */
function grammar(clause: string): string {
  const needed = (names: readonly string[], text: string) => names.filter((name) => text.includes(name.replace('[number]', '')))
  let text = clause
  for (let round = 0; round < 3; round++) text = [clause, ...needed(Object.keys(RULES), text).map((name) => RULES[name])].join(' ')
  const line = (lines: Readonly<Record<string, string>>) => (name: string) => `  ${name}: ${lines[name]}`
  const words = needed(Object.keys(WORDS), text)
  return [
    'start: Sentence', 'features: { number: [singular, plural] }', 'rules:', '  Sentence: [Clause .]', `  Clause: ["${clause}"]`,
    ...needed(Object.keys(RULES), text).map(line(RULES)), 'words:', ...words.map(line(WORDS)), 'tags:',
    ...words.map((name) => `  ${name}: ${name.startsWith('Noun') ? 'nn | nns' : 'vbz | vb'}`),
  ].join('\n')
}

function constructionsOf(clause: string) {
  const sentences = draw(grammar(clause), 400, 1)
  const { items } = buildGrammarItems(sentences.slice(200), sentences.slice(0, 200), vocabularyOf(sentences), 100)
  return new Map(items.map((item) => [item.fields.verbLemma, item] as const))
}

test('a verb agrees with the noun that its rule shares a value with, whatever stands between', () => {
  const near = constructionsOf('the Noun[number] near Object Sleeps[number]').get('sleep')!
  expect(near.fields).toMatchObject({ construction: 'Clause over Object', subjectPosition: 1, lastNounPosition: 4, interveners: 1, distance: 3, clausesBetween: 0 })
  expect(near.condition).toHaveLength(2)

  const relative = constructionsOf('Subject[number] Sleeps[number]')
  expect(relative.get('sleep')!.fields).toMatchObject({ construction: 'Clause over Agent', subjectPosition: 1, lastNounPosition: 4, distance: 4 })
  expect(relative.get('hear')!.fields).toMatchObject({ construction: 'Clause › Agent', subjectPosition: 4, interveners: 0, distance: 0 })

  const twice = constructionsOf('the Noun[number] that Outer Sleeps[number]')
  expect(twice.get('sleep')!.fields).toMatchObject({ construction: 'Clause over Outer, Agent', interveners: 2, clausesBetween: 2 })
  expect(twice.get('like')!.fields).toMatchObject({ construction: 'Clause › Outer over Agent', subjectPosition: 4, interveners: 1 })

  const own = constructionsOf('the Noun[number] that Hears[number] Object Sleeps[number]')
  expect(own.get('sleep')!.fields).toMatchObject({ construction: 'Clause over a verb, Object', subjectPosition: 1, lastNounPosition: 5, clausesBetween: 1 })
  expect(own.get('hear')!.fields).toMatchObject({ construction: 'Clause', subjectPosition: 1, interveners: 0 })
})

test('conditions that the rules never write are named', () => {
  const auditOf = (clause: string, places?: ReadonlyMap<string, string>) => {
    const sentences = draw(grammar(clause), 400, 1)
    return buildGrammarItems(sentences.slice(200), sentences.slice(0, 200), vocabularyOf(sentences), 100, places).audit.map(({ message }) => message)
  }
  expect(auditOf('the Noun[number] Sleeps[number]')[1]).toBe(
    'No item of the conditions SS, SP, PS, PP: in no held-out sentence do the rules Clause write such nouns before the verb.',
  )
  expect(auditOf('the Noun[number] near Object Sleeps[number]')[1]).toMatch(/^No item of the conditions S, P: .* the rules Clause, Object write/)
  expect(auditOf('Subject[number] Sleeps[number]')).toHaveLength(1)
  const places = new Map([['Clause', 'line 5 of own.yaml'], ['Object', 'line 9 of base.yaml']])
  expect(auditOf('the Noun[number] near Object Sleeps[number]', places)[1]).toContain(
    'do the rules Clause (line 5 of own.yaml), Object (line 9 of base.yaml) write such nouns',
  )
})

test('a verb whose number the rule fixes stands after the last noun before it', () => {
  const clause = 'the Noun[singular] that Agent and the Noun[singular] Hears[plural]'
  const sentences = draw(grammar(clause), 400, 1)
  const { items } = buildGrammarItems(sentences.slice(200), sentences.slice(0, 200), vocabularyOf(sentences), 100)
  const fixed = items.filter(({ fields }) => fields.construction === 'Clause, fixed')
  expect(fixed.length).toBeGreaterThan(3)
  for (const { condition, right, fields } of fixed) {
    expect({ condition, right }).toEqual({ condition: 'PS', right: 'hear' })
    expect(fields).toMatchObject({ number: 'plural', subjectPosition: 8 })
  }
})

test('of data/grammars/syntax.yaml has every construction of the literature, each item right by the words themselves', () => {
  const path = join(packageRoot(), 'data/grammars/syntax.yaml')
  const sentences = generateSentences(parseGrammar(readFileSync(path, 'utf8'), path), 6000, new Random(3)).map((sentence) => ({ ...sentence, paragraph: 0 }))
  const { items, audit } = buildGrammarItems(sentences.slice(3000), sentences.slice(0, 3000), vocabularyOf(sentences), 50)
  const found = new Set(items.map(({ fields }) => fields.construction))
  for (const construction of [
    'Clause', // the dog barks
    'Clause over Object', // the dog near the cats
    'Clause over a verb, Object', // the dog that sees the cats
    'Clause over Agent', // the dog that the cats see
    'Clause over Agent, Agent', // the dog that the cat that the bird sees follows
    'Clause › Agent', // … that the cats see
    'Clause › Clause', // says that the dog barks
    'Clause, fixed', // the dog and the cat bark
    'others',
  ]) {
    expect(found, construction).toContain(construction)
    expect(audit[0].message).toContain(`${construction} `)
  }
  const counts = new Map<string, number>()
  for (const { condition, prefix, right, wrong, fields } of items) {
    const key = `${fields.construction} ${condition}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    expect(new Set([right, wrong]).size).toBe(2)
    expect(condition[0]).toBe(fields.number === 'singular' ? 'S' : 'P')
    if (fields.construction!.endsWith('fixed')) continue
    // singular nouns of this grammar never end in s, plural ones always do
    expect(prefix[fields.subjectPosition].endsWith('s')).toBe(fields.number === 'plural')
    expect(fields.distance).toBe(prefix.length - fields.subjectPosition - 1)
    // the verb itself: in the singular it ends in s
    expect(right.endsWith('s')).toBe(right === 'is' || fields.number === 'singular')
  }
  expect(Math.max(...counts.values())).toBeLessThanOrEqual(50)
  expect(new Set(items.map(({ prefix, right }) => [...prefix, right].join(' '))).size).toBe(items.length)
})

test('text of no grammar has none, and the message says what is missing', () => {
  const plain = [{ tokens: ['dogs', 'bark'], tags: ['nns', 'vb'], paragraph: 0 }]
  expect(() => buildGrammarItems(plain, plain, vocabularyOf(plain), 10)).toThrow('The task grammar found no verb that has to agree')
})
