// Does some unit count, and does the model use its count? A unit counts by the finder's rule. Its count is used where, in
// more seeds than chance allows, moving it by some symbols moves the end of the word the same way, and farther than moving
// any unit that does not count; in one seed chance is one in as many units as are compared. Removing it says less: a
// network of ten units needs most of them.

import type { CounterRow, InterventionRow, StepSizeRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { binomialTest } from '../../core/statistics/proportions.ts'
import { quantile } from '../../core/statistics/interval.ts'
import { countersOf, type ModelCounters, type NamedCounter } from '../counter-units.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, listed, plural } from '../format.ts'
import { isBounded } from '../horizons.ts'
import { seedText, shareOf, type SeedShare } from '../seed-share.ts'
import { withSuperscripts } from '../superscripts.ts'
import { LEVEL, pText } from './rules.ts'

/** One verdict for each language and LSTM, then for each language one on the bounded and a sentence on the others. */
export function judgeCounters(rows: readonly CounterRow[]): Verdict[] {
  return [...groupBy(countersOf(rows), ({ language }) => language).values()].flatMap((models) => {
    const bounded = models.filter(({ cell }) => isBounded(cell))
    const others = models.filter(({ cell }) => cell !== 'lstm' && !isBounded(cell))
    return [
      ...models.filter(({ cell }) => cell === 'lstm').map(judgeModel),
      ...(bounded.length > 0 ? [judgeBounded(bounded)] : []),
      ...(others.length > 0 ? [describeOthers(others)] : []),
    ]
  })
}

function judgeModel(model: ModelCounters): Verdict {
  const share = counting(model)
  const place = `On ${withSuperscripts(model.language)}`
  const [named] = model.named
  const seed = share.seeds === 1 ? '' : `in seed ${named?.seed} `
  const example = named ? `; ${seed}it is ${counterText(named)}` : ''
  if (share.seeds === 1) {
    const basis = `(seed ${model.seeds[0]})`
    return share.count === 1
      ? { judgement: 'found', sentence: `${place}, in this model, a unit of ${model.model} counts${example} ${basis}.` }
      : { judgement: 'not found', sentence: `${place}, in this model, no unit of ${model.model} counts ${basis}.` }
  }
  const basis = `n = ${plural(share.seeds, 'seed')}, 95 % Wilson interval in %`
  if (share.low > 0.5) {
    const sentence = `${place} a unit of ${model.model} counts in ${seedText(share)}${example} (${basis}).`
    return { judgement: 'found', sentence }
  }
  if (share.high < 0.5) {
    const sentence =
      `${place} most seeds of ${model.model} have no unit that counts: ${seedText(share)} have${example} (${basis}).`
    return { judgement: 'not found', sentence }
  }
  const sentence =
    `${place} it cannot be told whether most seeds of ${model.model} have a unit that counts: ${seedText(share)} ` +
    `have${example} (${basis}).`
  return { judgement: 'cannot tell', sentence }
}

/** @param models of one language whose state is bounded */
function judgeBounded(models: readonly ModelCounters[]): Verdict {
  const place = `On ${withSuperscripts(models[0].language)}`
  const names = listed(models.map(({ model }) => model))
  const shares = models.map(counting)
  const widest = shares.reduce((most, share) => (share.high > most.high ? share : most))
  if (widest.seeds === 1) {
    const these = models.length === 1 ? 'this model' : 'these models'
    const some = models.filter(({ named }) => named.length > 0).map(({ model }) => model)
    const claim = some.length === 0 ? `no unit of ${names} counts` : `a unit of ${listed(some)} counts`
    const sentence = `${place}, in ${these}, ${claim} (seed ${models[0].seeds[0]}).`
    return { judgement: some.length === 0 ? 'not found' : 'found', sentence }
  }
  const most = shares.every(({ count: some }) => some === 0) ? '' : ' at most'
  const claim = `${place} a unit of ${names}, whose state is bounded, counts${most} in ${seedText(widest)}`
  const basis = `95 % Wilson interval in %${models.length === 1 ? '' : ', of each model'}`
  if (widest.high < 0.5) return { judgement: 'not found', sentence: `${claim} (${basis}).` }
  return { judgement: 'cannot tell', sentence: `${claim}: this cannot tell what most seeds do (${basis}).` }
}

/** @param models of one language, ReLU networks */
function describeOthers(models: readonly ModelCounters[]): Verdict {
  const texts = models.map((model) => `${model.model} in ${seedText(counting(model))}`)
  const place = `On ${withSuperscripts(models[0].language)}`
  const sentence = `${place} a unit counts of ${listed(texts)} (95 % Wilson intervals in %).`
  return { judgement: 'description', sentence }
}

function counting(model: ModelCounters): SeedShare {
  return shareOf(model.seeds, (seed) => model.named.some((named) => named.seed === seed))
}

/** `0.cell.3: +0.998 per a and −1.001 per b within the training lengths …`. */
function counterText({ unit, blocks, counters }: NamedCounter): string {
  const slopes = blocks.map(({ block, slope }) => `${slopeText(slope)} per ${block}`)
  const outside = blocks.map(({ slopeOutside }) => slopeText(slopeOutside))
  const lowest = (values: readonly number[]) => fixed(Math.min(...values), 3)
  const others = counters > 1 ? `, the straightest of ${count(counters)}` : ''
  return (
    `${unit}${others}: ${listed(slopes)} within the training lengths (R² at least ` +
    `${lowest(blocks.map((row) => row.r2))}), ${listed(outside)} beyond them (R² at least ` +
    `${lowest(blocks.map((row) => row.r2Outside))})`
  )
}

/** Is the count of the named counter of each seed used? One verdict a language and LSTM, or a model where there is no LSTM. */
export function judgeUse(rows: readonly CounterRow[], interventions: readonly InterventionRow[]): Verdict[] {
  const models = countersOf(rows)
  const lstms = models.filter(({ cell }) => cell === 'lstm')
  return (lstms.length > 0 ? lstms : models).flatMap((model) => {
    const own = interventions.filter((row) => row.model === model.model && row.language === model.language)
    const changed = model.named
      .map((named) => own.filter((row) => row.unit === named.unit && row.seed === named.seed))
      .filter((ofSeed) => ofSeed.length > 0)
    return changed.length > 0 ? [judgeChanges(model, changed)] : []
  })
}

/** @param seeds what was done to the named counter of each */
function judgeChanges(model: ModelCounters, seeds: readonly (readonly InterventionRow[])[]): Verdict {
  const what = `the counter of ${model.model} on ${withSuperscripts(model.language)}`
  const [first] = seeds
  const shown = `In seed ${first[0].seed}, ${first[0].unit}: ${first.map(effectText).join('; ')}`
  const compared = seeds.map((ofSeed) => ofSeed.filter((row) => row.change === 'shifted' && row.comparable > 0))
  const tested = compared.filter((rows) => rows.length > 0)
  if (tested.length === 0) {
    return { judgement: 'description', sentence: `What changing ${what} does. ${shown} (no other unit was moved).` }
  }
  const { worse, of, chance, p, floor } = testOf(tested)
  const moves =
    `moved by some symbols it takes the end of the word along, farther than any unit that does not count, in ` +
    `${count(worse)} of ${plural(of, 'seed')}`
  const basis =
    `binomial test against one in ${count(1 / chance)} units, ${pText(p)}, smallest possible ${pText(floor)}`
  if (floor >= LEVEL) {
    const sentence = `${plural(of, 'seed')} cannot tell whether the model uses ${what}; ${moves}. ${shown} (${basis}).`
    return { judgement: 'cannot tell', sentence }
  }
  if (p < LEVEL && worse / of > chance) {
    return { judgement: 'found', sentence: `The model uses ${what}: ${moves}. ${shown} (${basis}).` }
  }
  return { judgement: 'not found', sentence: `It was not shown that the model uses ${what}; ${moves}. ${shown} (${basis}).` }
}

interface UseTest {
  /** seeds in which every move does more than that of any comparable unit */
  readonly worse: number
  readonly of: number
  /** that the named unit does most of them all by luck */
  readonly chance: number
  readonly p: number
  readonly floor: number
}

/** @param seeds the moves of each seed */
function testOf(seeds: readonly (readonly InterventionRow[])[]): UseTest {
  const worse = seeds.filter((moves) => moves.every(goesFarthest)).length
  const chance = Math.max(...seeds.flat().map(({ comparable }) => 1 / (comparable + 1)))
  const p = binomialTest(worse, seeds.length, chance)
  return { worse, of: seeds.length, chance, p, floor: binomialTest(seeds.length, seeds.length, chance) }
}

/** In the direction of the shift, beyond every comparable unit. */
function goesFarthest({ shift, meanOff, comparableLow, comparableHigh }: InterventionRow): boolean {
  if (shift === null || meanOff === null || comparableLow === null || comparableHigh === null) return false
  return shift > 0 ? meanOff > Math.max(0, comparableHigh) : meanOff < Math.min(0, comparableLow)
}

/** `removed, the horizon goes from at least 200 to 0 (9 others: 3 to at least 200)`. */
function effectText(row: InterventionRow): string {
  const others = (text: (value: number) => string) => {
    const { comparable, comparableLow: low, comparableHigh: high } = row
    return comparable === 0 || low === null || high === null
      ? ''
      : ` (${count(comparable)} others: ${text(low)}${low === high ? '' : ` to ${text(high)}`})`
  }
  if (row.change !== 'shifted') {
    const reached = (horizon: number) => (horizon >= row.n ? `at least ${count(row.n)}` : count(horizon))
    const change = `from ${reached(row.intactHorizon)} to ${reached(row.horizon ?? 0)}`
    return `${row.change}, the horizon goes ${change}${others(reached)}`
  }
  const found = row.meanOff === null ? 'no word ends' : `the word ends ${signed(row.meanOff, 1)} symbols off`
  const exact = row.share === null ? '' : `, exactly as expected at ${fixed(row.share * 100, 0)} % of the lengths`
  return `shifted by ${signed(row.shift ?? 0, 0)}, ${found}${exact}${others((value) => fixed(value, 1))}`
}

/** How much the state still moves, by language; of models with one cell it speaks of the first. */
export function describeSteps(rows: readonly StepSizeRow[]): Verdict[] {
  return [...groupBy(rows, (row) => row.language).values()].map((ofLanguage) => {
    const cells = [...groupBy(ofLanguage, (row) => row.cell).values()]
    const firsts = cells.map((own) => own.filter((row) => row.model === own[0].model))
    const steps = stepsShown(firsts[0])
    const sizes = firsts.map((own) => steps.map((step) => sizeText(medianSize(own, step))))
    const clauses = firsts.map(([{ model }], index) => `${model} ${sizes[index].join(' → ')}`)
    const seeds = new Set(firsts[0].map((row) => row.seed)).size
    const sentence =
      `On ${withSuperscripts(ofLanguage[0].language)} the state moves, at symbols ${listed(steps.map(count))} of the ` +
      `first block, by: ${clauses.join('; ')} (${seeds === 1 ? 'one seed' : `medians over ${count(seeds)} seeds`}).`
    return { judgement: 'description', sentence }
  })
}

/** The first step, the end of the training range, and the last. */
function stepsShown(rows: readonly StepSizeRow[]): number[] {
  const steps = [...new Set(rows.map((row) => row.step))].sort((a, b) => a - b)
  const within = steps.filter((step) => step <= rows[0].trainedTo)
  return [...new Set([steps[0], within.at(-1) ?? steps[0], steps.at(-1)!])]
}

/** null where every seed had overflowed by then */
function medianSize(rows: readonly StepSizeRow[], step: number): number | null {
  const sizes = rows.filter((row) => row.step === step).map((row) => row.size)
  return sizes.length === 0 ? null : quantile(sizes.sort((a, b) => a - b), 0.5)
}

function sizeText(size: number | null): string {
  if (size === null) return 'overflow'
  if (size === 0) return '0'
  return size < 0.0001 ? 'less than 0.0001' : fixed(size, size < 0.1 ? 4 : 2)
}

/** Three digits after the point; of small slopes the two that count. */
function slopeText(slope: number): string {
  const large = Math.abs(slope) >= 0.01 || slope === 0
  return large ? signed(slope, 3) : `${slope > 0 ? '+' : '−'}${Math.abs(slope).toPrecision(2)}`
}

function signed(value: number, digits: number): string {
  return value > 0 ? `+${fixed(value, digits)}` : fixed(value, digits)
}
