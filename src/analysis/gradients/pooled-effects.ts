// What a token some steps back does to the loss, over all seeds of a model; and models with gates beside simple ones,
// paired by seed. On a logarithmic scale, for seeds lie orders of magnitude apart.

import { exp, log } from '../../core/math.ts'
import { groupBy } from '../../core/rows.ts'
import { mean } from '../../core/statistics/moments.ts'
import { meanInterval } from '../../core/statistics/student.ts'
import type { Cell } from '../../model/config.ts'
import type { EffectComparisonRow, PooledEffectRow, TokenEffectRow } from '../results.ts'

/** Nats; smaller changes of a loss are the rounding of 32-bit floats, and count as this. */
export const ROUNDING = 1e-7

export function pooledEffects(rows: readonly TokenEffectRow[]): PooledEffectRow[] {
  return [...groupBy(rows, ({ model, moment, lag }) => `${model} ${moment} ${lag}`).values()].map((seeds) => {
    const [{ model, moment, lag }] = seeds
    const { middle, low, high } = ofLogarithms(seeds.map(logOf))
    return { model, moment, lag, seeds: seeds.length, change: middle, low, high }
  })
}

/** Every LSTM and GRU against every RNN, at each moment and lag. */
export function compareEffects(
  rows: readonly TokenEffectRow[],
  networks: readonly { readonly name: string; readonly cell: Cell }[],
): EffectComparisonRow[] {
  const cells = new Map(networks.map(({ name, cell }) => [name, cell]))
  const names = [...cells.keys()]
  const gated = names.filter((name) => cells.get(name) !== 'rnn')
  const simple = names.filter((name) => cells.get(name) === 'rnn')
  return [...groupBy(rows, ({ moment, lag }) => `${moment} ${lag}`).values()].flatMap((own) =>
    gated.flatMap((model) => simple.flatMap((other) => compared(own, model, other))),
  )
}

/** @param rows of one moment and lag */
function compared(rows: readonly TokenEffectRow[], model: string, other: string): EffectComparisonRow[] {
  const others = new Map(rows.filter((row) => row.model === other).map((row) => [row.seed, row]))
  const differences = rows
    .filter((row) => row.model === model && others.has(row.seed))
    .map((row) => logOf(row) - logOf(others.get(row.seed)!))
  if (differences.length === 0) return []
  const { moment, lag } = rows[0]
  const { middle, low, high } = ofLogarithms(differences)
  return [{ model, other, moment, lag, seeds: differences.length, ratio: middle, low, high }]
}

function logOf({ change }: TokenEffectRow): number {
  return log(Math.max(change, ROUNDING))
}

function ofLogarithms(logs: readonly number[]) {
  const { low, high } = meanInterval(logs)
  const power = (value: number | null) => (value === null ? null : exp(value))
  return { middle: exp(mean(logs)), low: power(low), high: power(high) }
}
