// What cells are compared by, in the order of the table: the number of a network, as a reader sees it, and which is better.

import type { CellComparison, OverSeeds } from './cells.ts'
import { count, fixed } from './format.ts'

export interface CellMeasure {
  readonly name: string
  readonly better: 'more' | 'less'
  valueOf(row: CellComparison): number | null
  textOf(row: CellComparison): string
}

export const COMPARED: readonly CellMeasure[] = [
  measure('parameters', 'less', ({ parameters }) => parameters, (value) => count(value)),
  measure('perplexity', 'less', ({ perplexity }) => perplexity.value, (value) => fixed(value, 2)),
  measure('agreement near, %', 'more', (row) => percentAt(row, 0), (value) => fixed(value, 1)),
  measure('agreement far, %', 'more', (row) => percentAt(row, row.byDistance.length - 1), (value) => fixed(value, 1)),
  measure('two attractors, %', 'more', ({ attractors }) => percent(attractors), (value) => fixed(value, 1)),
  measure('counts to', 'more', ({ counts }) => counts?.horizon ?? null, (value) => count(value)),
  measure('gradient at 50, log₁₀', 'more', ({ gradient }) => gradient?.value ?? null, (value) => fixed(value, 1)),
  measure('tokens a second', 'more', ({ speed }) => speed, (value) => count(value)),
]

function measure(
  name: string, better: CellMeasure['better'], valueOf: CellMeasure['valueOf'], text: (value: number) => string,
): CellMeasure {
  return { name, better, valueOf, textOf: (row) => (valueOf(row) === null ? '–' : text(valueOf(row)!)) }
}

function percentAt({ byDistance }: CellComparison, bin: number): number | null {
  return percent(byDistance[bin]?.accuracy ?? null)
}

function percent(accuracy: OverSeeds | null): number | null {
  return accuracy === null ? null : 100 * accuracy.value
}
