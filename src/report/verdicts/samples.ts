// What holding a unit does to what the model writes. One text each: a description, not a test.

import type { SampleRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { fixed, listed, percent } from '../format.ts'

/** A sentence for every unit that was held and was chosen for a probe. */
export function describeHolding(rows: readonly SampleRow[]): Verdict[] {
  const units = groupBy(rows, ({ model, seed, unit }) => `${model}/${seed}/${unit}`).values()
  return [...units].flatMap((own): Verdict[] => {
    const free = own.find(({ held, yes }) => held === null && yes !== null)
    const held = own.filter((row) => row.held !== null && row.yes !== null)
    if (!free || held.length === 0) return []
    const shares = held.map((row) => `${percent(row.yes!, 0)} with the unit held at ${fixed(row.held!, 0)}`)
    const sentence =
      `Of what ${free.model} writes, ${percent(free.yes!, 0)} is ${free.probe} by itself, ${listed(shares)} (unit ${free.unit}, one ` +
      `text each, temperature ${String(free.temperature)}, seed ${free.seed}).`
    return [{ judgement: 'description', sentence }]
  })
}
