// From YAML to a grammar. Everything that is wrong is reported, each with its rule.

import { UserError, type Problem } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import { checkGrammar } from './check.ts'
import type { Argument, Feature, Grammar, GrammarSymbol, Part } from './grammar.ts'
import { isGroup, readGrammarFile, type GrammarSource } from './source.ts'

const KEYS = ['extends', 'start', 'depth', 'features', 'rules', 'words', 'tags']
const DEFAULT_DEPTH = 20
/** Drawing goes down so far, call by call. */
const MOST_DEPTH = 1000

/** `Name` or `Name[feature, feature]`: a symbol begins with a capital letter, a word does not. */
const SYMBOL = /^(\p{Lu}[\p{L}\p{N}-]*)(?:\[([^\][]*)\])?$/u

/**
 * @param text YAML
 * @param path for messages
 * @throws UserError with every problem
 */
export function parseGrammar(text: string, path: string): Grammar {
  const { value, places } = readGrammarFile(text, path)
  const reader = new GrammarReader(places)
  const grammar = reader.read(value)
  const found = reader.problems.length > 0 ? reader.problems : checkGrammar(grammar)
  if (found.length === 0) return grammar
  const problems = found.map((problem) => ({ ...problem, path: withPlace(problem.path, places) }))
  const count = problems.length === 1 ? 'a problem' : `${problems.length} problems`
  throw new UserError(`The grammar ${displayPath(path)} has ${count}.`, { problems })
}

/** `rules.Subject[number] (line 20)`, also for a symbol that is named without its section. */
function withPlace(path: string, places: GrammarSource['places']): string {
  const symbol = [...places.keys()].find((key) => /^(?:rules|words)\./.test(key) && SYMBOL.exec(key.slice(6))?.[1] === path)
  const place = places.get(path) ?? (symbol === undefined ? undefined : places.get(symbol))
  return place === undefined ? path : `${path} (${place})`
}

/** Reads what is there and notes what is not as it should be. */
class GrammarReader {
  readonly problems: Problem[] = []
  private readonly features = new Map<string, Feature>()
  private readonly symbols = new Map<string, GrammarSymbol>()
  private readonly places: GrammarSource['places']

  constructor(places: GrammarSource['places']) {
    this.places = places
  }

  read(source: unknown): Grammar {
    const top = this.group(source, '')
    for (const key of Object.keys(top)) {
      if (!KEYS.includes(key)) this.note(key, `is no key of a grammar. Keys are: ${KEYS.join(', ')}.`)
    }
    this.readFeatures(top.features ?? {})
    const tags = this.readTags(top.tags ?? {})
    const rules = this.group(top.rules, 'rules')
    const words = this.group(top.words ?? {}, 'words')
    for (const [key, value] of Object.entries(rules)) this.readSymbol(key, value, 'rules', tags)
    for (const [key, value] of Object.entries(words)) this.readSymbol(key, value, 'words', tags)
    for (const key of tags.keys()) this.note(`tags.${key}`, 'stands neither under rules nor under words.')
    const { start = '', depth = DEFAULT_DEPTH } = top
    if (typeof start !== 'string' || !this.symbols.has(start)) {
      this.note('start', `${JSON.stringify(start)} is not a rule. Name the rule that sentences begin with.`)
    }
    if (!Number.isInteger(depth) || Number(depth) < 1) {
      this.note('depth', `${JSON.stringify(depth)} is not a whole number from 1 up.`)
    } else if (Number(depth) > MOST_DEPTH) {
      this.note('depth', `${String(depth)} is more than ${MOST_DEPTH}, the most that there can be.`)
    }
    return { start: String(start), depth: Number(depth), features: this.features, symbols: this.symbols }
  }

  /** Features and values share their names with nothing, for either may stand in brackets. */
  private readFeatures(source: unknown): void {
    const taken = new Set<string>()
    for (const [name, value] of Object.entries(this.group(source, 'features'))) {
      const weighted = this.weighted(value, `features.${name}`, 'value')
      const values = weighted.map(([text]) => text)
      for (const word of [name, ...values]) {
        if (taken.has(word)) this.note(`features.${name}`, `"${word}" is already the name of a feature or value.`)
        taken.add(word)
      }
      this.features.set(name, { values, weights: weighted.map(([, weight]) => weight) })
    }
  }

  /** Tags by the key they stand at, which is that of a symbol. */
  private readTags(source: unknown): Map<string, string> {
    const entries = Object.entries(this.group(source, 'tags'))
    return new Map(entries.map(([key, value]): [string, string] => [key, String(value)]))
  }

  /** @param tags what is used is taken out */
  private readSymbol(key: string, value: unknown, section: 'rules' | 'words', tags: Map<string, string>): void {
    const path = `${section}.${key}`
    const match = SYMBOL.exec(key)
    if (!match) {
      return this.note(path, 'is not a symbol. A symbol begins with a capital letter, as in Noun or Noun[number].')
    }
    const [, name, list] = match
    const features = names(list)
    for (const feature of features) {
      if (!this.features.has(feature)) this.note(path, notFeature(feature, [...this.features.keys()]))
    }
    if (this.symbols.has(name)) return this.note(path, `is written twice: ${name} already stands above.`)
    const ways = this.weighted(value, path, 'way to write it')
    const partsOf = (text: string): Part[] =>
      section === 'rules' ? this.readRule(text, path) : [{ forms: this.readForms(text, features, path) }]
    const alternatives = ways.map(([text, weight]) => ({ weight, parts: partsOf(text) }))
    const tag = tags.get(key)
    tags.delete(key)
    const read = tag === undefined ? [] : this.readForms(tag, features, `tags.${key}`).map((form) => form.join(' '))
    this.symbols.set(name, { name, features, alternatives, place: this.places.get(path)!, tags: read })
  }

  /** `the Noun[number] near Thing`: what looks like a symbol is one, everything else is a word. */
  private readRule(text: string, path: string): Part[] {
    return (text.match(/[^\s[]+(?:\[[^\]]*\])?/g) ?? []).map((item): Part => {
      const match = SYMBOL.exec(item)
      if (!match) return { forms: [[item]] }
      return { symbol: match[1], arguments: names(match[2]).map((name) => this.argument(name, path)) }
    })
  }

  /** `key | keys`: one form, or one for each value of the features. */
  private readForms(text: string, features: readonly string[], path: string): string[][] {
    const forms = text.split('|').map((form) => form.split(/\s+/).filter((word) => word !== ''))
    const sizes = features.map((feature) => this.features.get(feature)?.values.length ?? 1)
    const combinations = sizes.reduce((product, size) => product * size, 1)
    if (forms.length !== 1 && forms.length !== combinations) {
      const expected = combinations === 1 ? 'one is' : `one or ${combinations} are`
      this.note(path, `"${text}" has ${forms.length} forms; ${expected} expected.`)
    }
    if (forms.some((form) => form.length === 0)) this.note(path, `"${text}" has an empty form.`)
    return forms
  }

  /** A feature's name, or one of its values. */
  private argument(name: string, path: string): Argument {
    if (this.features.has(name)) return { feature: name, value: null }
    for (const [feature, { values }] of this.features) {
      if (values.includes(name)) return { feature, value: values.indexOf(name) }
    }
    this.note(path, notFeature(name, [...this.features].flatMap(([feature, { values }]) => [feature, ...values])))
    return { feature: name, value: null }
  }

  /** A list (equal weights), or a group `text: weight`. */
  private weighted(source: unknown, path: string, noun: string): [string, number][] {
    const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(source)
      ? source.map((text: unknown) => [text, 1])
      : Object.entries(this.group(source, path))
    if (entries.length === 0) this.note(path, `is empty. Give at least one ${noun}.`)
    return entries.map(([text, weight]): [string, number] => {
      const isText = typeof text === 'string' && text.trim() !== ''
      if (!isText) this.note(path, `${JSON.stringify(text)} is not a ${noun}. Put it in quotes if it is a word.`)
      if (typeof weight === 'number' && weight > 0 && Number.isFinite(weight)) return [String(text), weight]
      this.note(path, `the weight of "${String(text)}" is ${JSON.stringify(weight)}; weights are numbers above 0.`)
      return [String(text), 1]
    })
  }

  private group(source: unknown, path: string): Readonly<Record<string, unknown>> {
    if (isGroup(source)) return source
    this.note(path, source === undefined ? 'is missing.' : 'is not a group of keys.')
    return {}
  }

  private note(path: string, message: string): void {
    this.problems.push({ path, message })
  }
}

function names(list: string | undefined): string[] {
  return (list ?? '').split(',').map((name) => name.trim()).filter((name) => name !== '')
}

function notFeature(name: string, allowed: readonly string[]): string {
  const known = allowed.length === 0 ? 'The grammar has none.' : `Features are: ${allowed.join(', ')}.`
  return `"${name}" is not a feature. ${known}`
}
