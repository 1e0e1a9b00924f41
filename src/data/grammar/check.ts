// What a grammar that reads well can still get wrong: symbols that do not exist, are never used, or never end.

import type { Problem } from '../../core/errors.ts'
import { checkAgreement } from './agreement.ts'
import { expectedWords } from './expected-words.ts'
import { alternativeDepth, minimalDepths, type Grammar, type GrammarSymbol } from './grammar.ts'

/** Words of a sentence on average, above which drawing is refused. */
const MOST_WORDS = 1000

/** Every problem, each at its rule; none where the grammar can be drawn from. */
export function checkGrammar(grammar: Grammar): Problem[] {
  const missing = [...grammar.symbols.values()].flatMap((symbol) => checkParts(symbol, grammar))
  return missing.length > 0 ? missing : [...checkUse(grammar), ...checkDepth(grammar), ...checkAgreement(grammar)]
}

/** Each symbol on the right exists and gets the features that it has. */
function checkParts(symbol: GrammarSymbol, grammar: Grammar): Problem[] {
  return symbol.alternatives.flatMap(({ parts }) =>
    parts.flatMap((part): Problem[] => {
      if ('forms' in part) return []
      const used = grammar.symbols.get(part.symbol)
      if (!used) {
        const message = `${part.symbol} is written nowhere: add a rule for it, or put it under words if it is a word.`
        return [{ path: symbol.name, message }]
      }
      const given = part.arguments.map(({ feature }) => feature)
      if (given.join() === used.features.join()) return []
      const message = `gives ${bracketed(part.symbol, given)}; it is ${bracketed(used.name, used.features)}.`
      return [{ path: symbol.name, message }]
    }),
  )
}

function checkUse(grammar: Grammar): Problem[] {
  const reached = reachedFrom(grammar, grammar.start)
  return [...grammar.symbols.keys()]
    .filter((name) => name !== grammar.start && !reached.has(name))
    .map((name) => ({ path: name, message: `is never used: ${grammar.start} does not lead to it.` }))
}

/** The symbols that one leads to, itself where it leads back. */
function reachedFrom({ symbols }: Grammar, from: string): ReadonlySet<string> {
  const below = (name: string) =>
    symbols.get(name)!.alternatives.flatMap(({ parts }) => parts.flatMap((part) => ('symbol' in part ? [part.symbol] : [])))
  const reached = new Set(below(from))
  for (const name of reached) for (const next of below(name)) reached.add(next)
  return reached
}

/** Symbols that the start leads to, but in sentences alone that are deeper than they may be. */
function checkReach(grammar: Grammar, depths: ReadonlyMap<string, number>): Problem[] {
  const { symbols, start, depth } = grammar
  const left = new Map([[start, depth]]) // the most depth that each is met with
  for (const [name, room] of left) {
    for (const alternative of symbols.get(name)!.alternatives.filter((one) => alternativeDepth(one, depths) <= room)) {
      for (const part of alternative.parts) {
        if ('symbol' in part && !left.has(part.symbol)) left.set(part.symbol, room - 1)
      }
    }
  }
  return [...reachedFrom(grammar, start)].filter((name) => !left.has(name)).map((name) => (
    { path: name, message: `is never used: sentences that lead to it are deeper than ${depth}. Raise depth, or take it out.` }
  ))
}

function checkDepth(grammar: Grammar): Problem[] {
  const depths = minimalDepths(grammar.symbols)
  const endless = [...depths].filter(([, depth]) => depth === Infinity)
  if (endless.length > 0) {
    const message = 'never ends: every way to write it leads to itself or to a rule that never ends.'
    return endless.map(([name]) => ({ path: name, message }))
  }
  const needed = depths.get(grammar.start)!
  if (needed > grammar.depth) return [{ path: 'depth', message: `${grammar.depth} is too small: the shortest sentence needs ${needed}.` }]
  const tooDeep = checkReach(grammar, depths)
  return tooDeep.length > 0 ? tooDeep : checkLength(grammar)
}

/** A symbol that ends in time, but so late that nobody can wait for it. */
function checkLength(grammar: Grammar): Problem[] {
  const words = expectedWords(grammar)
  if (words.get(grammar.start)! <= MOST_WORDS) return []
  const endless = [...grammar.symbols.keys()].find((name) => words.get(name)! > MOST_WORDS && reachedFrom(grammar, name).has(name))
  const average = words.get(grammar.start)!
  const message =
    `recurses nearly without end: a sentence has ${average < 1e6 ? Math.round(average) : 'millions of'} words on average. ` +
    'Give the ways that lead back to it a lower weight, or write a smaller depth.'
  return [{ path: endless ?? grammar.start, message }]
}

function bracketed(name: string, features: readonly string[]): string {
  return features.length === 0 ? `${name} without a feature` : `${name}[${features.join(', ')}]`
}
