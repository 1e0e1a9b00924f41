// Does the number of the subject stay where it was written? Of every unit alone, and of the number units together
// beside all others. Decoders are trained, and number units chosen, on one half of the lexicon, and judged on the other.

import { FEWEST_ITEMS } from '../../analysis/choose-units.ts'
import type { GeneralizationResult, GeneralizationRow, RangeRow } from '../../analysis/results.ts'
import { RANGE_AUC } from '../../analysis/generalization.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, interval, plural } from '../format.ts'
import { seedText, shareOf } from '../seed-share.ts'
import { judgeByModel } from './rules.ts'

/** For each site one verdict a model: are there long-range units? */
export function judgeRanges({ task, units }: GeneralizationResult, models: number): Verdict[] {
  return [...groupBy(units, (row) => row.site)].flatMap(([site, ofSite]) =>
    judgeByModel(ofSite, models, (rows, where) => judgeUnits(task, site, rows, where), {
      about: `single units of ${site}`,
      measures: [
        { name: 'AUC of the best unit at its worst word', of: (rows) => Math.max(...rows.map(({ kept }) => kept)), as: 'auc' },
        { name: 'by chance', of: ([{ keptByChance }]) => keptByChance, as: 'auc' },
      ],
    }),
  )
}

function judgeUnits(task: string, site: string, rows: readonly RangeRow[], where: string): Verdict {
  const [{ n, seed, keptByChance, turnedByChance }] = rows
  const best = rows.reduce((most, row) => (row.kept > most.kept ? row : most))
  const basis = `n = ${count(n)} incongruent ${task} items of words that trained no decoder, seed ${seed}`
  if (n < FEWEST_ITEMS || keptByChance >= RANGE_AUC) {
    const why = n < FEWEST_ITEMS
      ? `${plural(n, 'item')}, and fewer than ${FEWEST_ITEMS} decide nothing`
      : `with so few words the best of ${plural(rows.length, 'unit')} keeps ${fixed(keptByChance, 2)} by chance`
    const sentence =
      `${where} it cannot be told which units of ${site} keep the subject’s number: ${why} (seed ${seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const [long, short] = (['long', 'short'] as const).map((range) => rows.filter((row) => row.range === range).length)
  const chance = `by chance the best of ${count(rows.length)} keeps ${fixed(keptByChance, 2)}`
  const kept = `AUC ${fixed(best.kept, 2)} ${interval(best.keptLow, best.keptHigh, 2)} at its worst word`
  const turning = turnedByChance >= RANGE_AUC
    ? `which units are short-range cannot be told, ${fixed(turnedByChance, 2)} being chance`
    : `${plural(short, 'unit')} ${short === 1 ? 'is' : 'are'} short-range and ${short === 1 ? 'turns' : 'turn'} to ` +
      'the other number at that noun'
  if (long === 0) {
    const sentence =
      `${where} no unit of ${site} keeps the subject’s number through a noun of the other number; the best, ` +
      `${best.unit}, has ${kept}, and a long-range unit needs ${fixed(RANGE_AUC, 1)}; ${chance}; ${turning} (${basis}).`
    return { judgement: 'not found', sentence }
  }
  const sentence =
    `${where} ${count(long)} of ${plural(rows.length, 'unit')} of ${site} ${long === 1 ? 'is' : 'are'} long-range: ` +
    `alone ${long === 1 ? 'it tells' : 'each tells'} the subject’s number at every word up to the verb, through a ` +
    `noun of the other number. The best, ${best.unit}, has ${kept}; ${chance}; ${turning} (${basis}).`
  return { judgement: 'found', sentence }
}

/** Of several seeds: in how many are there units of each range? */
export function countRanges({ task, units }: GeneralizationResult): Verdict[] {
  return [...groupBy(units, ({ model, site }) => `${model} ${site}`).values()].flatMap((rows): Verdict[] => {
    const seeds = [...groupBy(rows, ({ seed }) => String(seed)).values()]
    if (seeds.length < 2) return []
    const texts = (['long', 'short'] as const).map((range) => {
      const share = shareOf(seeds, (own) => own.some((row) => row.range === range))
      const numbers = seeds.map((own) => own.filter((row) => row.range === range).length)
      const [fewest, most] = [Math.min(...numbers), Math.max(...numbers)]
      const each = fewest === most ? count(most) : `${count(fewest)} to ${count(most)}`
      return `${range}-range units in ${seedText(share)}, ${each} of them a seed`
    })
    const { model, site } = rows[0]
    const sentence =
      `On ${task} items the ${site} of ${model} has ${texts.join('; ')}. The interval is Wilson’s, in percent.`
    return [{ judgement: 'description', sentence }]
  })
}

/** For each site one verdict a model: do the number units keep what the others do not? */
export function judgeDecoders(result: GeneralizationResult, models: number): Verdict[] {
  const rows = result.rows.filter(({ trained, tested }) => trained === result.subject && tested > result.subject)
  return [...groupBy(rows, (row) => row.site)].flatMap(([site, ofSite]) =>
    judgeByModel(ofSite, models, (own, where) => judgeTogether(result, site, own, where), {
      about: `decoders of ${site}`,
      measures: [
        { name: 'AUC of the number units at the noun of the other number', of: (own) => aucAtNoun(result, own, 'number units'), as: 'auc' },
        { name: 'AUC of the others there', of: (own) => aucAtNoun(result, own, 'other units'), as: 'auc' },
      ],
    }),
  )
}

function aucAtNoun(
  { lastNoun }: GeneralizationResult, rows: readonly GeneralizationRow[], decoder: GeneralizationRow['decoder'],
): number | null {
  return rows.find((row) => row.decoder === decoder && row.tested === lastNoun)?.auc ?? null
}

/** At the last noun, a word that is fixed beforehand; the number units must keep it at every later one, too. */
function judgeTogether(
  { task, lastNoun }: GeneralizationResult, site: string, rows: readonly GeneralizationRow[], where: string,
): Verdict {
  const together = rows.filter((row) => row.decoder === 'number units')
  const others = rows.filter((row) => row.decoder === 'other units')
  if (together.length === 0 || others.length === 0) {
    const missing = together.length === 0 ? 'number units' : 'other units'
    return { judgement: 'description', sentence: `${where} ${site} has no ${missing} to set beside the rest.` }
  }
  const worst = together.reduce((least, row) => (row.auc < least.auc ? row : least))
  const [there, beside] = [together, others].map((own) => own.find((row) => row.tested === lastNoun)!)
  const basis = `n = ${count(worst.n)} incongruent ${task} items of words that trained no decoder, seed ${worst.seed}`
  const units = `${plural(worst.units, 'number unit')} of ${site}`
  if (worst.n < FEWEST_ITEMS) {
    const sentence =
      `${where} it cannot be told whether the ${units} keep what the others do not: ${plural(worst.n, 'item')}, and ` +
      `fewer than ${FEWEST_ITEMS} decide nothing (seed ${worst.seed}).`
    return { judgement: 'cannot tell', sentence }
  }
  const numbers =
    `a decoder of the ${units}, trained at the subject, has AUC ${fixed(there.auc, 2)} ` +
    `${interval(there.low, there.high, 2)} at the noun of the other number and ${fixed(worst.auc, 2)} ` +
    `${interval(worst.low, worst.high, 2)} at its worst word; one of the other ${plural(beside.units, 'unit')} has ` +
    `${fixed(beside.auc, 2)} ${interval(beside.low, beside.high, 2)} at that noun`
  const [judgement, meaning] = worst.low <= 0.5 ? LOST : meaningOf(there, beside)
  return { judgement, sentence: `${where} ${numbers}: ${meaning} (${basis}).` }
}

const LOST = ['not found', 'the number units do not keep the subject’s number'] as const

function meaningOf(number: GeneralizationRow, other: GeneralizationRow): readonly [Verdict['judgement'], string] {
  if (number.low > other.high) return ['found', 'the number units keep the subject’s number better than the others']
  if (other.low > number.high) return ['not found', 'the others keep it better than the number units']
  return ['cannot tell', 'both may keep it equally well']
}
