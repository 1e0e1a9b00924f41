// What sections share: finding their results and splitting them by trained model.

import type { AnalysisResult } from '../../analysis/results.ts'
import { groupBy, type Row, type Table } from '../../core/rows.ts'
import type { ReportInput } from '../document.ts'
import type { OfSubject } from '../verdicts/rules.ts'

type Kind = AnalysisResult['analysis']

export function resultsOf<K extends Kind>(input: ReportInput, kind: K): Extract<AnalysisResult, { analysis: K }>[] {
  return input.results.filter((result): result is Extract<AnalysisResult, { analysis: K }> => result.analysis === kind)
}

/** Rows of each trained model, in order of first appearance. */
export function bySubject<R extends OfSubject>(rows: readonly R[]): R[][] {
  return [...groupBy(rows, subjectName).values()]
}

/** `lstm-1`: kebab-case, for names of charts. */
export function subjectName({ model, seed }: OfSubject): string {
  return `${model}-${seed}`
}

/** `lstm, seed 1`. */
export function subjectTitle({ model, seed }: OfSubject): string {
  return `${model}, seed ${seed}`
}

/** Text for anchors and file names: letters, digits and hyphens. */
export function kebab(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')
}

const MOST_ROWS = 24

/** The rows of a long table that stand in the page: those with the largest `weight`, in that order. */
export function mostTelling(table: Table, weight: (row: Row) => number): readonly Row[] {
  return [...table.rows].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_ROWS)
}
