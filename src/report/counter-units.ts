// Which units count: those that the finder named, seed by seed, and for each seed the one that a report speaks of. It
// is chosen by its straightness alone, so that what its removal does can be judged without having chosen it.

import { isSteady } from '../analysis/counting/find-counters.ts'
import type { CounterRow, CountingCell } from '../analysis/results.ts'
import { groupBy } from '../core/rows.ts'

/** The unit of a seed that keeps its straight line best beyond the training range. */
export interface NamedCounter {
  readonly seed: number
  readonly unit: string
  /** the blocks in which it counts; in others it may rest */
  readonly blocks: readonly CounterRow[]
  /** how many units of this seed count */
  readonly counters: number
}

/** One model on one language. */
export interface ModelCounters {
  readonly model: string
  readonly language: string
  readonly cell: CountingCell
  readonly trainedTo: number
  readonly rows: readonly CounterRow[]
  readonly seeds: readonly number[]
  /** of the seeds that have a counter */
  readonly named: readonly NamedCounter[]
}

/** By language, then by model, in order of first appearance; only networks that were trained. */
export function countersOf(rows: readonly CounterRow[]): ModelCounters[] {
  const trained = rows.filter((row) => row.planted === null)
  return [...groupBy(trained, (row) => `${row.language}/${row.model}`).values()].map((own) => {
    const { model, language, cell, trainedTo } = own[0]
    const seeds = [...groupBy(own, (row) => String(row.seed)).values()]
    const named = seeds.flatMap((ofSeed) => nameCounter(ofSeed) ?? [])
    return { model, language, cell, trainedTo, rows: own, seeds: seeds.map(([{ seed }]) => seed), named }
  })
}

/** @param rows of one seed */
function nameCounter(rows: readonly CounterRow[]): NamedCounter | null {
  const units = [...groupBy(rows.filter(isCounting), (row) => row.unit).values()]
  if (units.length === 0) return null
  const blocks = units.reduce((best, other) => (straightness(other) > straightness(best) ? other : best))
  return { seed: blocks[0].seed, unit: blocks[0].unit, blocks, counters: units.length }
}

/** A counter in a block in which it goes up or down steadily. */
export function isCounting(row: CounterRow): boolean {
  return row.counter && isSteady(row)
}

/** That of the worst block. */
function straightness(blocks: readonly CounterRow[]): number {
  return Math.min(...blocks.map((row) => row.r2Outside))
}
