// The calls that a script begins with: a trained model by its name, items that it can be asked about, and its answers.
// The engine is found where none is given.

import { resolve } from 'node:path'
import type { ScoredItems } from '../analysis/compare.ts'
import { UserError } from '../core/errors.ts'
import { displayPath } from '../core/files.ts'
import { loadDataset } from '../data/dataset.ts'
import type { Engine } from '../engine/engine.ts'
import { loadEngine } from '../engine/load.ts'
import type { Model } from '../model/model.ts'
import type { Item } from '../tasks/items.ts'
import { scoreItems, type ScoreOptions } from '../tasks/score-items.ts'
import { gatherMaterial } from './analyses/material.ts'
import { loadExperiment } from './config.ts'
import { openModel, STORE } from './find.ts'
import { downloadsDirectory, openStore } from './store.ts'

/**
 * A trained model: `agreement/lstm`, `agreement/lstm/2` (a seed), or the path of a model file.
 * @throws UserError where there is none of this name
 */
export async function loadModel(name: string): Promise<Model> {
  return openModel(name)
}

/**
 * Agreement items made of words of an experiment's training text, as its own analyses use them.
 * @param file the YAML of the experiment; its first data section counts
 * @param tasks names of data/agreement/templates.yaml, such as `nounpp`
 */
export async function agreementItems(
  file: string,
  tasks: readonly string[],
  itemsPerCondition = 300,
): Promise<readonly Item[]> {
  const { experiment, folder } = loadExperiment(resolve(file))
  if (experiment.data.length === 0) throw new UserError(`${displayPath(resolve(file))} has no data of its own.`)
  const dataset = await loadDataset(experiment.data[0].data, { baseDirectory: folder, downloads: downloadsDirectory(openStore(STORE)) })
  return gatherMaterial(dataset, folder).items(tasks, itemsPerCondition).items
}

/** Scores items; two scores of the same items, with and without edits, are what `compare` takes. */
export async function agreement(
  model: Model,
  items: readonly Item[],
  options: ScoreOptions & { readonly engine?: Engine } = {},
): Promise<ScoredItems> {
  const engine = options.engine ?? (await loadEngine())
  return { items, margins: await scoreItems(engine, model, items, options) }
}
