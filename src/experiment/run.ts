// An experiment from its file to its report. Everything finished on the way is kept: models in the store, the training
// that was interrupted in its checkpoint. Run again, it goes on, and ends with the bytes that an undisturbed run has.

import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import type { AnalysisResult, TrainingResult } from '../analysis/results.ts'
import type { AnalysedModel } from '../analysis/subject.ts'
import { UserError } from '../core/errors.ts'
import { displayPath, writeFileAtomic } from '../core/files.ts'
import { silent, type Log } from '../core/log.ts'
import { groupBy } from '../core/rows.ts'
import { loadDataset, type Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { loadEngine } from '../engine/load.ts'
import { countParameters } from '../model/weights.ts'
import { count } from '../report/format.ts'
import type { Fact, ModelSummary, ReportDocument } from '../report/document.ts'
import type { AnalysisContext } from './analyses/context.ts'
import { prepareAnalyses, runAnalysis } from './analyses/index.ts'
import { gatherMaterial, type Material } from './analyses/material.ts'
import { loadExperiment, type Experiment, type LoadedExperiment } from './config.ts'
import { describeEnvironment } from './environment.ts'
import { duration, trainingSeconds } from './estimate.ts'
import { isProbePath } from './find-probe.ts'
import { REPORTS, STORE } from './find.ts'
import { acquireLock } from './lock.ts'
import { obtainModel } from './obtain-model.ts'
import { planModels, type PlannedModel } from './plan.ts'
import { keepModelPointers, reportPath, writeEnvironment, writeModelPointer, writeResults } from './run-directory.ts'
import { saveReport } from './save-report.ts'
import { findTraining, openStore, type Store, type StoredModel } from './store.ts'

export interface RunOptions {
  /** `key=value` of `--set` */
  readonly settings?: readonly string[]
  /** the run directory; `reports/NAME` by default */
  readonly out?: string
  /** `reports/.store` by default */
  readonly store?: string
  /** trains this experiment's own models again */
  readonly fresh?: boolean
  /** the native engine by default */
  readonly engine?: Engine['name']
  /** the number of cores by default; never changes a result */
  readonly threads?: number
  /** at least so long between two checkpoints of a training; 10 by default */
  readonly checkpointSeconds?: number
  readonly log?: Log
  /** aborted by Ctrl-C: its reason is thrown where nothing better is known */
  readonly signal?: AbortSignal
}

export interface RunOutcome {
  readonly directory: string
  readonly report: string
  readonly document: ReportDocument
}

/**
 * Trains what is not in the store, analyses, and writes the run directory.
 * @throws UserError for every mistake in the file, before anything is trained
 */
export async function runExperiment(path: string, options: RunOptions = {}): Promise<RunOutcome> {
  const log = options.log ?? silent
  const loaded = loadExperiment(path, options.settings)
  const directory = resolve(options.out ?? join(REPORTS, loaded.experiment.name))
  const lock = await acquireLock(join(directory, '.lock'), {
    signal: options.signal,
    onWait: (owner) => log.info(`Process ${owner} runs this experiment in ${displayPath(directory)}; waiting for it.`),
  })
  try {
    return await runLocked(loaded, directory, { ...options, log })
  } finally {
    lock.release()
  }
}

async function runLocked(
  loaded: LoadedExperiment,
  directory: string,
  options: RunOptions & { readonly log: Log },
): Promise<RunOutcome> {
  const { log, signal, fresh, checkpointSeconds } = options
  const { experiment, folder } = loaded
  const started = performance.now()
  const threads = options.threads ?? availableParallelism()
  const store = openStore(options.store ?? STORE)
  const engine = await loadEngine({ engine: options.engine, threads })
  const dataset = await loadDataset(experiment.data, { baseDirectory: folder })
  log.info(describeDataset(dataset))
  const material = gatherMaterial(dataset, folder)
  await prepareAnalyses(experiment.analyses, material)
  const planned = await planModels(loaded, dataset, engine)
  refuseDays(planned, engine, store, options)

  const trained: StoredModel[] = []
  for (const plan of planned) {
    trained.push(await obtainModel(plan, { engine, store, fresh, checkpointSeconds, log, signal }))
    writeModelPointer(directory, plan.name, plan.seed, store.directory, plan.key)
  }
  const subjects = planned.map(({ name, seed }, index) => ({ name, seed, model: trained[index].model }))
  const results = [
    trainingResult(planned, trained, material),
    ...(await analyse(experiment, { engine, subjects, material, topUnits: new Map(), log, signal })),
  ]
  const { name, question = '' } = experiment
  keepModelPointers(directory, planned)
  writeFileAtomic(join(directory, 'experiment.yaml'), savedExperiment(loaded, directory))
  const seconds = (performance.now() - started) / 1000
  writeEnvironment(directory, [...describeEnvironment(engine, threads), ...times(planned, trained, seconds)])
  writeResults(directory, { name, question, models: summarise(experiment, subjects), results })
  return { directory, report: reportPath(directory), document: await saveReport(directory) }
}

function times(planned: readonly PlannedModel[], trained: readonly StoredModel[], whole: number): Fact[] {
  const training = planned.map(({ name, seed }, index) => (
    { name: `training of ${name}, seed ${seed}`, value: duration(trained[index].training.seconds) }
  ))
  return [...training, { name: 'this run', value: duration(whole) }]
}

async function analyse(experiment: Experiment, context: AnalysisContext): Promise<AnalysisResult[]> {
  const results: AnalysisResult[] = []
  for (const section of experiment.analyses) {
    context.signal?.throwIfAborted()
    context.log.info(`${section.analysis}…`)
    results.push(...(await runAnalysis(section, context)))
  }
  return results
}

/** The YAML of the run: every default filled in, paths from the run directory. */
function savedExperiment({ experiment, folder }: LoadedExperiment, directory: string): string {
  const { data } = experiment
  const here = (path: string) => relative(directory, resolve(folder, path))
  const grammar = 'grammar' in data ? { grammar: here(data.grammar) } : {}
  const text = 'text' in data ? { text: here(data.text) } : {}
  const analyses = experiment.analyses.map((section) => {
    if ('probe' in section) return { ...section, probe: isProbePath(section.probe) ? here(section.probe) : section.probe }
    if (section.analysis !== 'agreement') return section
    const items = section.items.map((source) => (typeof source === 'string' ? source : { file: here(source.file) }))
    return { ...section, items }
  })
  return stringify({ ...experiment, data: { ...data, ...grammar, ...text }, analyses }, { lineWidth: 120 })
}

function describeDataset({ name, counts, vocabulary, training, validation, test }: Dataset): string {
  const parts = [training, validation, test].map((part) => count(part.tokens.length)).join(', ')
  const known = `a vocabulary of ${count(vocabulary.tokens.length)}`
  return `${name}: ${count(counts.tokens)} ${vocabulary.kind}, ${known}; to train, validate and test: ${parts}.`
}

/** Without the native engine small experiments run and large ones say what they would take. */
function refuseDays(planned: readonly PlannedModel[], engine: Engine, store: Store, options: RunOptions): void {
  if (engine.name === 'native' || options.engine === 'tfjs') return
  const seconds = planned
    .filter((plan) => findTraining(store, plan.key) === null)
    .map((plan) => trainingSeconds(engine.name, plan.config, plan.training, plan.dataset.training.tokens.length))
    .reduce((sum, each) => sum + each, 0)
  if (seconds < LONG) return
  throw new UserError(
    `The native engine is not here, and TensorFlow.js would take about ${duration(seconds)} to train these models. ` +
      'Install a C++ compiler and run "npm rebuild" ("probe doctor" says more), or start with --engine tfjs.',
  )
}

/** Seconds that are started without asking. */
const LONG = 900

/** Training curves beside the loss of a model that knows the frequencies of words only. */
function trainingResult(
  planned: readonly PlannedModel[],
  trained: readonly StoredModel[],
  material: Material,
): TrainingResult {
  const rows = planned.flatMap(({ name, seed, dataset }, index) => {
    const unigramLoss = meanLoss(material, dataset.validation.tokens)
    return trained[index].training.history.map((evaluation) => ({ model: name, seed, ...evaluation, unigramLoss }))
  })
  return { analysis: 'training', rows }
}

/** Mean −log p under the unigram model of every token but the first, which nothing predicts, nats. */
function meanLoss(material: Material, tokens: Int32Array): number {
  const scores = material.unigram().score(tokens).subarray(1)
  return -scores.reduce((sum, score) => sum + score, 0) / scores.length
}

function summarise({ seeds }: Experiment, subjects: readonly AnalysedModel[]): ModelSummary[] {
  return [...groupBy(subjects, ({ name }) => name)].map(([name, [{ model: { config } }]]) => {
    const { cell, layers, units } = config
    return { name, cell, layers, units, parameters: countParameters(config), seeds }
  })
}
