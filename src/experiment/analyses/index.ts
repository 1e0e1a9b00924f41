// Every analysis that an experiment can ask for. Another one is a file, its schema, and a line here.

import type { AnalysisResult } from '../../analysis/results.ts'
import { findProbe } from '../find-probe.ts'
import type { Analysis } from '../schema/analyses.ts'
import { runAblationSweep } from './ablation-sweep.ts'
import { runAgreement } from './agreement.ts'
import type { AnalysisContext, AnalysisRunner } from './context.ts'
import { runDynamics } from './dynamics.ts'
import type { Material } from './material.ts'
import { runPerplexity } from './perplexity.ts'
import { runText } from './text.ts'
import { runUnitRanking } from './unit-ranking.ts'

const RUNNERS: { readonly [Name in Analysis['analysis']]: AnalysisRunner<Name> } = {
  perplexity: runPerplexity,
  agreement: runAgreement,
  'unit-ranking': runUnitRanking,
  'ablation-sweep': runAblationSweep,
  dynamics: runDynamics,
  text: runText,
}

export function runAnalysis(section: Analysis, context: AnalysisContext): Promise<readonly AnalysisResult[]> {
  const run = RUNNERS[section.analysis] as AnalysisRunner<Analysis['analysis']>
  return run(section, context)
}

/** Makes what the analyses will look at, so that what cannot be made is said before anything is trained. */
export async function prepareAnalyses(sections: readonly Analysis[], material: Material): Promise<void> {
  for (const section of sections) {
    if ('probe' in section) await findProbe(section.probe, material.folder)
    if ('items' in section) material.items(section.items, section.itemsPerCondition)
  }
}
