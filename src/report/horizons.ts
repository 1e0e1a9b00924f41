// The horizons of all seeds of a model on one language, and how many of them get how far: verdicts, charts and tables read
// the same numbers. Beside them what Weiss, Goldberg & Yahav (2018) report.

import type { CountingCell, HorizonRow } from '../analysis/results.ts'
import { groupBy } from '../core/rows.ts'
import { quantile } from '../core/statistics/interval.ts'
import { wilson } from '../core/statistics/proportions.ts'

/** One model on one language, over its seeds. */
export interface ModelHorizons {
  readonly model: string
  readonly language: string
  readonly cell: CountingCell
  readonly trained: boolean
  readonly trainedTo: number
  readonly parameters: number
  readonly units: number
  readonly rows: readonly HorizonRow[]
  readonly median: number
  readonly smallest: number
  readonly largest: number
  /** as far as every seed was tested */
  readonly tested: number
  readonly ngram: number
  /** the farthest of its seeds before training */
  readonly untrained: number
}

/** By language, then by model, in order of first appearance. */
export function horizonsOf(rows: readonly HorizonRow[]): ModelHorizons[] {
  return [...groupBy(rows, (row) => row.language).values()].flatMap((ofLanguage) =>
    [...groupBy(ofLanguage, (row) => row.model).values()].map(summary),
  )
}

function summary(rows: readonly HorizonRow[]): ModelHorizons {
  const { model, language, cell, trained, trainedTo, parameters, units } = rows[0]
  const sorted = rows.map((row) => row.horizon).sort((a, b) => a - b)
  return {
    model, language, cell, trained, trainedTo, parameters, units, rows,
    median: quantile(sorted, 0.5),
    smallest: sorted[0],
    largest: sorted[sorted.length - 1],
    tested: Math.min(...rows.map((row) => row.tested)),
    ngram: Math.max(...rows.map((row) => row.ngramHorizon)),
    untrained: Math.max(...rows.map((row) => row.untrainedHorizon)),
  }
}

/** Some of the seeds of a model, with Wilson's 95 % interval of the share that they stand for. */
export interface SeedShare {
  readonly count: number
  readonly seeds: number
  readonly low: number
  readonly high: number
}

export function shareOf<R>(rows: readonly R[], holds: (row: R) => boolean): SeedShare {
  const count = rows.filter(holds).length
  return { count, seeds: rows.length, ...wilson(count, rows.length) }
}

/** The seeds that are right up to `n` at least; null where that was not tested. */
export function reaching({ rows, tested }: ModelHorizons, n: number): SeedShare | null {
  return n > tested ? null : shareOf(rows, (row) => row.horizon >= n)
}

export function converging({ rows }: ModelHorizons): SeedShare {
  return shareOf(rows, (row) => row.converged)
}

/** The lengths whose shares an experiment reports, fixed in advance. */
export const MILESTONES = [256, 1000] as const

/** The state is bounded, so that it cannot grow by the same amount for ever. */
export function isBounded(cell: CountingCell): boolean {
  return cell === 'gru' || cell === 'tanh rnn'
}

/** What the paper says of its one network of a cell, from memory and not read again. */
export interface Remembered {
  /** right on every word up to it */
  readonly horizon: number
  readonly text: string
}

const REMEMBERED: Readonly<Record<string, Partial<Record<CountingCell, Remembered>>>> = {
  'a^n b^n': {
    lstm: { horizon: 256, text: 'right to 256' },
    gru: { horizon: 38, text: 'fails from 39' },
  },
  'a^n b^n c^n': {
    lstm: { horizon: 100, text: 'right to 100' },
    gru: { horizon: 8, text: 'fails from 9' },
  },
}

/** null where the paper says nothing of the cell or the language. */
export function remembered(language: string, cell: CountingCell): Remembered | null {
  return REMEMBERED[language]?.[cell] ?? null
}
