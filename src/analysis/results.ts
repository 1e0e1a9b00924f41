// What analyses return: rows that name their model and seed and that cannot be written without their baseline.
// Accuracies, drops and AUCs are fractions (0.87, not 87); intervals are 95 %, called low and high; margins are nats.

import type { AgreementResult } from './results/agreement.ts'
import type { AttributionResult } from './results/attribution.ts'
import type { ClassifiersResult } from './results/classifiers.ts'
import type { ContextualVectorsResult } from './results/contextual.ts'
import type { CountingResult, CountersResult, TracesResult, PrecisionResult } from './results/counting.ts'
import type { EmergenceResult, UnitFindingResult } from './results/finding.ts'
import type { GeneralizationResult } from './results/generalization.ts'
import type { JacobiansResult, LagCurvesResult, MarginTraceResult, SensitivityMapResult } from './results/gradients.ts'
import type { MinimalPairsResult } from './results/minimal-pairs.ts'
import type { AblationKindsResult, PatchingResult, VerbWeightsResult } from './results/number-units.ts'
import type { PerplexityResult } from './results/perplexity.ts'
import type { PreferencesResult } from './results/preferences.ts'
import type { SaturationResult } from './results/saturation.ts'
import type { ColoredTextResult, SamplesResult } from './results/text.ts'
import type { SyntaxUnitsResult } from './results/syntax.ts'
import type { TaggingResult } from './results/tagging.ts'
import type { TrainingResult } from './results/training.ts'
import type { AblationResult, RankingResult, DynamicsResult } from './results/units.ts'

export type * from './results/agreement.ts'
export type * from './results/attribution.ts'
export type * from './results/classifiers.ts'
export type * from './results/contextual.ts'
export type * from './results/counting.ts'
export type * from './results/finding.ts'
export type * from './results/generalization.ts'
export type * from './results/gradients.ts'
export type * from './results/minimal-pairs.ts'
export type * from './results/number-units.ts'
export type * from './results/perplexity.ts'
export type * from './results/preferences.ts'
export type * from './results/saturation.ts'
export type * from './results/syntax.ts'
export type * from './results/tagging.ts'
export type * from './results/text.ts'
export type * from './results/training.ts'
export type * from './results/units.ts'

/** One of these per analysis of an experiment; all of them together are `results.json`. */
export type AnalysisResult =
  | TrainingResult
  | PerplexityResult
  | AgreementResult
  | AblationResult
  | RankingResult
  | DynamicsResult
  | GeneralizationResult
  | VerbWeightsResult
  | AblationKindsResult
  | PatchingResult
  | SyntaxUnitsResult
  | ClassifiersResult
  | AttributionResult
  | ColoredTextResult
  | SamplesResult
  | SaturationResult
  | CountingResult
  | CountersResult
  | TracesResult
  | PrecisionResult
  | UnitFindingResult
  | EmergenceResult
  | PreferencesResult
  | MinimalPairsResult
  | TaggingResult
  | ContextualVectorsResult
  | LagCurvesResult
  | SensitivityMapResult
  | JacobiansResult
  | MarginTraceResult
