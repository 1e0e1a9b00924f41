// A model of another program, put into the store under a name: experiments and commands then use it as any other.

import { basename } from 'node:path'
import { sha256Of, withFile } from '../core/byte-source.ts'
import { UserError } from '../core/errors.ts'
import { displayPath, sha256 } from '../core/files.ts'
import { canonicalJson } from '../core/json.ts'
import type { Vocabulary } from '../data/vocabulary.ts'
import { importModel, type Imported, type ImportOptions } from '../model/formats/import.ts'
import { readModelDescription } from '../model/formats/safetensors.ts'
import type { Model } from '../model/model.ts'
import { modelKey, STORE_FORMAT, type ModelDescription } from './model-key.ts'
import { findTraining, importedModels, modelPath, nameImported, saveModel, type Store } from './store.ts'

const SOURCE = 'import'

export interface ImportIntoOptions extends ImportOptions {
  readonly store: Store
  readonly name: string
}

/** Reads the model and puts it into the store. @throws UserError as `importModel` does */
export function importIntoStore(path: string, vocabulary: Vocabulary | null, options: ImportIntoOptions): Imported {
  const { store, name, map, ignore, activation = null } = options
  const imported = importModel(path, vocabulary, options)
  const description: ModelDescription = {
    format: STORE_FORMAT, engine: null, numerics: null, model: imported.model.config, training: null, seed: IMPORT_SEED,
    data: {
      source: SOURCE,
      file: basename(path),
      sha256: withFile(path, sha256Of),
      layout: imported.layout,
      vocabulary: sha256(canonicalJson(imported.model.vocabulary)),
      map: [...map], ignore, activation,
    },
  }
  const key = modelKey(description)
  saveModel(store, imported.model, { key, description, history: [], updates: 0, stoppedEarly: false, seconds: 0 })
  nameImported(store, name, key)
  return imported
}

/** The file that a model is from; null for a model that was made here. */
export function originOf({ data }: ModelDescription): { file: string; sha256: string; layout: string } | null {
  if (data['source'] !== SOURCE) return null
  return { file: String(data['file']), sha256: data.sha256, layout: String(data['layout']) }
}

/** Imported models have one. */
export const IMPORT_SEED = 1

/** What is known of an imported model without reading its weights. */
export interface ImportedEntry extends Omit<Model, 'weights'> {
  readonly key: string
  readonly description: ModelDescription
}

/**
 * @param fetch what to fetch where there is none, and where it lives
 * @throws UserError where there is none of this name
 */
export function findImported(store: Store, name: string, fetch?: string): ImportedEntry {
  const models = importedModels(store)
  const key = models.get(name)
  const training = key === undefined ? null : findTraining(store, key)
  if (key !== undefined && training) {
    return { key, description: training.description, ...readModelDescription(modelPath(store, key)) }
  }
  const names = [...models.keys()]
  const known = names.length > 0 ? `Imported models are: ${names.join(', ')}.` : 'None is imported yet.'
  throw new UserError(
    `There is no imported model ${JSON.stringify(name)} in ${displayPath(store.directory)}. ${fetch === undefined ? known : `Fetch ${fetch}.`} ` +
      `"probe import FILE --vocabulary FILE --name ${name}" makes one; EXPERIMENT/MODEL is the model of an experiment.`,
  )
}
