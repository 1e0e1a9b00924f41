// What a user means by RUN and MODEL. A run is a name in reports/ or a directory; a model is `agreement/lstm`,
// `agreement/lstm/2` (a seed), the name of an imported model or of a run that has one model, or a model file.

import { existsSync, readdirSync } from 'node:fs'
import { basename, dirname, extname, join, resolve } from 'node:path'
import { UserError } from '../core/errors.ts'
import { displayPath, explainFileError } from '../core/files.ts'
import { MODEL_FORMATS, readModel } from '../model/formats/formats.ts'
import type { Model } from '../model/model.ts'
import { pointerNames, pointerSeeds, readModelPointer } from './run-directory.ts'
import { findModel, importedModels, openStore } from './store.ts'

export const REPORTS = 'reports'
export const STORE = join(REPORTS, '.store')

/** The directory of a run. @throws UserError where there is none of this name */
export function findRun(run: string): string {
  const candidates = [run, join(REPORTS, run)]
  const found = candidates.find((directory) => existsSync(join(directory, 'results.json')))
  if (found !== undefined) return resolve(found)
  const names = listRuns().map((directory) => basename(directory))
  const known = names.length > 0 ? `Runs are: ${names.join(', ')}.` : 'There is none yet: "probe run FILE" makes one.'
  throw new UserError(`There is no run ${JSON.stringify(run)}. ${known}`)
}

/** The directory of the run that a model belongs to: of RUN, RUN/MODEL or RUN/MODEL/SEED. @throws UserError where there is none */
export function runOfModel(name: string): string {
  const names = [name, dirname(name), dirname(dirname(name))]
  const found = names.find((run) => [run, join(REPORTS, run)].some((directory) => existsSync(join(directory, 'results.json'))))
  return findRun(found ?? name)
}

/** Directories of finished runs in reports/, by name. */
export function listRuns(): string[] {
  if (!existsSync(REPORTS)) return []
  return entriesOf(REPORTS)
    .sort()
    .map((name) => join(REPORTS, name))
    .filter((directory) => existsSync(join(directory, 'results.json')))
}

function entriesOf(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch (error) {
    throw explainFileError(error, folder, 'read')
  }
}

/**
 * A trained or imported model by what a user calls it.
 * @param store where imported models are
 * @throws UserError where there is no such file, run, model or seed, or where it is damaged
 */
export function openModel(name: string, store = STORE): Model {
  if (MODEL_FORMATS.some((format) => format.extension === extname(name))) return readModel(name)
  const imported = importedModels(openStore(store)).get(name)
  if (imported !== undefined) return modelOf(name, store, imported, 'Import it again.')
  const onlyModel = modelOfRun(name)
  const parts = name.split('/')
  const withSeed = /^\d+$/.test(parts[parts.length - 1]) && parts.length > 2
  const path = onlyModel ?? (withSeed ? dirname(name) : name)
  const directory = modelsDirectory(dirname(path))
  const seeds = directory === null ? [] : pointerSeeds(directory, basename(path))
  if (directory === null || seeds.length === 0) throw noSuchModel(name, directory)
  const seed = withSeed ? Number(parts[parts.length - 1]) : seeds[0]
  if (!seeds.includes(seed)) throw new UserError(`${path} has no seed ${seed}. Its seeds are: ${seeds.join(', ')}.`)
  const pointer = readModelPointer(directory, basename(path), seed)
  return modelOf(name, pointer.store, pointer.key, 'Run its experiment again.')
}

function modelOf(name: string, store: string, key: string, advice: string): Model {
  const found = findModel(openStore(store), key)
  if (found !== null && found !== 'damaged') return found.model
  const what = found === null ? 'is not in the store any more' : 'is damaged in the store'
  throw new UserError(`The model ${name} ${what} (${displayPath(store)}). ${advice}`)
}

/** A run with one model means that model. @throws UserError where it has several */
function modelOfRun(name: string): string | null {
  const directory = modelsDirectory(name)
  const names = directory === null ? [] : pointerNames(directory)
  if (names.length === 0) return null
  if (names.length === 1) return join(name, names[0])
  throw new UserError(`${name} has several models: ${names.join(', ')}. Name one, as in ${name}/${names[0]}.`)
}

/** A run need not be finished for its models to be used. */
function modelsDirectory(run: string): string | null {
  const found = [run, join(REPORTS, run)].find((directory) => existsSync(join(directory, 'models')))
  return found === undefined ? null : resolve(found)
}

function noSuchModel(name: string, directory: string | null): UserError {
  if (directory !== null) {
    const names = pointerNames(directory).join(', ')
    return new UserError(`There is no model ${JSON.stringify(name)}. Models of this run are: ${names}.`)
  }
  const extensions = MODEL_FORMATS.map((format) => format.extension).join(', ')
  const meaning = `A model is RUN/MODEL or RUN/MODEL/SEED, as in agreement/lstm, the name of an imported one, or a file (${extensions})`
  return new UserError(`There is no model ${JSON.stringify(name)}. ${meaning}; "probe list" shows those that are here.`)
}
