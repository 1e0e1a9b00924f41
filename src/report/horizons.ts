// The horizons of all seeds of a model on one language, and how many of them get how far: verdicts, charts and tables
// read the same numbers. Beside them what Weiss, Goldberg & Yahav (2018) report.

import type { CountingCell, HorizonComparison, HorizonRow } from '../analysis/results.ts'
import { groupBy } from '../core/rows.ts'
import { quantile } from '../core/statistics/interval.ts'
import { shareOf, type SeedShare } from './seed-share.ts'

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

/** The seeds that are right up to `n` at least; null where that was not tested. */
export function reaching({ rows, tested }: ModelHorizons, n: number): SeedShare | null {
  return n > tested ? null : shareOf(rows, (row) => row.horizon >= n)
}

export function converging({ rows }: ModelHorizons): SeedShare {
  return shareOf(rows, (row) => row.converged)
}

/** The comparison of two models, whichever of them stands first. */
export function compared(
  model: ModelHorizons,
  other: ModelHorizons,
  comparisons: readonly HorizonComparison[],
): HorizonComparison | null {
  const ofLanguage = comparisons.filter((row) => row.language === model.language)
  const find = (first: ModelHorizons, second: ModelHorizons) =>
    ofLanguage.find((row) => row.model === first.model && row.other === second.model)
  const straight = find(model, other)
  if (straight) return straight
  const turned = find(other, model)
  if (!turned) return null
  const { wins, losses, medianDifference } = turned
  return {
    ...turned, model: model.model, other: other.model, wins: losses, losses: wins, medianDifference: -medianDifference,
  }
}

/** The lengths whose shares an experiment reports, fixed in advance. */
export const MILESTONES = [256, 1000] as const

/** The state is bounded: steps of equal size must be tiny, which training would have to find. */
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
    gru: { horizon: 38, text: 'wrong from 39' },
  },
  'a^n b^n c^n': {
    lstm: { horizon: 100, text: 'right to 100' },
    gru: { horizon: 8, text: 'wrong from 9' },
  },
}

/** null where the paper says nothing of the cell or the language. */
export function remembered(language: string, cell: CountingCell): Remembered | null {
  return REMEMBERED[language]?.[cell] ?? null
}
