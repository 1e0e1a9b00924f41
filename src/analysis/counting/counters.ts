// Does a unit count, and does the model need it? The finder, what happens when units are changed, and how much the
// state moves.

import type { TrainedLanguage } from '../../data/dataset.ts'
import type { Engine } from '../../engine/engine.ts'
import type { CountersResult } from '../results.ts'
import type { AnalysedModel } from '../subject.ts'
import { findCounters, type FindCountersOptions } from './find-counters.ts'
import { interventions, type InterventionOptions } from './interventions.ts'
import { stepSizes } from './step-sizes.ts'

export interface CountersOptions extends FindCountersOptions, InterventionOptions {
  /** symbols of the first block over which the moves of the state are measured; 1000 by default */
  readonly steps?: number
}

/** @throws UserError where the model does not know the letters of the language */
export async function counters(
  engine: Engine,
  subject: AnalysedModel,
  language: TrainedLanguage,
  options: CountersOptions = {},
): Promise<CountersResult> {
  const rows = findCounters(engine, subject, language, options)
  return {
    analysis: 'counters',
    rows,
    interventions: await interventions(engine, subject, language, rows, options),
    steps: stepSizes(engine, subject, language, options.steps ?? 1000),
  }
}
