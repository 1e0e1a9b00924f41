// Drawing sentences from a grammar. A symbol as deep as the limit allows is written only in ways that end in time, so every
// draw gives a sentence.

import type { Random } from '../../core/random.ts'
import { alternativeDepth, minimalDepths, type Grammar, type GrammarSymbol } from './grammar.ts'

/** A drawn sentence with, for each word, the symbol that wrote it, such as `Noun[plural]`. */
export interface DrawnSentence {
  readonly tokens: readonly string[]
  readonly tags: readonly string[]
}

/** @param count how many sentences, drawn independently */
export function generateSentences(grammar: Grammar, count: number, random: Random): DrawnSentence[] {
  const depths = minimalDepths(grammar.symbols)
  const needed = new Map(
    [...grammar.symbols.values()].map(({ name, alternatives }) => [
      name,
      alternatives.map((alternative) => alternativeDepth(alternative, depths)),
    ]),
  )

  function write(symbol: GrammarSymbol, values: readonly number[], depth: number, sentence: DrawnWords): void {
    const fitting = needed.get(symbol.name)!.map((need, index) => (need <= depth ? symbol.alternatives[index].weight : 0))
    const { parts } = symbol.alternatives[draw(fitting, random)]
    // The values of the symbol's own features, then of those that the rule brings in, drawn at their first use.
    const bound = new Map(symbol.features.map((feature, index) => [feature, values[index]]))
    for (const part of parts) {
      if ('forms' in part) {
        sentence.add(part.forms[part.forms.length === 1 ? 0 : formIndex(symbol, values, grammar)], symbol, values)
        continue
      }
      const passed = part.arguments.map(({ feature, value }) => {
        if (value !== null) return value
        if (!bound.has(feature)) bound.set(feature, draw(grammar.features.get(feature)!.weights, random))
        return bound.get(feature)!
      })
      write(grammar.symbols.get(part.symbol)!, passed, depth - 1, sentence)
    }
  }

  const start = grammar.symbols.get(grammar.start)!
  return Array.from({ length: count }, () => {
    const sentence = new DrawnWords(grammar)
    const values = start.features.map((feature) => draw(grammar.features.get(feature)!.weights, random))
    write(start, values, grammar.depth, sentence)
    return { tokens: sentence.tokens, tags: sentence.tags }
  })
}

class DrawnWords {
  readonly tokens: string[] = []
  readonly tags: string[] = []
  private readonly grammar: Grammar

  constructor(grammar: Grammar) {
    this.grammar = grammar
  }

  add(words: readonly string[], symbol: GrammarSymbol, values: readonly number[]): void {
    const names = symbol.features.map((feature, index) => this.grammar.features.get(feature)!.values[values[index]])
    const tag = names.length === 0 ? symbol.name : `${symbol.name}[${names.join(', ')}]`
    for (const word of words) {
      this.tokens.push(word)
      this.tags.push(tag)
    }
  }
}

/** Which of the forms of a word: combinations of values in order, the last feature fastest. */
function formIndex(symbol: GrammarSymbol, values: readonly number[], grammar: Grammar): number {
  return symbol.features.reduce((index, feature, at) => index * grammar.features.get(feature)!.values.length + values[at], 0)
}

/** An index drawn in proportion to the weights. */
function draw(weights: readonly number[], random: Random): number {
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  let last = 0
  for (let index = 0; index < weights.length; index++) {
    if (weights[index] === 0) continue
    if (left < weights[index]) return index
    left -= weights[index]
    last = index // what rounding leaves over falls to the last that is possible
  }
  return last
}
