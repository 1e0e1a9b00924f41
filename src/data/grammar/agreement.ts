// Features are there for words to agree: somewhere two symbols have one value of it, and both lead to words that differ by it.

import type { Problem } from '../../core/errors.ts'
import type { Grammar, GrammarSymbol, Part } from './grammar.ts'

export function checkAgreement(grammar: Grammar): Problem[] {
  return [...grammar.features.keys()].flatMap((name) => {
    const rules = [...grammar.symbols.values()].flatMap(({ alternatives }) => alternatives)
    const sharing = rules.map(({ parts }) => parts.flatMap((part) => sharedBy(part, name))).filter(({ length }) => length > 1)
    if (sharing.length === 0) {
      return [{ path: `features.${name}`, message: `never agrees: in no rule do two symbols share it, as in Subject[${name}] Verb[${name}].` }]
    }
    const varying = varyingBy(name, grammar)
    if (sharing.some((symbols) => symbols.filter((symbol) => varying.has(symbol)).length > 1)) return []
    const constant = sharing.flat().find((symbol) => !varying.has(symbol))!
    return [{ path: constant, message: `never agrees: it shares ${name} with another symbol, and its words are the same for every ${name}.` }]
  })
}

/** The symbol of a part that gets the value that the rule has. */
function sharedBy(part: Part, feature: string): string[] {
  return 'symbol' in part && part.arguments.some((argument) => argument.feature === feature && argument.value === null) ? [part.symbol] : []
}

/** The symbols that lead to words that differ by a feature. */
function varyingBy(feature: string, grammar: Grammar): ReadonlySet<string> {
  const varying = new Set<string>()
  for (let changed = true; changed; ) {
    const found = [...grammar.symbols.values()].filter((symbol) => !varying.has(symbol.name) && symbol.features.includes(feature) &&
      symbol.alternatives.some(({ parts }) => parts.some((part) =>
        'forms' in part ? differ(part.forms, symbol, feature, grammar) : sharedBy(part, feature).some((name) => varying.has(name)))))
    found.forEach(({ name }) => varying.add(name))
    changed = found.length > 0
  }
  return varying
}

/** Two forms whose values differ in this feature alone are different words. */
function differ(forms: readonly (readonly string[])[], { features }: GrammarSymbol, feature: string, grammar: Grammar): boolean {
  if (forms.length === 1) return false
  const sizes = features.map((name) => grammar.features.get(name)!.values.length)
  const place = features.indexOf(feature)
  const step = sizes.slice(place + 1).reduce((product, size) => product * size, 1)
  return forms.some((form, index) => {
    const isLast = Math.floor(index / step) % sizes[place] === sizes[place] - 1
    return !isLast && forms[index + step].join(' ') !== form.join(' ')
  })
}
