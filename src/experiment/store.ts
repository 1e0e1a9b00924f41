// The store: trained models by what determines them. One folder for each model; `training.json` is written last, so
// that a folder with this file holds a finished model and one without it a training to go on with.

import { readdirSync, rmSync, statSync, type Dirent } from 'node:fs'
import { join, resolve } from 'node:path'
import { sha256Of, withFile } from '../core/byte-source.ts'
import { explainFileError, writeFileAtomic } from '../core/files.ts'
import { readJson } from '../core/json.ts'
import { readModel, writeModel } from '../model/formats/formats.ts'
import type { Model } from '../model/model.ts'
import type { Evaluation } from '../training/history.ts'
import { acquireLock, lockOwner, type Lock, type LockOptions } from './lock.ts'
import type { ModelDescription } from './model-key.ts'

export interface Store {
  readonly directory: string
}

/** A finished training: what led to the model and how it went. */
export interface TrainingRecord {
  readonly key: string
  readonly description: ModelDescription
  /** SHA-256 of the model file */
  readonly sha256: string
  readonly history: readonly Evaluation[]
  readonly updates: number
  readonly stoppedEarly: boolean
  /** time on the clock; of the last stretch where it was interrupted */
  readonly seconds: number
}

export interface StoredModel {
  readonly model: Model
  readonly training: TrainingRecord
}

/** Weights on the way of a training. */
export interface Snapshot {
  readonly updates: number
  readonly model: Model
}

/** What a folder of the store holds. */
export interface StoreEntry {
  readonly key: string
  readonly directory: string
  readonly bytes: number
  /** null while the training is not finished */
  readonly training: TrainingRecord | null
  /** process that is training it now */
  readonly owner: number | null
}

const MODEL = 'model.safetensors'
const TRAINING = 'training.json'
const SNAPSHOTS = 'snapshots'
const IMPORTED = 'imported'

export function openStore(directory: string): Store {
  return { directory: resolve(directory) }
}

export function entryDirectory(store: Store, key: string): string {
  return join(store.directory, key)
}

/** Files that data sections fetch once. */
export function downloadsDirectory(store: Store): string {
  return join(store.directory, 'downloads')
}

export function modelPath(store: Store, key: string): string {
  return join(entryDirectory(store, key), MODEL)
}

export function checkpointDirectory(store: Store, key: string): string {
  return join(entryDirectory(store, key), 'checkpoint')
}

/** One process at a time trains a model. */
export function lockModel(store: Store, key: string, options: LockOptions = {}): Promise<Lock> {
  return acquireLock(join(entryDirectory(store, key), 'lock'), options)
}

/** The finished model; null where there is none; 'damaged' where its bytes are not those that were written. */
export function findModel(store: Store, key: string): StoredModel | 'damaged' | null {
  const training = findTraining(store, key)
  if (training === null) return null
  try {
    if (withFile(modelPath(store, key), sha256Of) !== training.sha256) return 'damaged'
    return { model: readModel(modelPath(store, key)), training }
  } catch {
    return 'damaged'
  }
}

/** The record of a finished training, or null. */
export function findTraining(store: Store, key: string): TrainingRecord | null {
  try {
    return readJson(join(entryDirectory(store, key), TRAINING), isTrainingRecord)
  } catch {
    return null
  }
}

/** Writes a finished model and removes its checkpoint. */
export function saveModel(store: Store, model: Model, training: Omit<TrainingRecord, 'sha256'>): StoredModel {
  const path = modelPath(store, training.key)
  writeModel(path, model)
  const record = { ...training, sha256: withFile(path, sha256Of) }
  writeFileAtomic(join(entryDirectory(store, training.key), TRAINING), `${JSON.stringify(record, null, 1)}\n`)
  rmSync(checkpointDirectory(store, training.key), { recursive: true, force: true })
  return { model, training: record }
}

export function saveSnapshot(store: Store, key: string, { updates, model }: Snapshot): void {
  writeModel(join(entryDirectory(store, key), SNAPSHOTS, `${updates}.safetensors`), model)
}

/** What a training kept on its way, first to last. @throws UserError where a file is damaged */
export function readSnapshots(store: Store, key: string): Snapshot[] {
  const folder = join(entryDirectory(store, key), SNAPSHOTS)
  const numbers = read(folder).flatMap(({ name }) => /^(\d+)\.safetensors$/.exec(name)?.[1] ?? []).map(Number)
  return numbers.sort((a, b) => a - b).map((updates) => (
    { updates, model: readModel(join(folder, `${updates}.safetensors`)) }
  ))
}

/** Forgets what was trained, finished or not; whoever holds the lock of the model keeps it. */
export function clearModel(store: Store, key: string): void {
  // The mark of a finished model goes first: whatever happens next, no half-removed model is taken for a finished one.
  remove(join(entryDirectory(store, key), TRAINING))
  remove(modelPath(store, key))
  remove(checkpointDirectory(store, key))
  remove(join(entryDirectory(store, key), SNAPSHOTS))
}

/** Removes a model and its folder, and the names that it was imported under. */
export function removeModel(store: Store, key: string): void {
  for (const [name, named] of importedModels(store)) if (named === key) remove(importedPath(store, name))
  clearModel(store, key)
  remove(entryDirectory(store, key))
}

/** Gives a model a name that experiments and commands know it by; an earlier model of this name loses it. */
export function nameImported(store: Store, name: string, key: string): void {
  writeFileAtomic(importedPath(store, name), `${JSON.stringify({ key })}\n`)
}

/** The imported models: name → key, in the order of the names. */
export function importedModels(store: Store): Map<string, string> {
  const names = read(join(store.directory, IMPORTED)).flatMap(({ name }) => /^(.+)\.json$/.exec(name)?.[1] ?? [])
  return new Map(names.sort().map((name) => [name, readJson(importedPath(store, name), isName).key]))
}

/** Everything in the store, by key. */
export function listStore(store: Store): StoreEntry[] {
  return folders(store.directory)
    .filter((key) => /^[0-9a-f]{64}$/.test(key))
    .sort()
    .map((key) => {
      const directory = entryDirectory(store, key)
      const owner = lockOwner(join(directory, 'lock'))
      return { key, directory, bytes: sizeOf(directory), training: findTraining(store, key), owner }
    })
}

function importedPath(store: Store, name: string): string {
  return join(store.directory, IMPORTED, `${name}.json`)
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch (error) {
    throw explainFileError(error, path, 'write')
  }
}

function folders(directory: string): string[] {
  return read(directory).filter((entry) => entry.isDirectory()).map((entry) => entry.name)
}

function sizeOf(directory: string): number {
  return read(directory).reduce((sum, entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return sum + sizeOf(path)
    return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0)
  }, 0)
}

function read(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return []
  }
}

function isTrainingRecord(value: unknown): value is TrainingRecord {
  const isObject = typeof value === 'object' && value !== null
  return isObject && ['key', 'sha256', 'history', 'description'].every((key) => key in value)
}

function isName(value: unknown): value is { readonly key: string } {
  return typeof value === 'object' && value !== null && 'key' in value && typeof value.key === 'string'
}
