// What a run will do, as data, before anything is trained: which models, from which data, under which name of the
// store.

import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import { canonicalJson } from '../core/json.ts'
import { requireMemory } from '../core/memory.ts'
import { packageRoot } from '../core/package-root.ts'
import { hasPaths } from '../data/config.ts'
import { inVocabulary, loadDataset, type Dataset } from '../data/dataset.ts'
import { tagsOf } from '../data/tagging.ts'
import type { Engine } from '../engine/engine.ts'
import { counterByHand } from '../model/by-hand/counter.ts'
import type { ModelConfig } from '../model/config.ts'
import { countParameters, type Weights } from '../model/weights.ts'
import type { TrainingConfig } from '../training/config.ts'
import { loadExperiment, type Experiment, type LoadedExperiment } from './config.ts'
import type { DataSection } from './data-sections.ts'
import { findImported, IMPORT_SEED } from './import-model.ts'
import { describeModel, modelKey, type ModelDescription } from './model-key.ts'
import {
  isByHand, isImported, isReference, isTagger, modelConfig, type DescribedModel, type ModelByHand, type ModelSection, type ReferredModel,
} from './schema/model.ts'
import { downloadsDirectory, type Store } from './store.ts'

/** One model of one seed. */
export interface PlannedModel {
  /** in this experiment: that of its entry, with that of its data where there are several, as in `lstm-brown` */
  readonly name: string
  /** name of its entry in `models:` */
  readonly entry: string
  readonly seed: number
  readonly config: ModelConfig
  /** what it says where it is a tagger, by number */
  readonly tags?: readonly string[]
  readonly making: Making
  readonly dataset: Dataset
  readonly description: ModelDescription
  readonly key: string
  /** the experiment that it belongs to, where that is another one */
  readonly from: string | null
}

/** How a model gets its weights: it is trained, they are set by hand, or another program has trained it. */
export type Making =
  | { readonly kind: 'import' }
  | { readonly kind: 'training'; readonly training: TrainingConfig }
  | { readonly kind: 'by hand'; readonly weights: Weights; readonly counters: readonly string[] }

/** Datasets by what determines them: each is loaded once. */
export type Datasets = (section: DataSection, folder: string) => Promise<Dataset>

/**
 * Every model of an experiment in the order of the file, data after data, seeds innermost.
 * @throws UserError for a reference that leads nowhere
 */
export async function planModels(loaded: LoadedExperiment, engine: Engine, store: Store): Promise<PlannedModel[]> {
  const { experiment, folder } = loaded
  const datasets = loadOnce(downloadsDirectory(store))
  const planned: PlannedModel[] = []
  for (const [index, entry] of experiment.models.entries()) {
    if (isReference(entry) && isImported(entry)) {
      planned.push(...(await planImported(entry, `models[${index}].from`, loaded, store, datasets)))
      continue
    }
    const origins = isReference(entry)
      ? [follow(entry, `models[${index}].from`, loaded)]
      : describedModels(experiment, folder).filter(({ section }) => section === entry)
    for (const origin of origins) {
      const dataset = await datasets(origin.data, origin.folder)
      const from = isReference(entry) ? entry.from : null
      const name = from === null ? origin.name : entry.name
      for (const seed of seedsOf(entry, origin, experiment)) {
        planned.push({ name, entry: entry.name, seed, from, dataset, ...planModel(name, seed, origin, dataset, engine) })
      }
    }
  }
  return planned
}

/** An imported model, once for each of the data that it is asked about; these are read with its own vocabulary. */
async function planImported(
  { name, from, data, fetch }: ReferredModel,
  path: string,
  { experiment, file, folder }: LoadedExperiment,
  store: Store,
  datasets: Datasets,
): Promise<PlannedModel[]> {
  const { key, description, config, vocabulary } = attempt(file, path, () => findImported(store, from, fetch))
  const common = { entry: name, seed: IMPORT_SEED, from, config, making: { kind: 'import' }, description, key } as const
  const sections = experiment.data.filter((section) => section.name === null || (data?.includes(section.name) ?? true))
  return Promise.all(sections.map(async (section) => ({
    ...common,
    name: section.name === null || sections.length === 1 ? name : `${name}-${section.name}`,
    dataset: inVocabulary(await datasets(section, folder), vocabulary),
  })))
}

/** A mistake about one place of the file. */
function attempt<T>(file: string, path: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    throw new UserError(`${file} has 1 problem`, { problems: [{ path, message: error.message }] })
  }
}

function seedsOf(entry: ModelSection, { section }: Origin, experiment: Experiment): readonly number[] {
  if (isByHand(section)) return [1]
  return (isReference(entry) ? entry.seeds : undefined) ?? experiment.seeds
}

/** Where a model is described. */
interface Origin {
  readonly name: string
  readonly section: DescribedModel | ModelByHand
  readonly data: DataSection
  readonly folder: string
}

/** Every model that an experiment trains: each entry on each of its data. */
function describedModels({ models, data: sections }: Experiment, folder: string): Origin[] {
  return models.flatMap((section) => {
    if (isReference(section)) return []
    return sections
      .filter(({ name }) => name === null || (section.data?.includes(name) ?? true))
      .map((data) => ({ name: data.name === null ? section.name : `${section.name}-${data.name}`, section, data, folder }))
  })
}

function planModel(
  name: string,
  seed: number,
  { section, data: { data, training } }: Origin,
  dataset: Dataset,
  engine: Engine,
): Pick<PlannedModel, 'config' | 'tags' | 'making' | 'description' | 'key'> {
  const { config, tags, making } = isByHand(section) ? setByHand(section, dataset) : toBeTrained(section, training, dataset)
  refuseTooLarge(name, config)
  const description = describeModel({
    engine, model: config, training: making.kind === 'training' ? making.training : null, data, sha256: dataset.sha256, seed,
  })
  return { config, ...(tags && { tags }), making, description, key: modelKey(description) }
}

function toBeTrained(section: DescribedModel, training: TrainingConfig, dataset: Dataset) {
  const tags = isTagger(section) ? tagsOf(dataset) : undefined
  const config = modelConfig(section, dataset.vocabulary.tokens.length, tags?.length ?? 0)
  return { config, tags, making: { kind: 'training', training } as const }
}

function setByHand({ name, byHand }: ModelByHand, { language, name: text }: Dataset) {
  if (language === null) {
    throw new UserError(`The model ${name} is set by hand to count the words of a language; ${text} is none.`)
  }
  const { config, weights, counters } = counterByHand(byHand, language)
  return { config, tags: undefined, making: { kind: 'by hand', weights, counters } as const }
}

/** Bytes of a weight in training: itself, its gradient, and two moments of the optimiser. */
const BYTES_PER_WEIGHT = 16

/** @throws UserError where training takes more memory than the machine has */
function refuseTooLarge(name: string, config: ModelConfig): void {
  const weights = countParameters(config)
  requireMemory({
    bytes: weights * BYTES_PER_WEIGHT,
    what: `The model ${name} has ${Math.round(weights / 1e6)} million weights. Training them takes`,
    advice: 'Choose fewer units, layers or words.',
  })
}

/** The description that `from: EXPERIMENT/MODEL` means. */
function follow({ from }: ReferredModel, path: string, loaded: LoadedExperiment): Origin {
  const [experiment, model] = from.split('/')
  const problem = (message: string) => new UserError(`${loaded.file} has 1 problem`, { problems: [{ path, message }] })
  const file = findExperiment(experiment, loaded.folder)
  if (file === null) throw problem(`there is no ${experiment}.yaml, neither beside this file nor in experiments/.`)
  const other = loadExperiment(file)
  const reference = other.experiment.models.filter(isReference).find(({ name }) => name === model)
  if (reference) throw problem(`${from} is itself from ${reference.from}. Write from: ${reference.from}.`)
  const models = describedModels(other.experiment, other.folder)
  const found = models.find(({ name }) => name === model)
  if (found) return found
  const names = models.map(({ name }) => name)
  throw problem(`${experiment} has no model "${model}". Its models are: ${names.join(', ')}.`)
}

function loadOnce(downloads: string): Datasets {
  const known = new Map<string, Promise<Dataset>>()
  return ({ data }, folder) => {
    const key = canonicalJson({ data, folder: hasPaths(data) ? folder : null })
    const dataset = known.get(key) ?? loadDataset(data, { baseDirectory: folder, downloads })
    known.set(key, dataset)
    return dataset
  }
}

/** The file of an experiment: beside the one that names it, in ./experiments, or one that comes with the package. */
export function findExperiment(name: string, folder: string): string | null {
  if (basename(name) !== name) return null
  const folders = [folder, resolve('experiments'), join(packageRoot(), 'experiments')]
  return folders.map((candidate) => join(candidate, `${name}.yaml`)).find((file) => existsSync(file)) ?? null
}
