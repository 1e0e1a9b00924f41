// An experiment from its file to its report. Everything finished on the way is kept: models in the store, the training
// that was interrupted in its checkpoint. Run again, it goes on, and ends with the bytes that an undisturbed run has.

import { availableParallelism } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { stringify } from 'yaml'
import { UserError } from '../core/errors.ts'
import { displayPath, writeFileAtomic } from '../core/files.ts'
import { silent, type Log } from '../core/log.ts'
import { groupBy } from '../core/rows.ts'
import { withPaths } from '../data/config.ts'
import type { Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { loadEngine } from '../engine/load.ts'
import { variantOf } from '../model/config.ts'
import { countParameters } from '../model/weights.ts'
import { count } from '../report/format.ts'
import type { ModelSummary, ReportDocument } from '../report/document.ts'
import { prepareAnalyses } from './analyses/index.ts'
import { gatherMaterials } from './analyses/material.ts'
import { analyse } from './analyse.ts'
import { completedInput, loadExperiment, type LoadedExperiment } from './config.ts'
import { openChoices } from './choices.ts'
import { describeEnvironment } from './environment.ts'
import { duration, secondsOf } from './estimate.ts'
import { isProbePath } from './find-probe.ts'
import { REPORTS, STORE } from './find.ts'
import { originOf } from './import-model.ts'
import { acquireLock } from './lock.ts'
import { obtainModels } from './obtain-models.ts'
import { planModels, type PlannedModel } from './plan.ts'
import { keepModelPointers, reportPath, writeEnvironment, writeModelPointer, writeResults } from './run-directory.ts'
import { saveReport } from './save-report.ts'
import { findTraining, openStore, type Store } from './store.ts'
import { trainingResult } from './training-result.ts'
import { trainingTimes } from './training-times.ts'

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
  /** small models are trained, and analysed, side by side where that is work of at least so many seconds; 10 by default */
  readonly processSeconds?: number
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
  const { log, signal, fresh, checkpointSeconds, processSeconds } = options
  const { experiment, folder } = loaded
  const started = performance.now()
  const threads = options.threads ?? availableParallelism()
  const store = openStore(options.store ?? STORE)
  const engine = await loadEngine({ engine: options.engine, threads })
  const planned = await planModels(loaded, engine, store)
  const materials = gatherMaterials(planned, folder)
  for (const dataset of materials.keys()) log.info(describeDataset(dataset))
  const sections = await prepareAnalyses(experiment.analyses, planned, materials)
  refuseDays(planned, engine, store, options)

  const shared = { loaded, engine, store, threads, processSeconds, log, signal }
  const trained = await obtainModels(planned, {
    ...shared, fresh, checkpointSeconds,
    onModel: ({ name, seed, key }) => writeModelPointer(directory, name, seed, store.directory, key),
  })
  const choices = openChoices(join(directory, 'choices.json'))
  const results = [
    trainingResult(planned, trained, materials),
    ...(await analyse(planned, trained, sections, { ...shared, choices })),
  ]
  const { name, question = '' } = experiment
  keepModelPointers(directory, planned)
  writeFileAtomic(join(directory, 'experiment.yaml'), savedExperiment(loaded, directory))
  const seconds = (performance.now() - started) / 1000
  writeEnvironment(directory, [...describeEnvironment(engine, threads), ...trainingTimes(planned, trained), { name: 'this run', value: duration(seconds) }])
  const data = [...materials.keys()].map(({ name, sha256, files }) => ({ name, sha256, files }))
  writeResults(directory, { name, question, data, models: summarise(planned), choices: choices.summary(), results })
  return { directory, report: reportPath(directory), document: await saveReport(directory) }
}

/** The YAML of the run: every default filled in, paths from the run directory. */
function savedExperiment({ experiment, folder }: LoadedExperiment, directory: string): string {
  const here = (path: string) => relative(directory, resolve(folder, path))
  const data = experiment.data.map((section) => ({ ...section, data: withPaths(section.data, here) }))
  const analyses = experiment.analyses.map((section) => {
    if ('probe' in section && isProbePath(section.probe)) return { ...section, probe: here(section.probe) }
    if ('pairs' in section && section.pairs !== undefined) return { ...section, pairs: here(section.pairs) }
    if (section.analysis === 'find-units' || section.analysis === 'emergence') {
      return { ...section, probes: section.probes.map((probe) => (isProbePath(probe) ? here(probe) : probe)) }
    }
    if (section.analysis === 'minimal-pairs') {
      return { ...section, items: section.items.map((source) => ({ ...source, file: here(source.file) })) }
    }
    if (section.analysis !== 'agreement') return section
    const items = section.items.map((source) => (typeof source === 'string' ? source : { ...source, file: here(source.file) }))
    return { ...section, items }
  })
  return stringify(completedInput({ ...experiment, data, analyses }), { lineWidth: 120 })
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
    .map((plan) => secondsOf(plan, engine))
    .reduce((sum, each) => sum + each, 0)
  if (seconds < LONG) return
  throw new UserError(
    `The native engine is not here, and TensorFlow.js would take about ${duration(seconds)} to train these models. ` +
      'Install a C++ compiler and run "npm rebuild" ("probe doctor" says more), or start with --engine tfjs.',
  )
}

/** Seconds that are started without asking. */
const LONG = 900

function summarise(planned: readonly PlannedModel[]): ModelSummary[] {
  return [...groupBy(planned, ({ name }) => name)].map(([name, own]) => {
    const [{ config, description }] = own
    const { cell, layers, units } = config
    const origin = originOf(description)
    return {
      name, cell, variant: variantOf(config), layers, units, parameters: countParameters(config), seeds: own.map(({ seed }) => seed),
      ...(origin && { imported: origin }),
    }
  })
}
