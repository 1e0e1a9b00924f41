// Every analysis that an experiment can ask for. Another one is a file, its schema, and a line here.

import { testedLanguage } from '../../analysis/counting/outcomes.ts'
import { checkAttribution } from '../../analysis/attribution/attribution.ts'
import { checkGeneralization } from '../../analysis/generalization.ts'
import { depthPoints } from '../../analysis/syntax/depth-points.ts'
import { checkPatching } from '../../analysis/number-units/patching.ts'
import type { AnalysisResult } from '../../analysis/results.ts'
import { checkRanking } from '../../analysis/unit-ranking.ts'
import { togetherAs, UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import type { Dataset } from '../../data/dataset.ts'
import { findProbe } from '../find-probe.ts'
import type { PlannedModel } from '../plan.ts'
import { kindFor, readersOf, type Analysis } from '../schema/analyses.ts'
import { runAblationSweep } from './ablation-sweep.ts'
import { runAgreement } from './agreement.ts'
import { runAttribution } from './attribution.ts'
import { subjectsOf, type AnalysisContext, type AnalysisRunner } from './context.ts'
import { runCounters } from './counters.ts'
import { runCounting } from './counting.ts'
import { runClassifiers } from './diagnostic-classifiers.ts'
import { probedTexts, runContextualVectors } from './contextual-vectors.ts'
import { runDynamics } from './dynamics.ts'
import type { Material } from './material.ts'
import { probesOf, runFindUnits } from './find-units.ts'
import { runEmergence } from './emergence.ts'
import { runGeneralization } from './generalization.ts'
import { runJacobians } from './jacobians.ts'
import { lagPlaces, runLagCurves } from './lag-curves.ts'
import { runMarginTrace } from './margin-trace.ts'
import { runAblationKinds, runPatching, runVerbWeights } from './number-units.ts'
import { runPerplexity } from './perplexity.ts'
import { runPrecision } from './precision.ts'
import { pairTasks, runMinimalPairs } from './minimal-pairs.ts'
import { preferenceItems, runPreferences } from './preferences.ts'
import { runSaturation, saturationText } from './saturation.ts'
import { samplePlaces } from './sequences.ts'
import { heldOutSentences, runSyntaxUnits } from './syntax-units.ts'
import { passagesOf, runText } from './text.ts'
import { runSamples } from './samples.ts'
import { beginningsOf, runSensitivityMap } from './sensitivity-map.ts'
import { heldOutTexts, runTagging } from './tagging.ts'
import { runTraces } from './traces.ts'
import { runUnitRanking } from './unit-ranking.ts'

const RUNNERS: { readonly [Name in Analysis['analysis']]: AnalysisRunner<Name> } = {
  perplexity: runPerplexity,
  agreement: runAgreement,
  'unit-ranking': runUnitRanking,
  'ablation-sweep': runAblationSweep,
  'find-units': runFindUnits,
  emergence: runEmergence,
  dynamics: runDynamics,
  generalization: runGeneralization,
  text: runText,
  samples: runSamples,
  saturation: runSaturation,
  counting: runCounting,
  counters: runCounters,
  traces: runTraces,
  precision: runPrecision,
  'selectional-preferences': runPreferences,
  'minimal-pairs': runMinimalPairs,
  'lag-curves': runLagCurves,
  'sensitivity-map': runSensitivityMap,
  jacobians: runJacobians,
  'margin-trace': runMarginTrace,
  'verb-weights': runVerbWeights,
  'ablation-kinds': runAblationKinds,
  patching: runPatching,
  'syntax-units': runSyntaxUnits,
  'diagnostic-classifiers': runClassifiers,
  attribution: runAttribution,
  tagging: runTagging,
  'contextual-vectors': runContextualVectors,
}

export function runAnalysis(section: Analysis, context: AnalysisContext): Promise<readonly AnalysisResult[]> {
  const run = RUNNERS[section.analysis] as AnalysisRunner<Analysis['analysis']>
  return run(section, context)
}

/**
 * Makes what the analyses will look at, so that what cannot be made is said before anything is trained.
 * @throws UserError with every problem
 */
export async function prepareAnalyses(
  sections: readonly Analysis[],
  planned: readonly PlannedModel[],
  materials: ReadonlyMap<Dataset, Material>,
): Promise<void> {
  const refused = new Map<string, { readonly path: string; readonly error: UserError }>()
  for (const [index, section] of sections.entries()) {
    try {
      const datasets = new Set(subjectsOf(section, planned).map((plan) => plan.dataset))
      if (datasets.size === 0) throw new UserError(`${section.analysis} ${noneFor(section)}`)
      for (const dataset of datasets) await prepare(section, materials.get(dataset)!)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      if (!refused.has(error.message)) refused.set(error.message, { path: `analyses[${index}]`, error })
    }
  }
  if (refused.size > 0) throw togetherAs(`${refused.size} analyses cannot be made`, [...refused.values()])
}

/** Said of an analysis that no model can be given to. */
const NONE = {
  both: 'looks at trained models, and there is none here.',
  languages: 'looks at models of a counting language, and there is none here: data: { language: a^n b^n }.',
  text: 'looks at models of text, and there is none here.',
} as const

function noneFor(section: Analysis): string {
  switch (kindFor(section)) {
    case 'tagger': return 'looks at models that predict tags, and there is none here: models: [{ predicts: tag, … }].'
    case 'pair': return 'looks at bidirectional language models, and there is none here: models: [{ bidirectional: true, … }].'
    case 'language model': return NONE[readersOf(section)]
  }
}

async function prepare(section: Analysis, material: Material): Promise<void> {
  if (section.analysis === 'text') passagesOf(section, material)
  if (section.analysis === 'saturation') saturationText(section, material.dataset)
  if (section.analysis === 'syntax-units') depthPoints(heldOutSentences(material.dataset), new Random('check'))
  if (section.analysis === 'counting') testedLanguage(material.dataset, section.longest)
  if (section.analysis === 'selectional-preferences') preferenceItems(section, material)
  if (section.analysis === 'find-units' || section.analysis === 'emergence') await probesOf(section, material)
  if (section.analysis === 'lag-curves') lagPlaces(section, material.dataset)
  if (section.analysis === 'jacobians') samplePlaces(material.dataset, section.places, section.longestLag + 1)
  if (section.analysis === 'sensitivity-map') beginningsOf(section, material.dataset)
  if (section.analysis === 'minimal-pairs') pairTasks(section, material)
  if (section.analysis === 'tagging') heldOutTexts(material.dataset)
  if (section.analysis === 'contextual-vectors') probedTexts(material.dataset, section)
  if (!('items' in section) || section.analysis === 'minimal-pairs') return
  const { items } = material.items(section.items, section.itemsPerCondition)
  if (section.analysis === 'generalization' || section.analysis === 'diagnostic-classifiers') {
    for (const task of section.items) checkGeneralization(section.analysis, task, items.filter((item) => item.task === task))
  }
  if (section.analysis === 'attribution') {
    for (const task of section.items) checkAttribution(task, items.filter((item) => item.task === task))
  }
  if (section.analysis === 'patching') {
    for (const task of section.items) checkPatching(task, items.filter((item) => item.task === task))
  }
  if (section.analysis === 'unit-ranking') checkRanking(items, await findProbe(section.probe, material.folder))
}
