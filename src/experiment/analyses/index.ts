// Every analysis that an experiment can ask for. Another one is a file, its schema, and a line here.

import type { AnalysisResult } from '../../analysis/results.ts'
import { togetherAs, UserError } from '../../core/errors.ts'
import { groupBy } from '../../core/rows.ts'
import type { Dataset } from '../../data/dataset.ts'
import { kindOf, type ModelKind } from '../../model/config.ts'
import type { PlannedModel } from '../plan.ts'
import { kindFor, readersOf, wrongKind, type Analysis } from '../schema/analyses.ts'
import { ablationSweepAnalysis } from './ablation-sweep.ts'
import { agreementAnalysis } from './agreement.ts'
import { attributionAnalysis } from './attribution.ts'
import { subjectsOf, type AnalysisDefinition, type AskContext, type Subject } from './context.ts'
import { contextualVectorsAnalysis } from './contextual-vectors.ts'
import { countersAnalysis } from './counters.ts'
import { countingAnalysis } from './counting.ts'
import { classifiersAnalysis } from './diagnostic-classifiers.ts'
import { dynamicsAnalysis } from './dynamics.ts'
import { emergenceAnalysis } from './emergence.ts'
import { findUnitsAnalysis } from './find-units.ts'
import { generalizationAnalysis } from './generalization.ts'
import { jacobiansAnalysis } from './jacobians.ts'
import { lagCurvesAnalysis } from './lag-curves.ts'
import { marginTraceAnalysis } from './margin-trace.ts'
import type { Material } from './material.ts'
import { minimalPairsAnalysis } from './minimal-pairs.ts'
import { ablationKindsAnalysis, patchingAnalysis, verbWeightsAnalysis } from './number-units.ts'
import { perplexityAnalysis } from './perplexity.ts'
import { precisionAnalysis } from './precision.ts'
import { preferencesAnalysis } from './preferences.ts'
import { samplesAnalysis } from './samples.ts'
import { saturationAnalysis } from './saturation.ts'
import { sensitivityMapAnalysis } from './sensitivity-map.ts'
import { syntaxUnitsAnalysis } from './syntax-units.ts'
import { taggingAnalysis } from './tagging.ts'
import { textAnalysis } from './text.ts'
import { tracesAnalysis } from './traces.ts'
import { unitRankingAnalysis } from './unit-ranking.ts'

const ANALYSES: { readonly [Name in Analysis['analysis']]: AnalysisDefinition<Name> } = {
  perplexity: perplexityAnalysis,
  agreement: agreementAnalysis,
  'unit-ranking': unitRankingAnalysis,
  'ablation-sweep': ablationSweepAnalysis,
  'find-units': findUnitsAnalysis,
  emergence: emergenceAnalysis,
  dynamics: dynamicsAnalysis,
  generalization: generalizationAnalysis,
  text: textAnalysis,
  samples: samplesAnalysis,
  saturation: saturationAnalysis,
  counting: countingAnalysis,
  counters: countersAnalysis,
  traces: tracesAnalysis,
  precision: precisionAnalysis,
  'selectional-preferences': preferencesAnalysis,
  'minimal-pairs': minimalPairsAnalysis,
  'lag-curves': lagCurvesAnalysis,
  'sensitivity-map': sensitivityMapAnalysis,
  jacobians: jacobiansAnalysis,
  'margin-trace': marginTraceAnalysis,
  'verb-weights': verbWeightsAnalysis,
  'ablation-kinds': ablationKindsAnalysis,
  patching: patchingAnalysis,
  'syntax-units': syntaxUnitsAnalysis,
  'diagnostic-classifiers': classifiersAnalysis,
  attribution: attributionAnalysis,
  tagging: taggingAnalysis,
  'contextual-vectors': contextualVectorsAnalysis,
}

/** A section for the models of one dataset, with all that they are asked about. */
export interface PreparedSection {
  readonly analysis: Analysis['analysis']
  /** the models, in the order of the plan */
  readonly models: readonly PlannedModel[]
  /** an answer can be sent to another process, and means the same there */
  ask(subject: Subject, context: AskContext): Promise<unknown>
  /** @param answers of all the models, in their order */
  combine(answers: readonly unknown[]): readonly AnalysisResult[]
}

/**
 * Makes what the analyses will look at, so that what cannot be made is said before anything is trained.
 * @returns in the order of the file; of a section about several datasets, one for each
 * @throws UserError with every problem
 */
export async function prepareAnalyses(
  sections: readonly Analysis[],
  planned: readonly PlannedModel[],
  materials: ReadonlyMap<Dataset, Material>,
): Promise<PreparedSection[]> {
  const prepared: PreparedSection[] = []
  const refused = new Map<string, { readonly path: string; readonly error: UserError }>()
  for (const [index, section] of sections.entries()) {
    try {
      const datasets = groupBy(subjectsOf(section, planned), ({ dataset }) => dataset)
      if (datasets.size === 0) throw new UserError(`${section.analysis} ${noneFor(section, planned)}`)
      refuseNamed(section, planned)
      for (const [dataset, models] of datasets) prepared.push(await prepare(section, models, materials.get(dataset)!))
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (!refused.has(error.message)) refused.set(error.message, { path: `analyses[${index}]`, error })
    }
  }
  if (refused.size > 0) throw togetherAs(`${refused.size} analyses cannot be made`, [...refused.values()])
  return prepared
}

/** Said of an analysis that no model can be given to. */
const NONE = {
  both: 'looks at trained models, and there is none here.',
  languages: 'looks at models of a counting language, and there is none here: data: { language: a^n b^n }.',
  text: 'looks at models of text, and there is none here.',
} as const

/** The same where none is of the kind that it looks at. */
const NONE_OF_KIND: Readonly<Record<ModelKind, string>> = {
  tagger: 'looks at models that predict tags, and there is none here: models: [{ predicts: tag, … }].',
  pair: 'looks at bidirectional language models, and there is none here: models: [{ bidirectional: true, … }].',
  'language model': 'looks at language models that read from left to right, and there is none here.',
}

function noneFor(section: Analysis, planned: readonly PlannedModel[]): string {
  const kind = kindFor(section)
  return planned.some(({ config }) => kindOf(config) === kind) ? NONE[readersOf(section)] : NONE_OF_KIND[kind]
}

/** Models of other experiments are known by now, too. @throws UserError where a section names one that it cannot look at */
function refuseNamed(section: Analysis, planned: readonly PlannedModel[]): void {
  const named = planned.filter(({ name, entry }) => section.models?.some((given) => given === name || given === entry))
  const wrong = named.find(({ config }) => kindOf(config) !== kindFor(section))
  if (wrong) throw new UserError(wrongKind(wrong.name, kindOf(wrong.config), section))
}

async function prepare(
  section: Analysis,
  models: readonly PlannedModel[],
  material: Material,
): Promise<PreparedSection> {
  const analysis = ANALYSES[section.analysis] as AnalysisDefinition<Analysis['analysis']>
  const prepared = await analysis.prepare(section, material)
  return {
    analysis: section.analysis,
    models: analysis.among?.(models) ?? models,
    ask: (subject, context) => analysis.ask(subject, prepared, { ...context, section, material }),
    combine: (answers) => analysis.combine(answers, prepared, { section, material }),
  }
}
