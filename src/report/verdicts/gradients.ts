// Does a network with gates depend on tokens that one without gates has forgotten? Judged by what another token some
// steps back does to the loss, models paired by seed; and what the gradient says beside it.

import { ROUNDING } from '../../analysis/gradients/pooled-effects.ts'
import type {
  EffectComparisonRow, LagCurvesResult, Moment, PooledEffectRow, PooledLagRow,
} from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import type { Verdict } from '../document.ts'
import { count, fixed, listed, plural } from '../format.ts'
import { powerOf, scientific } from '../superscripts.ts'

/** Nats; a loss that moves less does not depend on the token in any way that matters. */
const NEGLIGIBLE = 1e-4

/** One verdict for each model with gates at the farthest lag, after training; none where there is nothing to compare. */
export function judgeEffects({ comparisons, pooledEffects, effects }: LagCurvesResult): Verdict[] {
  const trained = comparisons.filter(({ moment }) => moment === 'trained')
  const farthest = Math.max(...trained.map(({ lag }) => lag))
  const places = effects[0]?.places ?? 0
  const own = trained.filter(({ lag }) => lag === farthest)
  return [...groupBy(own, ({ model }) => model)].map(([model, rivals]) => {
    const effectOf = (name: string) => effectAt(pooledEffects, name, 'trained', farthest)
    const effect = effectOf(model)
    const before = effectAt(pooledEffects, model, 'untrained', farthest)
    const lead = `: after training, another token ${steps(farthest)} back`
    const others = rivals.map((rival) => {
      const other = effectOf(rival.other)!
      return `that of ${rival.other} by ${effectText(other)}: ${isRounding(other) ? 'at least ' : ''}${ratioText(rival)}`
    })
    const seeds = rivals[0].seeds
    const basis =
      `(n = ${plural(places, 'token')}, ${plural(seeds, 'seed')} paired; geometric means over seeds, 95 % intervals by ` +
      `Student’s t of logarithms${before ? `; before training ${nats(before.change)}` : ''}).`
    const numbers = `moves the loss of ${model} by ${effectText(effect!)}, ${listed(others)} ${basis}`
    if (seeds < 2 || rivals.some(({ low }) => low === null)) {
      return { judgement: 'cannot tell', sentence: `One seed decides nothing about ${model}${lead} ${numbers}` }
    }
    if (effect!.high! < NEGLIGIBLE) {
      return { judgement: 'not found', sentence: `${model} hardly depends on tokens so far back${lead} ${numbers}` }
    }
    if (rivals.every(({ low }) => low! > 1)) {
      return { judgement: 'found', sentence: `${model} still depends on what simple networks have forgotten${lead} ${numbers}` }
    }
    if (rivals.every(({ high }) => high! < 1)) {
      return { judgement: 'not found', sentence: `${model} depends less on tokens so far back than simple networks${lead} ${numbers}` }
    }
    const sentence = `It cannot be told whether ${model} depends more on tokens so far back than simple networks${lead} ${numbers}`
    return { judgement: 'cannot tell', sentence }
  })
}

/** What is left of the gradient at the farthest lag of the exchanged tokens, before and after training. */
export function describeGradients({ pooled, effects }: LagCurvesResult): Verdict[] {
  const lag = Math.max(...effects.map((row) => row.lag))
  const at = pooled.filter((row) => row.lag === lag)
  const ends = at.filter(({ moment }) => moment !== 'half way')
  const moments = [...groupBy(ends.length > 0 ? ends : at, ({ moment }) => moment)].map(([moment, rows]) => {
    const models = [...groupBy(rows, ({ model }) => model).values()].map(leastForgetful)
    return `${MOMENTS[moment as Moment]} ${listed(models.map(gradientText))}`
  })
  const { seeds, places } = at[0]
  const sentence =
    `${steps(lag)} back, the gradient of one token’s loss has of what it has at lag 0 ` +
    `${moments.join('; ')} (log-mean over n = ${count(places)} places of ${plural(seeds, 'seed')}` +
    `${seeds > 1 ? ', 95 % intervals by Student’s t over seeds' : ''}; of an LSTM the cell).`
  return [{ judgement: 'description', sentence }]
}

const MOMENTS: Readonly<Record<Moment, string>> = {
  untrained: 'before training', 'half way': 'half way', trained: 'after training',
}

/** The cell of an LSTM, the hidden state of the others; of the top layer. */
function leastForgetful(rows: readonly PooledLagRow[]): PooledLagRow {
  const cells = rows.filter(({ site }) => site.endsWith('.cell'))
  const own = cells.length > 0 ? cells : rows
  return own[own.length - 1]
}

function gradientText({ model, relative, relativeLow, relativeHigh, zeros }: PooledLagRow): string {
  if (relative === null) return `nothing (${model})`
  const interval = relativeLow === null ? '' : ` [${powerOf(relativeLow)}, ${powerOf(relativeHigh!)}]`
  const none = zeros > 0 ? `, 0 at ${fixed(zeros * 100, 0)} % of the places` : ''
  return `${powerOf(relative)}${interval} (${model}${none})`
}

function effectAt(rows: readonly PooledEffectRow[], model: string, moment: Moment, lag: number) {
  return rows.find((row) => row.model === model && row.moment === moment && row.lag === lag)
}

/** In nearly every seed. */
function isRounding({ change }: PooledEffectRow): boolean {
  return change < 1.01 * ROUNDING
}

function effectText(row: PooledEffectRow): string {
  if (isRounding(row)) return `at most ${nats(ROUNDING)}, which is rounding`
  const { change, low, high } = row
  return `${nats(change)}${low === null ? '' : ` [${scientific(low)}, ${scientific(high!)}]`}`
}

function ratioText({ ratio, low, high }: EffectComparisonRow): string {
  return `${scientific(ratio)} times as much${low === null ? '' : ` [${scientific(low)}, ${scientific(high!)}]`}`
}

function nats(change: number): string {
  return `${scientific(change)} nats`
}

function steps(lag: number): string {
  return plural(lag, 'step')
}
