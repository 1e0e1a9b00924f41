import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { packageRoot } from '../../src/core/package-root.ts'
import { correlation } from '../../src/core/statistics/moments.ts'
import { Random } from '../../src/core/random.ts'
import { expectedWords } from '../../src/data/grammar/expected-words.ts'
import { generateCorpus } from '../../src/data/grammar/corpus.ts'
import { generateSentences } from '../../src/data/grammar/generate.ts'
import { parseGrammar } from '../../src/data/grammar/parse.ts'

const dogs = `
start: Sentence
features:
  number: { singular: 3, plural: 1 }
rules:
  Sentence:
    the Noun[number] Place Verb[number]: 1
  Place:
    near the Noun[number]: 1
words:
  Noun[number]: [dog | dogs, cat | cats]
  Verb[number]: { sleeps | sleep: 3, runs | run: 1 }
`

function draw(yaml: string, count = 4000): { tokens: readonly string[]; tags: readonly string[] }[] {
  return generateSentences(parseGrammar(yaml, 'test.yaml'), count, new Random(1))
}

/** `path: message` of everything that is wrong. */
function problemsOf(yaml: string): string[] {
  try {
    parseGrammar(yaml, 'test.yaml')
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    if (error.problems.length === 0) return [error.message]
    return error.problems.map(({ path, message }) => `${path.replace(/ \(line \d+\)$/, '')}: ${message}`)
  }
  return []
}

describe('sentences of a grammar', () => {
  it('agree where a rule shares a feature, and not where it is drawn anew', () => {
    const sentences = draw(dogs).map(({ tokens }) => tokens)
    for (const [, subject, , , , verb] of sentences) expect(subject.endsWith('s')).toBe(!verb.endsWith('s'))
    const attracted = sentences.filter(([, subject, , , other]) => subject.endsWith('s') !== other.endsWith('s'))
    expect(attracted.length / sentences.length).toBeCloseTo(2 * 0.75 * 0.25, 1)
  })

  it('follow the weights', () => {
    const sentences = draw(dogs).map(({ tokens }) => tokens)
    const share = (test: (tokens: readonly string[]) => boolean) => sentences.filter(test).length / sentences.length
    // Four standard errors of 4,000 draws are below 0.03.
    expect(Math.abs(share((tokens) => tokens[1].endsWith('s')) - 0.25)).toBeLessThan(0.03)
    expect(Math.abs(share((tokens) => tokens[5].startsWith('sleep')) - 0.75)).toBeLessThan(0.03)
    expect(Math.abs(share((tokens) => tokens[1].startsWith('dog')) - 0.5)).toBeLessThan(0.03)
  })

  it('carry the symbols that wrote their words, or the tags given for them', () => {
    const plain = draw(dogs).find(({ tokens }) => tokens.join(' ') === 'the dogs near the cat sleep')
    expect(plain?.tags).toEqual(['Sentence', 'Noun[plural]', 'Place', 'Place', 'Noun[singular]', 'Verb[plural]'])
    const withTags = draw(`${dogs}tags: { 'Noun[number]': nn | nns, Place: in }`)
    const tagged = withTags.find(({ tokens }) => tokens[1] === 'dogs')
    expect(tagged?.tags.slice(0, 4)).toEqual(['Sentence', 'nns', 'in', 'in'])
  })

  it('are the same for the same seed', () => {
    expect(draw(dogs, 50)).toEqual(draw(dogs, 50))
  })

  it('take forms of two features with the last changing fastest, and a value in place of a feature', () => {
    const yaml = `
start: S
features: { person: [first, third], number: [singular, plural] }
rules:
  S: ['P[person, number] B[person, number]', 'P[third, plural] B[third, plural] too']
words:
  P[person, number]: [i | we | she | they]
  B[person, number]: [am | are | is | are]`
    expect(new Set(draw(yaml).map(({ tokens }) => tokens.join(' ')))).toEqual(
      new Set(['i am', 'we are', 'she is', 'they are', 'they are too']),
    )
  })

  it('end within the depth although a rule leads to itself', () => {
    const nested = (depth: number) => `
start: S
depth: ${depth}
rules:
  S: { a S b: 99, a b: 1 }`
    const lengths = draw(nested(5), 500).map(({ tokens }) => tokens.length)
    expect(Math.max(...lengths)).toBe(10)
    expect(new Set(draw(nested(1), 50).map(({ tokens }) => tokens.join(' ')))).toEqual(new Set(['a b']))
  })
})

it('draws sentences that are as long on average as the rules say', () => {
  const yaml = `
start: S
depth: 9
rules:
  S: { N V: 1, N that S V: 2 }
words:
  N: { the dog: 1, dogs: 3 }
  V: { run: 1 }`
  const lengths = draw(yaml, 20_000).map(({ tokens }) => tokens.length)
  const mean = lengths.reduce((sum, length) => sum + length) / lengths.length
  const deviation = Math.sqrt(lengths.reduce((sum, length) => sum + (length - mean) ** 2, 0) / lengths.length)
  const said = expectedWords(parseGrammar(yaml, 'grammar.yaml')).get('S')!
  expect(Math.abs(said - mean)).toBeLessThan((4 * deviation) / Math.sqrt(lengths.length)) // four standard errors
})

describe('a grammar that is wrong', () => {
  it.each([
    ['{ S: ["N[f]"], "N[f]": [a] }\nfeatures: { f: [x, y] }', 'features.f: never agrees: in no rule do two symbols share it, as in Subject[f] Verb[f].'],
    ['{ S: ["N[f] V[f]"] }\nfeatures: { f: [x, y] }\nwords: { "N[f]": [dog | dogs], "V[f]": [runs] }', 'V: never agrees: it shares f with another symbol, and its words are the same for every f.'],
    ['{ S: ["T[f] V[f]"], "T[f]": ["N[x]"] }\nfeatures: { f: [x, y] }\nwords: { "N[f]": [dog | dogs], "V[f]": [runs | run] }', 'T: never agrees: it shares f with another symbol, and its words are the same for every f.'],
    ['{ S: [a B] }', 'S: B is written nowhere: add a rule for it, or put it under words if it is a word.'],
    ['{ S: [a S] }', 'S: never ends: every way to write it leads to itself or to a rule that never ends.'],
    ['{ S: [a], T: [b] }', 'T: is never used: S does not lead to it.'],
    ['{ S: [a, T], T: [U b], U: [V c], V: [d] }\ndepth: 3', 'U: is never used: sentences that lead to it are deeper than 3. Raise depth, or take it out.'],
    ['{ S: { a: 0 } }', 'rules.S: the weight of "a" is 0; weights are numbers above 0.'],
    ['{ S: { a: -2 } }', 'rules.S: the weight of "a" is -2; weights are numbers above 0.'],
    ['{ S: [] }', 'rules.S: is empty. Give at least one way to write it.'],
    ['{ s: [a] }', 'rules.s: is not a symbol. A symbol begins with a capital letter, as in Noun or Noun[number].'],
    ['{ T: [a] }', 'start: "S" is not a rule. Name the rule that sentences begin with.'],
    ['{ S: [T], T: [a] }\ndepth: 1', 'depth: 1 is too small: the shortest sentence needs 2.'],
    ['{ S: { S S: 9, a: 1 } }', 'S: recurses nearly without end: a sentence has 79676 words on average. Give the ways that lead back to it a lower weight, or write a smaller depth.'],
    ['{ S: { S S: 9, a: 1 } }\ndepth: 1000', 'S: recurses nearly without end: a sentence has millions of words on average. Give the ways that lead back to it a lower weight, or write a smaller depth.'],
    ['{ S: [T b], T: { a T T: 3, a: 1 } }', 'T: recurses nearly without end: a sentence has 4433 words on average. Give the ways that lead back to it a lower weight, or write a smaller depth.'],
    ['{ S: [a] }\ndepth: 1001', 'depth: 1001 is more than 1000, the most that there can be.'],
    ['{ S: [a] }\ndepth: 0', 'depth: 0 is not a whole number from 1 up.'],
    ['{ S: [a] }\nrule: {}', 'rule: is no key of a grammar. Keys are: extends, start, depth, features, rules, words, tags.'],
    ['{ S: [a 1, 5] }', 'rules.S: 5 is not a way to write it. Put it in quotes if it is a word.'],
    ['{ S: [a] }\nwords: { S: [b] }', 'words.S: is written twice: S already stands above.'],
    ['{ S: [a] }\ntags: { T: nn }', 'tags.T: stands neither under rules nor under words.'],
    ['{ S: [a] }\nfeatures: { f: [x, x] }', 'features.f: "x" is already the name of a feature or value.'],
  ])('with the rules %j', (rules, problem) => expect(problemsOf(`start: S\nrules: ${rules}`)).toContain(problem))

  it('is told which features there are and how many forms a word needs', () => {
    const yaml = `
start: S
features: { number: [singular, plural] }
rules:
  S: ['N[numbre]', 'N']
words:
  N[number]: [dog | dogs | dogses]`
    expect(problemsOf(yaml)).toEqual([
      'rules.S: "numbre" is not a feature. Features are: number, singular, plural.',
      'words.N[number]: "dog | dogs | dogses" has 3 forms; one or 2 are expected.',
    ])
    expect(problemsOf(yaml.replace('numbre', 'number').replace(' | dogses', ''))).toEqual([
      'S: gives N without a feature; it is N[number].',
    ])
  })

  it('is told the line, and the file where it is another', () => {
    const folder = mkdtempSync(join(tmpdir(), 'probe-grammar-'))
    writeFileSync(join(folder, 'base.yaml'), 'start: S\n\nrules:\n  S: [a T]\n  T: [b U]\n')
    const path = join(folder, 'own.yaml')
    const pathsOf = (yaml: string) => {
      try {
        parseGrammar(yaml, path)
      } catch (error) {
        return (error as UserError).problems.map((problem) => problem.path)
      }
      return []
    }
    expect(pathsOf('extends: base.yaml')).toEqual(['T (line 5 of base.yaml)'])
    expect(pathsOf('extends: base.yaml\n\nwords:\n  U: { c: 0 }')).toEqual(['words.U (line 4)'])
    expect(pathsOf('extends: base.yaml\nwords: { U: [c], V: [d] }\ndepth: many')).toEqual(['depth (line 3)'])
    expect(pathsOf('extends: base.yaml\nwords:\n  U: [c]\n  V: [d]')).toEqual(['V (line 4)'])
  })

  it('is not YAML', () => {
    expect(problemsOf('start: [S')[0]).toMatch(/^test\.yaml is not YAML: .* line 1/)
    expect(problemsOf('start: S\nrules:\n  S: [a]\n  S: [b]')[0]).toMatch(/Map keys must be unique at line 4/)
  })
})

describe('open nodes', () => {
  const nested = `
start: Sentence
rules:
  Sentence: [Subject Verb .]
  Subject: [the Noun that Agent]
  Agent: [the Noun Place Verb]
words:
  Noun: [dog]
  Verb: [sleeps]
  Place: [in front of]
`

  it('are the constituents that have begun and are not complete, counted by hand', () => {
    const [{ tokens, openNodes }] = generateSentences(parseGrammar(nested, 'test.yaml'), 1, new Random(1))
    expect(tokens.map((token, place) => `${token} ${openNodes[place]}`)).toEqual([
      'the 2', // sentence, subject
      'dog 2', 'that 2',
      'the 3', // and the clause
      'dog 3', 'in 4', 'front 4', 'of 3', // the place is a phrase of three words
      'sleeps 1', // ends clause and subject
      'sleeps 1', '. 0',
    ])
  })

  it('are none at the end of every sentence of data/grammars, and some before', () => {
    for (const name of ['agreement', 'rare-attractors', 'syntax']) {
      const path = join(packageRoot(), `data/grammars/${name}.yaml`)
      const sentences = generateSentences(parseGrammar(readFileSync(path, 'utf8'), path), 500, new Random(1))
      for (const { tokens, openNodes } of sentences) {
        expect(openNodes).toHaveLength(tokens.length)
        expect(openNodes.at(-1)).toBe(0)
        expect(Math.min(...openNodes.slice(0, -1))).toBeGreaterThan(0)
      }
      const deepest = Math.max(...sentences.flatMap(({ openNodes }) => openNodes))
      expect(deepest).toBeGreaterThanOrEqual(name === 'syntax' ? 9 : 5)
    }
  })

  it('of syntax.yaml come early and late, so that depth is not place', () => {
    const path = join(packageRoot(), 'data/grammars/syntax.yaml')
    const sentences = generateSentences(parseGrammar(readFileSync(path, 'utf8'), path), 2000, new Random(1))
    const places = sentences.flatMap(({ openNodes }) => openNodes.map((_, place) => place))
    const depths = sentences.flatMap(({ openNodes }) => openNodes)
    expect(Math.abs(correlation(places, depths))).toBeLessThan(0.5)
  })
})

describe('a grammar that extends another', () => {
  const folder = mkdtempSync(join(tmpdir(), 'probe-grammar-'))
  const write = (name: string, yaml: string) => {
    writeFileSync(join(folder, name), yaml)
    return join(folder, name)
  }
  const read = (path: string) => parseGrammar(readFileSync(path, 'utf8'), path)
  write('dogs.yaml', dogs)

  it('holds all of it but the rules, words and keys that it writes anew', () => {
    const path = write('silent.yaml', 'extends: dogs.yaml\nrules: { Place: [under Noun] }\nwords: { "Noun[number]": [fox | foxes] }')
    expect(() => read(path)).toThrow('has a problem')
    const silent = read(write('silent.yaml', 'extends: dogs.yaml\nrules: { Place: ["under the Noun[number]"] }\nwords: { "Noun[number]": [fox | foxes] }'))
    const [{ tokens }] = generateSentences(silent, 1, new Random(1))
    expect(tokens.join(' ')).toMatch(/^the fox(es)? under the fox(es)? (sleeps?|runs?)$/)
    const verb = read(join(folder, 'dogs.yaml')).symbols.get('Verb')!
    expect(silent.symbols.get('Verb')).toEqual({ ...verb, place: `${verb.place} of dogs.yaml` })
  })

  it('says where it leads back to itself, or extends nothing', () => {
    write('a.yaml', 'extends: b.yaml')
    expect(() => read(write('b.yaml', 'extends: a.yaml'))).toThrow(/a\.yaml extends .*b\.yaml, which extends it in turn/)
    expect(() => read(write('c.yaml', 'extends: [dogs.yaml]'))).toThrow('it takes the path of one grammar')
    expect(() => read(write('d.yaml', 'extends: missing.yaml'))).toThrow('missing.yaml')
  })
})

describe('data/grammars', () => {
  const path = join(packageRoot(), 'data/grammars/agreement.yaml')
  const readme = readFileSync(join(packageRoot(), 'data/grammars/README.md'), 'utf8')

  it.each(['agreement', 'rare-attractors', 'syntax'])('%s.yaml has the counts of the README', (name) => {
    const own = join(packageRoot(), `data/grammars/${name}.yaml`)
    const grammar = parseGrammar(readFileSync(own, 'utf8'), own)
    const words = new Set(
      [...grammar.symbols.values()].flatMap(({ alternatives }) =>
        alternatives.flatMap(({ parts }) => parts.flatMap((part) => ('forms' in part ? part.forms.flat() : []))),
      ),
    )
    expect(readme).toMatch(new RegExp(`${name}\\.yaml.* ${grammar.symbols.size} \\| ${words.size} \\|`))
  })

  it('rare-attractors.yaml is the same language with fewer nouns between subject and verb', () => {
    const own = join(packageRoot(), 'data/grammars/rare-attractors.yaml')
    const [rare, frequent] = [own, path].map((file) =>
      generateSentences(parseGrammar(readFileSync(file, 'utf8'), file), 6000, new Random(1)),
    )
    const words = (sentences: typeof rare) => new Set(sentences.flatMap(({ tokens }) => tokens))
    expect(words(rare)).toEqual(words(frequent))
    const attracted = (sentences: typeof rare) => sentences.filter(({ tags }) => {
      const verb = tags.findIndex((tag) => ['vb', 'vbz', 'bez', 'ber'].includes(tag))
      const before = tags.slice(0, verb)
      return !before.includes('wps') && before.filter((tag) => tag === 'nn' || tag === 'nns').length > 1
    }).length / sentences.length
    // subjects with one phrase and with two; each phrase holds a noun with a number three times of four
    const expected = (one: number, two: number) => one * (3 / 4) + two * (15 / 16)
    expect(attracted(rare)).toBeCloseTo(expected(0.028, 0.002), 2)
    expect(attracted(frequent)).toBeCloseTo(expected(0.11, 0.01), 2)
  })

  it('agreement.yaml makes every verb agree with its subject, with attractors that are rare', () => {
    const sentences = draw(readFileSync(path, 'utf8'), 3000)
    let attracted = 0
    for (const { tags } of sentences) {
      const verb = tags.findIndex((tag) => ['vb', 'vbz', 'bez', 'ber'].includes(tag))
      if (tags.slice(0, verb).includes('wps')) continue
      const nouns = tags.slice(0, verb).filter((tag) => tag === 'nn' || tag === 'nns')
      expect(nouns[0] === 'nns').toBe(tags[verb] === 'vb' || tags[verb] === 'ber')
      if (nouns.some((tag) => tag !== nouns[0])) attracted++
    }
    expect(attracted / sentences.length).toBeGreaterThan(0.03)
    expect(attracted / sentences.length).toBeLessThan(0.08)
  })

  it('shows an example in the README that is a grammar', () => {
    const example = /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(draw(example, 200).map(({ tokens }) => tokens.join(' '))).toContain('the dogs near the sheep sleep .')
  })
})

it('a corpus knows where each rule of its grammar stands, in the file that it is from', () => {
  const folder = join(packageRoot(), 'data/grammars')
  const { rulePlaces } = generateCorpus(join(folder, 'syntax.yaml'), { sentences: 5, seed: 1 })
  for (const [rule, file] of [['Clause', 'syntax.yaml'], ['Coordination', 'syntax.yaml'], ['Relative', 'agreement.yaml'], ['Noun', 'agreement.yaml']]) {
    const [, line, name] = /^line (\d+) of (.+)$/.exec(rulePlaces!.get(rule)!)!
    expect(name).toBe(file)
    expect(readFileSync(join(folder, file), 'utf8').split('\n')[Number(line) - 1].trim()).toMatch(new RegExp(`^${rule}\\b.*:`))
  }
})
