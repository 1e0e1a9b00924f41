// Did gradients explode, and what did clipping do? The same network on the same data, once with clipping and once
// without, paired by seed.

import type { TrainingRow } from '../../analysis/results.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { meanInterval } from '../../core/statistics/student.ts'
import type { Verdict } from '../document.ts'
import { fixed, interval, listed, plural } from '../format.ts'

/** Nats a token; a difference that is sure to be smaller is none. */
const NEGLIGIBLE = 0.01

/** One verdict for each network that was trained both ways; none where there is none. */
export function judgeClipping(rows: readonly TrainingRow[]): Verdict[] {
  const alike = groupBy(rows, ({ entry, data }) => `${entry} ${data}`)
  return [...alike.values()].flatMap((own): Verdict[] => {
    const free = endsOf(own.filter(({ clip }) => clip === null))
    const clipped = endsOf(own.filter(({ clip }) => clip !== null))
    const seeds = [...clipped.keys()].filter((seed) => free.has(seed))
    if (seeds.length === 0) return []
    const of = (ends: ReadonlyMap<number, TrainingRow>) => mean(seeds.map((seed) => ends.get(seed)!.validationLoss))
    const differences = seeds.map((seed) => clipped.get(seed)!.validationLoss - free.get(seed)!.validationLoss)
    const { low, high } = meanInterval(differences)
    const [{ model, clip }, { model: other }] = [clipped.get(seeds[0])!, free.get(seeds[0])!]
    const numbers =
      `${model}, clipped at ${clip}, ends at ${fixed(of(clipped), 3)} nats per token, ${other} at ` +
      `${fixed(of(free), 3)}, a difference of ${fixed(mean(differences), 3)} ${interval(low, high, 3)} (n = ` +
      `${plural(seeds.length, 'seed')}, paired, 95 % interval by Student’s t; without clipping the largest norm is ` +
      `${fixed(largestOf(own.filter(({ clip: none }) => none === null)), 0)}).`
    if (low === null || high === null) {
      return [{ judgement: 'cannot tell', sentence: `One seed decides nothing about clipping: ${numbers}` }]
    }
    if (high < 0) return [{ judgement: 'found', sentence: `Clipping helps: ${numbers}` }]
    if (low > 0) return [{ judgement: 'not found', sentence: `Clipping harms: ${numbers}` }]
    if (Math.max(-low, high) < NEGLIGIBLE) return [{ judgement: 'not found', sentence: `Clipping changes nothing: ${numbers}` }]
    return [{ judgement: 'cannot tell', sentence: `It cannot be told whether clipping helps: ${numbers}` }]
  })
}

/** The largest norm of each model: how far gradients exploded. */
export function describeNorms(rows: readonly TrainingRow[]): Verdict {
  const models = [...groupBy(rows, ({ model }) => model)].map(([model, own]) => ({
    model, largest: largestOf(own), usual: mean(own.map(({ gradientNorm }) => gradientNorm)),
  }))
  models.sort((a, b) => b.largest - a.largest)
  const texts = models.slice(0, 3).map(({ model, largest, usual }) => (
    `${fixed(largest, 0)} in ${model}, where ${fixed(usual, 1)} is usual`
  ))
  const most = models.length > 3 ? 'The largest norms of a gradient before clipping are' : 'The largest norm of a gradient before clipping is'
  const sentence = `${most} ${listed(texts)} (n = ${plural(models.length, 'model')}, all seeds).`
  return { judgement: 'description', sentence }
}

/** The last row of every seed. */
function endsOf(rows: readonly TrainingRow[]): Map<number, TrainingRow> {
  return new Map(rows.map((row) => [row.seed, row]))
}

function largestOf(rows: readonly TrainingRow[]): number {
  return Math.max(...rows.map((row) => row.largestGradientNorm ?? row.gradientNorm))
}
