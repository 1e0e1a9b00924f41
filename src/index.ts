// The public interface: re-exports only.

export { UserError, type Problem } from './core/errors.ts'
export { silent, type Log, type Progress } from './core/log.ts'
export { Random } from './core/random.ts'
export type { Column, Row, Table } from './core/rows.ts'
export { defineProbe, type Answer, type Probe, type ProbeInput } from './probe.ts'

export { completeData, type DataConfig, type DataInput } from './data/config.ts'
export { encodePart, loadDataset, type Dataset, type DatasetPart } from './data/dataset.ts'
export { parseLanguage, wordOf, type CountingLanguage } from './data/language/language.ts'
export { splitAtSpaces, splitWords } from './data/tokenize.ts'
export { decode, encode, endId, tokenId, type Vocabulary } from './data/vocabulary.ts'

export type { ModelConfig } from './model/config.ts'
export type { Edit } from './model/edits.ts'
export { readModel, writeModel } from './model/formats/formats.ts'
export { initializeWeights } from './model/initialization.ts'
export type { Model } from './model/model.ts'
export { trainNgram, trainUnigram, type CountModel } from './model/ngram.ts'
export { matchSites, parseSite, parseUnit, sitesOf, type Site, type Unit } from './model/sites.ts'
export { countParameters, weightShapes, type Weights } from './model/weights.ts'

export type {
  Batch, Engine, RunOptions, RunResult, Scalars, Sensitivities, SensitivityOptions, State, Terms,
} from './engine/engine.ts'
export { loadEngine, type EngineOptions } from './engine/load.ts'

export { DEFAULT_TRAINING, type TrainingConfig } from './training/config.ts'
export { train, type Trained, type TrainOptions } from './training/train.ts'

export { exportRecording } from './recording/export.ts'
export { generate, type GeneratedToken, type GenerateOptions } from './recording/generate.ts'
export { record, type RecordOptions } from './recording/record.ts'
export type { Recording, RecordingBlock } from './recording/recording.ts'
export { score } from './recording/score.ts'
export type { InitialState, Sequence } from './recording/sequences.ts'

export { ablate, clamp, scale } from './intervention/edits.ts'
export { unitMeans, type UnitMeans } from './intervention/means.ts'
export { patch } from './intervention/patch.ts'

export { horizonOf } from './tasks/counting/horizon.ts'
export { scoreWords, type WordScores } from './tasks/counting/score-words.ts'
export type { Item } from './tasks/items.ts'
export { parsePairs, type Pair } from './tasks/pairs-csv.ts'
export { scoreItems } from './tasks/score-items.ts'

export { attribution } from './analysis/attribution/attribution.ts'
export { jacobians } from './analysis/gradients/jacobians.ts'
export { lagCurves, spacedLags } from './analysis/gradients/lag-curves.ts'
export { marginTrace } from './analysis/gradients/margin-trace.ts'
export { drawPlaces } from './analysis/gradients/places.ts'
export { sensitivityMap } from './analysis/gradients/sensitivity-map.ts'
export { tokenEffects } from './analysis/gradients/token-effects.ts'
export { compare, type ComparisonRow, type ScoredItems } from './analysis/compare.ts'
export { counting, type CountingOptions } from './analysis/counting/counting.ts'
export type { CountingModel } from './analysis/counting/subject.ts'
export { ablationKinds } from './analysis/number-units/ablation-kinds.ts'
export { patching } from './analysis/number-units/patching.ts'
export { repairs } from './analysis/number-units/repairs.ts'
export { verbWeights } from './analysis/number-units/verb-weights.ts'
export { syntaxUnits } from './analysis/syntax/syntax-units.ts'
export { rankUnits, type RankedUnit } from './analysis/rank-units.ts'
export type { AnalysisResult } from './analysis/results.ts'

export { buildReport } from './report/build.ts'
export { toCsv } from './report/csv.ts'
export { tablesOf } from './report/tables.ts'

export { toDataFrame, type DataFrame } from './experiment/data-frame.ts'
export { findProbe } from './experiment/find-probe.ts'
export { runExperiment, type RunOptions as RunExperimentOptions, type RunOutcome } from './experiment/run.ts'
export { agreement, agreementItems, loadModel } from './experiment/script.ts'
