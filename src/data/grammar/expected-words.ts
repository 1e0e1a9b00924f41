// How long sentences are on average, worked out from the rules: a grammar that recurses too readily is known before it is drawn
// from.

import { alternativeDepth, minimalDepths, type Alternative, type Grammar } from './grammar.ts'

/** Words that each symbol writes on average, with all of the depth below it. */
export function expectedWords({ symbols, depth }: Grammar): ReadonlyMap<string, number> {
  const depths = minimalDepths(symbols)
  const ways = [...symbols.values()].map(({ name, alternatives }) => ({
    name,
    alternatives: alternatives.map((alternative) => ({ ...alternative, needed: alternativeDepth(alternative, depths) })),
  }))
  let below: ReadonlyMap<string, number> = new Map()
  const wordsOf = ({ parts }: Alternative): number => parts.reduce((sum, part) => (
    sum + ('forms' in part ? part.forms[0].length : (below.get(part.symbol) ?? 0))
  ), 0)
  for (let level = 1; level <= depth; level++) {
    below = new Map(ways.map(({ name, alternatives }) => {
      const open = alternatives.filter(({ needed }) => needed <= level)
      const weights = open.reduce((sum, { weight }) => sum + weight, 0)
      return [name, open.reduce((sum, alternative) => sum + (alternative.weight / weights) * wordsOf(alternative), 0)]
    }))
  }
  return below
}
