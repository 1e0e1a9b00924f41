// What a run will do, as data, before anything is trained: which models, from which text, under which name of the
// store.

import { existsSync } from 'node:fs'
import { totalmem } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import { canonicalJson } from '../core/json.ts'
import { packageRoot } from '../core/package-root.ts'
import { loadDataset, type Dataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import type { ModelConfig } from '../model/config.ts'
import { countParameters } from '../model/weights.ts'
import type { TrainingConfig } from '../training/config.ts'
import { loadExperiment, type LoadedExperiment } from './config.ts'
import { describeModel, modelKey, type ModelDescription } from './model-key.ts'
import { isReference, modelConfig, type DescribedModel, type ReferredModel } from './schema/model.ts'

/** One model of one seed. */
export interface PlannedModel {
  /** in this experiment */
  readonly name: string
  readonly seed: number
  readonly config: ModelConfig
  readonly training: TrainingConfig
  readonly dataset: Dataset
  readonly description: ModelDescription
  readonly key: string
  /** the experiment that it belongs to, where that is another one */
  readonly from: string | null
}

/**
 * Every model of an experiment in the order of the file, seeds innermost.
 * @throws UserError for a reference that leads nowhere
 */
export async function planModels(loaded: LoadedExperiment, dataset: Dataset, engine: Engine): Promise<PlannedModel[]> {
  const planned: PlannedModel[] = []
  for (const [index, section] of loaded.experiment.models.entries()) {
    const origin = isReference(section)
      ? await follow(section, `models[${index}].from`, loaded, dataset)
      : { loaded, section, dataset, from: null }
    for (const seed of loaded.experiment.seeds) planned.push(planModel(section.name, seed, origin, engine))
  }
  return planned
}

/** Where a model is described. */
interface Origin {
  readonly loaded: LoadedExperiment
  readonly section: DescribedModel
  readonly dataset: Dataset
  readonly from: string | null
}

function planModel(name: string, seed: number, origin: Origin, engine: Engine): PlannedModel {
  const { dataset, section, from } = origin
  const { data, training } = origin.loaded.experiment
  const config = modelConfig(section, dataset.vocabulary.tokens.length)
  refuseTooLarge(name, config)
  const description = describeModel({ engine, model: config, training, data, sha256: dataset.sha256, seed })
  return { name, seed, config, training, dataset, description, key: modelKey(description), from }
}

/** Bytes of a weight in training: itself, its gradient, and two moments of the optimiser. */
const BYTES_PER_WEIGHT = 16

/** @throws UserError where training takes more memory than the machine has */
function refuseTooLarge(name: string, config: ModelConfig): void {
  const weights = countParameters(config)
  const needed = weights * BYTES_PER_WEIGHT
  if (needed <= totalmem()) return
  const gigabytes = (bytes: number) => `${Math.ceil(bytes / 1e9)} GB`
  throw new UserError(
    `The model ${name} has ${Math.round(weights / 1e6)} million weights. Training them takes ${gigabytes(needed)} of ` +
      `memory, and this machine has ${gigabytes(totalmem())}. Choose fewer units, layers or words.`,
  )
}

/** The description that `from: EXPERIMENT/MODEL` means. */
async function follow(
  section: ReferredModel,
  path: string,
  loaded: LoadedExperiment,
  dataset: Dataset,
): Promise<Origin> {
  const [experiment, model] = section.from.split('/')
  const problem = (message: string) => new UserError(`${loaded.file} has 1 problem`, { problems: [{ path, message }] })
  const file = findExperiment(experiment, loaded.folder)
  if (file === null) throw problem(`there is no ${experiment}.yaml, neither beside this file nor in experiments/.`)
  const other = loadExperiment(file)
  const target = other.experiment.models.find((candidate) => candidate.name === model)
  const names = other.experiment.models.map((candidate) => candidate.name)
  if (!target) throw problem(`${experiment} has no model "${model}". Its models are: ${names.join(', ')}.`)
  if (isReference(target)) throw problem(`${section.from} is itself from ${target.from}. Write from: ${target.from}.`)
  const own = await datasetOf(other, loaded, dataset)
  if (canonicalJson(own.vocabulary) !== canonicalJson(dataset.vocabulary)) {
    throw problem(`${section.from} knows other words than this experiment's data. Give both the same data section.`)
  }
  return { loaded: other, section: target, dataset: own, from: section.from }
}

/** The dataset of another experiment: ours, where the two sections are the same. */
async function datasetOf(other: LoadedExperiment, loaded: LoadedExperiment, dataset: Dataset): Promise<Dataset> {
  const sameSection = canonicalJson(other.experiment.data) === canonicalJson(loaded.experiment.data)
  if (sameSection && other.folder === loaded.folder) return dataset
  return loadDataset(other.experiment.data, { baseDirectory: other.folder })
}

/** The file of an experiment: beside the one that names it, in ./experiments, or one that comes with the package. */
export function findExperiment(name: string, folder: string): string | null {
  if (basename(name) !== name) return null
  const folders = [folder, resolve('experiments'), join(packageRoot(), 'experiments')]
  return folders.map((candidate) => join(candidate, `${name}.yaml`)).find((file) => existsSync(file)) ?? null
}
