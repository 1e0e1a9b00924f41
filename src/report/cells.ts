// Cells side by side: what each network of an experiment that trains several of them on one text is worth, by all that was
// measured. Each stands beside the LSTM with as many units, or as many parameters; those that learned to count are put beside
// them by their cell and by what they have in common with the LSTM that learned to count.

import type { AgreementGroupRow, AnalysisResult, HorizonRow, LagRow, PerplexityRow } from '../analysis/results.ts'
import { groupBy } from '../core/rows.ts'
import { mean } from '../core/statistics/moments.ts'
import { meanInterval } from '../core/statistics/student.ts'
import type { Fact, ModelSummary, ReportInput } from './document.ts'

/** What a network has in common with the LSTM; or that it is none, but the 5-gram model. */
export type Matched = 'reference' | 'units' | 'parameters' | 'baseline'

/** Parameters that differ by less are as many. */
const AS_MANY = 0.1
/** Steps back. */
export const LAG = 50

/** A number over the seeds; Student's interval, of a single seed none. */
export interface OverSeeds {
  readonly value: number
  readonly low: number | null
  readonly high: number | null
}

export interface CellComparison {
  readonly model: string
  readonly variant: string
  readonly matched: Matched
  readonly units: number | null
  readonly parameters: number | null
  readonly seeds: number
  readonly perplexity: OverSeeds
  /** accuracy by words between subject and verb, in the order of the bins; items without attractors */
  readonly byDistance: readonly { readonly group: string; readonly accuracy: OverSeeds }[]
  /** accuracy with two nouns of the other number in between, or more; null where it was not asked */
  readonly attractors: OverSeeds | null
  /** the largest n up to which every word is right: median of the seeds of the network that learned to count */
  readonly counts: { readonly model: string; readonly horizon: number; readonly converged: number; readonly seeds: number } | null
  /** log10 of the gradient's norm 50 steps back, less that at the loss; null where it is 0 or was not asked */
  readonly gradient: OverSeeds | null
  /** tokens a second in training; null where it is not known */
  readonly speed: number | null
}

/** The n-gram model last. Null unless several kinds of cells were trained on one text, one of them an LSTM, and asked about it and about counting. */
export function compareCells({ results, models, environment }: ReportInput): CellComparison[] | null {
  const perplexities = rowsOf(results, 'perplexity', ({ rows }) => rows)
  const distances = rowsOf(results, 'agreement', ({ groups }) => groups)
  const horizons = rowsOf(results, 'counting', ({ rows }) => rows)
  const lags = rowsOf(results, 'lag-curves', ({ rows }) => rows)
  if (perplexities.length === 0 || distances.length === 0 || horizons.length === 0) return null
  const readers = models.filter(({ name }) => perplexities.some(({ model }) => model === name))
  const counters = models.filter(({ name }) => horizons.some(({ model }) => model === name))
  const reference = readers.find(({ cell }) => cell === 'lstm')
  if (reference === undefined || new Set(readers.map(({ cell }) => cell)).size < 3) return null
  const compared = readers.flatMap((summary): CellComparison[] => {
    const matched = matchOf(summary, reference)
    if (matched === null) return []
    return [{
      model: summary.name,
      variant: summary.variant,
      matched,
      units: summary.units,
      parameters: summary.parameters,
      seeds: summary.seeds.length,
      perplexity: perplexityOf(perplexities.filter(({ model }) => model === summary.name)),
      ...agreementOf(distances.filter(({ model }) => model === summary.name)),
      counts: countsOf(counters, horizons, summary, matched),
      gradient: gradientOf(lags.filter(({ model }) => model === summary.name)),
      speed: speedOf(environment, summary.name),
    }]
  })
  const beside = <R extends { readonly model: string }>(rows: readonly R[]) => rows.filter(({ model }) => model === reference.name)
  return [...compared, ngramBaseline(beside(perplexities), beside(distances), horizons)]
}

/** What counting how often words follow each other is worth by the same measures, on the same text and items. */
function ngramBaseline(
  perplexities: readonly PerplexityRow[], distances: readonly AgreementGroupRow[], horizons: readonly HorizonRow[],
): CellComparison {
  const asIf = {
    perplexities: perplexities.map((row) => ({ ...row, perplexity: row.ngramPerplexity })),
    distances: [...new Map(distances.map((row) => [`${row.by} ${row.group}`, { ...row, accuracy: row.ngram }])).values()],
  }
  return {
    model: 'n-gram',
    variant: 'n-gram model',
    matched: 'baseline',
    units: null,
    parameters: null,
    seeds: 1,
    perplexity: perplexityOf(asIf.perplexities),
    ...agreementOf(asIf.distances),
    counts: { model: 'n-gram', horizon: horizons[0].ngramHorizon, converged: 0, seeds: 1 },
    gradient: null,
    speed: null,
  }
}

function rowsOf<Kind extends AnalysisResult['analysis'], R>(
  results: readonly AnalysisResult[], kind: Kind, of: (result: Extract<AnalysisResult, { analysis: Kind }>) => readonly R[],
): R[] {
  return results.flatMap((result) => (result.analysis === kind ? of(result as Extract<AnalysisResult, { analysis: Kind }>) : []))
}

function matchOf({ name, units, parameters }: ModelSummary, reference: ModelSummary): Matched | null {
  if (name === reference.name) return 'reference'
  if (units === reference.units) return 'units'
  return Math.abs(parameters / reference.parameters - 1) < AS_MANY ? 'parameters' : null
}

function overSeeds(values: readonly number[]): OverSeeds {
  return { value: mean(values), ...meanInterval(values) }
}

/** The same of a share, whose interval ends at 0 and 1. */
function shareOverSeeds(values: readonly number[]): OverSeeds {
  const { value, low, high } = overSeeds(values)
  return { value, low: low === null ? null : Math.max(0, low), high: high === null ? null : Math.min(1, high) }
}

/** On the test text where there is one. */
function perplexityOf(rows: readonly PerplexityRow[]): OverSeeds {
  const test = rows.filter(({ split }) => split === 'test')
  return overSeeds((test.length > 0 ? test : rows).map(({ perplexity }) => perplexity))
}

function agreementOf(rows: readonly AgreementGroupRow[]): Pick<CellComparison, 'byDistance' | 'attractors'> {
  const accuracies = (own: readonly AgreementGroupRow[]) => shareOverSeeds(own.map(({ accuracy }) => accuracy))
  const bins = groupBy(rows.filter(({ by }) => by === 'distance'), ({ group }) => group)
  const misled = rows.filter(({ by, group }) => by === 'attractors' && group === '2+ attractors')
  return {
    byDistance: [...bins].map(([group, own]) => ({ group, accuracy: accuracies(own) })),
    attractors: misled.length === 0 ? null : accuracies(misled),
  }
}

function countsOf(
  counters: readonly ModelSummary[], horizons: readonly HorizonRow[], { variant }: ModelSummary, matched: Matched,
): CellComparison['counts'] {
  const reference = counters.find(({ cell }) => cell === 'lstm')
  const own = reference && counters.find((counter) => counter.variant === variant && matchOf(counter, reference) === matched)
  const rows = horizons.filter(({ model, trained }) => model === own?.name && trained)
  if (rows.length === 0) return null
  const sorted = rows.map(({ horizon }) => horizon).sort((a, b) => a - b)
  const converged = rows.filter((row) => row.converged).length
  return { model: own!.name, horizon: sorted[(sorted.length - 1) >> 1], converged, seeds: rows.length }
}

/** Of the hidden state of the top layer. */
function gradientOf(rows: readonly LagRow[]): OverSeeds | null {
  const own = rows.filter(({ lag, moment, site }) => lag === LAG && moment === 'trained' && site.endsWith('hidden'))
  const known = own.flatMap(({ relative }) => relative ?? [])
  return known.length === 0 ? null : overSeeds(known)
}

function speedOf(environment: readonly Fact[], model: string): number | null {
  const value = environment.find(({ name }) => name === speedFact(model))?.value
  return value === undefined ? null : Number(value.replaceAll(/\D/g, ''))
}

/** What the environment calls the speed of a model's training. */
export function speedFact(model: string): string {
  return `training speed of ${model}`
}
