// Which cell should I use? What is best by each measure among networks with as many parameters, and among those with as many
// units; over several seeds, whether gates beat none.

import { COMPARED } from '../cell-measures.ts'
import type { CellComparison, OverSeeds } from '../cells.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, listed, plural } from '../format.ts'

/** @param compared networks, and what is no network beside them */
export function judgeCells(compared: readonly CellComparison[]): Verdict[] {
  const rows = compared.filter(({ matched }) => matched !== 'baseline')
  return [judgeGates(rows), ...(['parameters', 'units'] as const).flatMap((matched) => describeBest(rows, matched))]
}

/** Perplexity of networks with as many parameters as the LSTM: is that of every network with gates below that of the RNN? */
function judgeGates(rows: readonly CellComparison[]): Verdict {
  const alike = rows.filter(({ matched }) => matched !== 'units')
  const [simple, gated] = [false, true].map((gates) => alike.filter(({ variant }) => !variant.endsWith('RNN') === gates))
  const numbers = alike.map((row) => `${row.variant} ${withInterval(row.perplexity, 2)}`)
  const basis = `(perplexity: ${listed(numbers)}; as many parameters, ${plural(rows[0].seeds, 'seed')})`
  if (rows[0].seeds < 2 || simple.length === 0) {
    const sentence = `From one seed it cannot be told whether gates are worth their parameters ${basis}.`
    return { judgement: 'cannot tell', sentence }
  }
  const best = Math.min(...simple.map(({ perplexity }) => perplexity.low!))
  const worst = Math.max(...gated.map(({ perplexity }) => perplexity.high!))
  const found = worst < best
  const sentence = found
    ? `Gates are worth their parameters: every network with gates predicts this text better than a simple one with as many ${basis}.`
    : `That gates are worth their parameters does not show in what is predicted ${basis}.`
  return { judgement: found ? 'found' : 'not found', sentence }
}

function describeBest(rows: readonly CellComparison[], matched: 'parameters' | 'units'): Verdict[] {
  const alike = rows.filter((row) => row.matched === 'reference' || row.matched === matched)
  if (alike.length < 2) return []
  const bests = COMPARED.filter(({ name }) => name !== 'parameters').flatMap(({ name, better, valueOf, textOf }) => {
    const known = alike.filter((row) => valueOf(row) !== null)
    if (known.length < 2) return []
    const sorted = [...known].sort((a, b) => (better === 'more' ? valueOf(b)! - valueOf(a)! : valueOf(a)! - valueOf(b)!))
    const worst = sorted[sorted.length - 1]
    return [`${name}, ${sorted[0].variant} ${textOf(sorted[0])} (${worst.variant} ${textOf(worst)})`]
  })
  const sentence = `Best and, in brackets, worst with as many ${matched} as the LSTM of ${count(rows[0].units!)} units: ${bests.join('; ')} (${plural(rows[0].seeds, 'seed')}).`
  return [{ judgement: 'description', sentence }]
}

function withInterval({ value, low, high }: OverSeeds, digits: number): string {
  return low === null ? fixed(value, digits) : `${fixed(value, digits)} ${interval(low, high, digits)}`
}
