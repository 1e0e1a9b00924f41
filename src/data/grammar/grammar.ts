// A grammar as plain data: context-free rules with weights, and features that symbols of one rule share, so that words
// agree. data/grammars/README.md describes the YAML it is read from.

export interface Grammar {
  readonly start: string
  /** most symbols on a path from the start to a word */
  readonly depth: number
  readonly features: ReadonlyMap<string, Feature>
  readonly symbols: ReadonlyMap<string, GrammarSymbol>
}

/** Such as number: singular or plural, drawn with these weights where nothing else decides it. */
export interface Feature {
  readonly values: readonly string[]
  readonly weights: readonly number[]
}

export interface GrammarSymbol {
  readonly name: string
  /** names of the features that it has */
  readonly features: readonly string[]
  readonly alternatives: readonly Alternative[]
  /** such as `line 18`, with the name of the file where it is another */
  readonly place: string
  /** part of speech of the words it writes: one, or one for each combination of its values; none: its own name */
  readonly tags: readonly string[]
}

/** One way to write a symbol. */
export interface Alternative {
  /** above 0; chances are proportional to it */
  readonly weight: number
  readonly parts: readonly Part[]
}

export type Part =
  /** the same words for all values, or one form for each combination of the symbol's values: see `formIndex` */
  | { readonly forms: readonly (readonly string[])[] }
  | { readonly symbol: string; readonly arguments: readonly Argument[] }

/** What a symbol on the right gets as a feature: one value, or the value that the rule has for it. */
export interface Argument {
  readonly feature: string
  /** index of a value; null for the rule's own */
  readonly value: number | null
}

/** Which of the forms of a symbol: combinations of values in order, the last feature fastest. */
export function formIndex(grammar: Grammar, symbol: GrammarSymbol, values: readonly number[]): number {
  const sizes = symbol.features.map((feature) => grammar.features.get(feature)!.values.length)
  return values.reduce((index, value, at) => index * sizes[at] + value, 0)
}

/** Fewest symbols on a path from each symbol to its deepest word; Infinity where it never ends. */
export function minimalDepths(symbols: Grammar['symbols']): ReadonlyMap<string, number> {
  const depths = new Map([...symbols.keys()].map((name) => [name, Infinity]))
  for (let changed = true; changed; ) {
    changed = false
    for (const { name, alternatives } of symbols.values()) {
      const depth = Math.min(...alternatives.map((alternative) => alternativeDepth(alternative, depths)))
      if (depth < depths.get(name)!) {
        depths.set(name, depth)
        changed = true
      }
    }
  }
  return depths
}

/** As `minimalDepths`, where a symbol is written this way. */
export function alternativeDepth(alternative: Alternative, depths: ReadonlyMap<string, number>): number {
  const below = alternative.parts.map((part) => ('forms' in part ? 0 : (depths.get(part.symbol) ?? Infinity)))
  return 1 + Math.max(0, ...below)
}
