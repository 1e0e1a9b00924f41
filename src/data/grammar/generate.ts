// Drawing sentences from a grammar. A symbol as deep as the limit allows is written only in ways that end in time, so
// every draw gives a sentence.

import type { Random } from '../../core/random.ts'
import type { SentenceAgreement } from '../corpus.ts'
import { alternativeDepth, formIndex, minimalDepths } from './grammar.ts'
import type { Argument, Grammar, GrammarSymbol } from './grammar.ts'

/** A drawn sentence with a tag for each word: its part of speech, or the symbol that wrote it, as in `Noun[plural]`. */
export interface DrawnSentence {
  readonly tokens: readonly string[]
  readonly tags: readonly string[]
  /** after each word, the constituents that have begun and are not complete: the open nodes of Nelson et al. (2017) */
  readonly openNodes: readonly number[]
  readonly agreement: SentenceAgreement
}

/** A value of a feature as some words of a sentence share it. */
interface Shared {
  readonly value: number
  /** its number in the sentence */
  readonly number: number
}

/** Where a symbol stands. */
interface Place {
  /** how many symbols may still stand on a path downwards, this one included */
  readonly depth: number
  /** constituents that contain the symbol, and those that are incomplete when it is complete */
  readonly above: number
  readonly after: number
  /** the rules around it that bring in values */
  readonly rules: string
}

/** @param count how many sentences, drawn independently */
export function generateSentences(grammar: Grammar, count: number, random: Random): DrawnSentence[] {
  const draw = new Drawing(grammar, random)
  return Array.from({ length: count }, () => draw.sentence())
}

class Drawing {
  private readonly grammar: Grammar
  private readonly random: Random
  /** symbol → depth that each of its alternatives needs */
  private readonly needed: ReadonlyMap<string, readonly number[]>
  private tokens: string[] = []
  private tags: string[] = []
  private openNodes: number[] = []
  private values: number[] = []
  private rules: string[] = []

  constructor(grammar: Grammar, random: Random) {
    this.grammar = grammar
    this.random = random
    const depths = minimalDepths(grammar.symbols)
    this.needed = new Map(
      [...grammar.symbols.values()].map(({ name, alternatives }) => [
        name,
        alternatives.map((alternative) => alternativeDepth(alternative, depths)),
      ]),
    )
  }

  sentence(): DrawnSentence {
    this.tokens = []
    this.tags = []
    this.openNodes = []
    this.values = []
    this.rules = []
    const start = this.grammar.symbols.get(this.grammar.start)!
    const values = start.features.map((feature) => this.share(this.value(feature), start.name))
    this.write(start, values, { depth: this.grammar.depth, above: 0, after: 0, rules: values.length > 0 ? start.name : '' })
    const agreement = { values: this.values, rules: this.rules }
    return { tokens: this.tokens, tags: this.tags, openNodes: this.openNodes, agreement }
  }

  private write(symbol: GrammarSymbol, values: readonly Shared[], place: Place): void {
    const needed = this.needed.get(symbol.name)!
    const weights = symbol.alternatives.map(({ weight }, index) => (needed[index] <= place.depth ? weight : 0))
    // The values of the symbol's own features, then of those that the rule brings in, drawn where they are first named.
    const bound = new Map(symbol.features.map((feature, index) => [feature, values[index]]))
    const own = place.rules === '' ? symbol.name : `${place.rules} › ${symbol.name}`
    let { rules } = place
    const valueOf = ({ feature, value }: Argument): Shared => {
      if (value === null && bound.has(feature)) return bound.get(feature)!
      rules = own
      const shared = this.share(value ?? this.value(feature), own)
      if (value === null) bound.set(feature, shared)
      return shared
    }
    const { parts } = symbol.alternatives[this.pick(weights)]
    const above = place.above + 1
    parts.forEach((part, index) => {
      const after = index === parts.length - 1 ? place.after : above
      if ('forms' in part) {
        this.add(part.forms, symbol, values, { above, after })
        return
      }
      const given = part.arguments.map(valueOf)
      this.write(this.grammar.symbols.get(part.symbol)!, given, { depth: place.depth - 1, above, after, rules })
    })
  }

  private share(value: number, rules: string): Shared {
    return { value, number: this.rules.push(rules) - 1 }
  }

  private add(
    forms: readonly (readonly string[])[],
    symbol: GrammarSymbol,
    values: readonly Shared[],
    open: Pick<Place, 'above' | 'after'>,
  ): void {
    const index = formIndex(this.grammar, symbol, values.map(({ value }) => value))
    const tag = symbol.tags[symbol.tags.length === 1 ? 0 : index] ?? this.nameOf(symbol, values)
    const shown = forms.length === 1 ? -1 : values[0].number
    const words = forms[forms.length === 1 ? 0 : index]
    words.forEach((word, place) => {
      this.tokens.push(word)
      this.tags.push(tag)
      this.values.push(shown)
      this.openNodes.push(place === words.length - 1 ? open.after : open.above)
    })
  }

  /** Such as `Noun[plural]`. */
  private nameOf(symbol: GrammarSymbol, values: readonly Shared[]): string {
    const names = symbol.features.map((feature, index) => this.grammar.features.get(feature)!.values[values[index].value])
    return names.length === 0 ? symbol.name : `${symbol.name}[${names.join(', ')}]`
  }

  private value(feature: string): number {
    return this.pick(this.grammar.features.get(feature)!.weights)
  }

  /** An index drawn in proportion to the weights; what is lost in rounding falls to the last that is possible. */
  private pick(weights: readonly number[]): number {
    let left = this.random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
    let last = 0
    for (let index = 0; index < weights.length; index++) {
      if (weights[index] === 0) continue
      if (left < weights[index]) return index
      left -= weights[index]
      last = index
    }
    return last
  }
}
