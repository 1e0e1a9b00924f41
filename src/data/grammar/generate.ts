// Drawing sentences from a grammar. A symbol as deep as the limit allows is written only in ways that end in time, so
// every draw gives a sentence.

import type { Random } from '../../core/random.ts'
import { alternativeDepth, formIndex, minimalDepths } from './grammar.ts'
import type { Argument, Grammar, GrammarSymbol } from './grammar.ts'

/** A drawn sentence with a tag for each word: its part of speech, or the symbol that wrote it, as in `Noun[plural]`. */
export interface DrawnSentence {
  readonly tokens: readonly string[]
  readonly tags: readonly string[]
  /** after each word, the constituents that have begun and are not complete: the open nodes of Nelson et al. (2017) */
  readonly openNodes: readonly number[]
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
    const start = this.grammar.symbols.get(this.grammar.start)!
    const values = start.features.map((feature) => this.value(feature))
    this.write(start, values, this.grammar.depth, { above: 0, after: 0 })
    return { tokens: this.tokens, tags: this.tags, openNodes: this.openNodes }
  }

  /**
   * @param depth how many symbols may still stand on a path downwards, this one included
   * @param open constituents that contain this one, and those that are incomplete when this one is complete
   */
  private write(
    symbol: GrammarSymbol, values: readonly number[], depth: number, open: { readonly above: number; readonly after: number },
  ): void {
    const needed = this.needed.get(symbol.name)!
    const weights = symbol.alternatives.map(({ weight }, index) => (needed[index] <= depth ? weight : 0))
    // The values of the symbol's own features, then of those that the rule brings in, drawn where they are first named.
    const bound = new Map(symbol.features.map((feature, index) => [feature, values[index]]))
    const valueOf = ({ feature, value }: Argument): number => {
      if (value !== null) return value
      if (!bound.has(feature)) bound.set(feature, this.value(feature))
      return bound.get(feature)!
    }
    const { parts } = symbol.alternatives[this.pick(weights)]
    const above = open.above + 1
    parts.forEach((part, place) => {
      const after = place === parts.length - 1 ? open.after : above
      if ('forms' in part) this.add(part.forms, symbol, values, { above, after })
      else this.write(this.grammar.symbols.get(part.symbol)!, part.arguments.map(valueOf), depth - 1, { above, after })
    })
  }

  private add(
    forms: readonly (readonly string[])[],
    symbol: GrammarSymbol,
    values: readonly number[],
    open: { readonly above: number; readonly after: number },
  ): void {
    const index = formIndex(this.grammar, symbol, values)
    const tag = symbol.tags[symbol.tags.length === 1 ? 0 : index] ?? this.nameOf(symbol, values)
    const words = forms[forms.length === 1 ? 0 : index]
    words.forEach((word, place) => {
      this.tokens.push(word)
      this.tags.push(tag)
      this.openNodes.push(place === words.length - 1 ? open.after : open.above)
    })
  }

  /** Such as `Noun[plural]`. */
  private nameOf(symbol: GrammarSymbol, values: readonly number[]): string {
    const names = symbol.features.map((feature, index) => this.grammar.features.get(feature)!.values[values[index]])
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
