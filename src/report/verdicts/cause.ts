// Does the model use the units that tell? Used means that removing the unit, by its mean and by zero, costs more at the
// tokens that its answer serves than removing any comparable unit does.

import type { CauseRow, FoundUnitRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Judgement, Verdict } from '../document.ts'
import { count, fixed, interval, plural } from '../format.ts'
import { judgeUnit } from './finding.ts'
import { FEWEST_COMPARABLE, type OfSubject } from './rules.ts'

/** With fewer events nothing is said. */
const FEWEST_EVENTS = 200

/** A sentence for every unit that tells its probe and whose probe serves something. */
export function judgeCauses(causes: readonly CauseRow[], found: readonly FoundUnitRow[], where: (of: OfSubject) => string): Verdict[] {
  const told = new Set(found.filter((row) => judgeUnit(row) !== 'not found').map(keyOf))
  const groups = groupBy(causes.filter((row) => told.has(keyOf(row))), keyOf)
  return [...groups.values()].map((rows) => judgeCause(rows, where(rows[0])))
}

function judgeCause(rows: readonly CauseRow[], where: string): Verdict {
  const mean = rows.find(({ set }) => set === 'mean')!
  const zero = rows.find(({ set }) => set === 'zero')!
  const { unit, probe, serves, events, documents } = mean
  const basis = `n = ${count(events)} ${serves} in ${plural(documents, 'document')}, ${mean.comparable} comparable units, seed ${mean.seed}`
  if (events < FEWEST_EVENTS || mean.low === null || mean.comparable < FEWEST_COMPARABLE) {
    const sentence = `${where} it cannot be told whether ${unit}, which tells ${probe}, is used: ${count(events)} ${serves} decide nothing (${basis}).`
    return { judgement: 'cannot tell', sentence }
  }
  const isUsed = [mean, zero].every(({ rise, low, bandHigh }) => low !== null && low > 0 && rise > bandHigh)
  const costs =
    `set to its mean, ${unit} costs ${fixed(mean.rise, 3)} nats ${interval(mean.low, mean.high, 3)} at ${serves} ` +
    `(the intact model has ${fixed(mean.intactLoss, 2)}), set to zero ${fixed(zero.rise, 3)}; comparable units cost ` +
    `${fixed(mean.bandLow, 3)} to ${fixed(mean.bandHigh, 3)}, and elsewhere it costs ${fixed(mean.elsewhere, 4)}`
  const head = isUsed ? `${where} the unit that tells ${probe} is used: ` : `${where} the unit that tells ${probe} is not needed: `
  const judgement: Judgement = isUsed ? 'found' : 'not found'
  return { judgement, sentence: `${head}${costs} (${basis}).` }
}

function keyOf({ model, seed, probe }: OfSubject & { readonly probe: string }): string {
  return `${model}/${seed}/${probe}`
}
