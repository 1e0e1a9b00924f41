// What sections share: finding their results and splitting them by trained model.

import type { AnalysisResult } from '../../analysis/results.ts'
import { groupBy, type Row, type Table } from '../../core/rows.ts'
import type { ReportInput } from '../document.ts'
import { withoutQuantity } from '../evidence.ts'
import { headlineUnit } from '../verdicts/carrier.ts'
import type { OfSubject } from '../verdicts/rules.ts'

type Kind = AnalysisResult['analysis']

export function resultsOf<K extends Kind>(input: ReportInput, kind: K): Extract<AnalysisResult, { analysis: K }>[] {
  return input.results.filter((result): result is Extract<AnalysisResult, { analysis: K }> => result.analysis === kind)
}

/** Rows of each trained model, in order of first appearance. */
export function bySubject<R extends OfSubject>(rows: readonly R[]): R[][] {
  return [...groupBy(rows, subjectName).values()]
}

/** More seeds of a model than these are not all drawn: their tables say the rest. */
const MOST_DRAWN = 3

/** The trained models that charts of single models show: every seed of each model, or the first where they are many. */
export function drawnSubjects<R extends OfSubject>(rows: readonly R[]): R[][] {
  return [...groupBy(rows, ({ model }) => model).values()].flatMap((ofModel) => {
    const seeds = bySubject(ofModel)
    return seeds.length > MOST_DRAWN ? [seeds[0]] : seeds
  })
}

/** The same, those of the unit that the claim about each model is about before all others of the model. */
export function headlineFirst<R extends OfSubject & { readonly unit: string }>(
  input: ReportInput,
  rows: readonly R[],
): R[] {
  const rankings = resultsOf(input, 'unit-ranking')
  return bySubject(rows).flatMap((own) => {
    const headlines = resultsOf(input, 'ablation-sweep').flatMap((sweep) => headlineUnit(sweep, rankings, own[0])?.unit ?? [])
    const units = new Set(headlines.map(withoutQuantity))
    const isHeadline = ({ unit }: R) => units.has(unit) || units.has(withoutQuantity(unit))
    return [...own.filter(isHeadline), ...own.filter((row) => !isHeadline(row))]
  })
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
