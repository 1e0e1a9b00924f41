// The outcomes of counting experiments, which are fixed before any test length is looked at: the horizon of every
// network, models compared over seeds, and the rule of the paper with its mistakes.

import { groupBy } from '../../core/rows.ts'
import type { Dataset } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { CountingResult } from '../results.ts'
import { acceptanceRows, ruleRow, type ScoredNetwork } from './acceptance.ts'
import { compareHorizons } from './comparisons.ts'
import { outcomeOf, type Outcome, type OutcomeOptions } from './outcomes.ts'
import type { CountingModel } from './subject.ts'

export interface CountingOptions extends OutcomeOptions {
  /** between 0 and 1: what every symbol of an accepted word is above; 0.01 in the code of Weiss et al. */
  readonly thresholds: readonly number[]
  /** called with the number of networks done */
  readonly onProgress?: (done: number) => void
}

/**
 * @param subjects all of one language
 * @throws UserError as outcomeOf
 */
export async function counting(
  engine: Engine,
  subjects: readonly CountingModel[],
  dataset: Dataset,
  options: CountingOptions,
): Promise<CountingResult> {
  const outcomes: Outcome[] = []
  for (const subject of subjects) {
    outcomes.push(await outcomeOf(engine, subject, dataset, options))
    options.onProgress?.(outcomes.length)
  }
  return summarise(outcomes, options.thresholds)
}

/** Weights set by hand have a horizon; rules and comparisons are about networks that learned. */
export function summarise(outcomes: readonly Outcome[], thresholds: readonly number[]): CountingResult {
  const learned = outcomes.flatMap(({ row, scores }): ScoredNetwork[] => (scores ? [{ row, scores }] : []))
  const models = [...groupBy(learned, ({ row }) => row.model).values()]
  return {
    analysis: 'counting',
    rows: outcomes.map(({ row }) => row),
    rules: learned.flatMap((network) => thresholds.map((threshold) => ruleRow(network, threshold))),
    acceptance: models.flatMap((seeds) => thresholds.flatMap((threshold) => acceptanceRows(seeds, threshold))),
    comparisons: compareHorizons(learned.map(({ row }) => row)),
  }
}
