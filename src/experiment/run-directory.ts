// The run directory: what a run leaves behind, and what everything afterwards reads. results.json holds every number of
// the report; environment.json what may differ between two runs with the same bytes.
//   report.html · results.json · choices.json · tables/*.csv · experiment.yaml · environment.json · models/NAME/SEED.json

import { readdirSync, rmSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import type { AnalysisResult } from '../analysis/results.ts'
import { readText, writeFileAtomic } from '../core/files.ts'
import { readableJson, readJson } from '../core/json.ts'
import type { Table } from '../core/rows.ts'
import type { Dataset } from '../data/dataset.ts'
import { toCsv } from '../report/csv.ts'
import type { ChoicesSummary } from './choices.ts'
import type { Fact, ModelSummary, ReportInput } from '../report/document.ts'

/** Raised when results.json changes its shape. */
const RESULTS_FORMAT = 4

/** What results.json holds. */
export interface RunResults {
  readonly format: number
  readonly name: string
  readonly question: string
  /** what was read, in the order of the experiment */
  readonly data: readonly DataSummary[]
  readonly models: readonly ModelSummary[]
  /** what was chosen before it was judged, in choices.json; runs of earlier versions lack it */
  readonly choices?: ChoicesSummary | null
  readonly results: readonly AnalysisResult[]
}

/** The bytes that a corpus was made of: its own checksum, and that of every file of own text. */
export type DataSummary = Pick<Dataset, 'name' | 'sha256' | 'files'>

/** What models/NAME/SEED.json holds: where the store has the model. */
export interface ModelPointer {
  /** from the folder of this file */
  readonly store: string
  readonly key: string
}

export function reportPath(directory: string): string {
  return join(directory, 'report.html')
}

export function writeResults(directory: string, results: Omit<RunResults, 'format'>): RunResults {
  const path = join(directory, 'results.json')
  writeFileAtomic(path, readableJson({ format: RESULTS_FORMAT, ...results }))
  return readJson(path, isRunResults)
}

/** @throws UserError where the folder is not a finished run */
export function readResults(directory: string): RunResults {
  return readJson(join(directory, 'results.json'), isRunResults)
}

export function writeEnvironment(directory: string, facts: readonly Fact[]): void {
  writeFileAtomic(join(directory, 'environment.json'), readableJson(facts))
}

/** The run as a report is made from it: nothing but the files of its directory. */
export function readReportInput(directory: string): ReportInput {
  const { name, question, models, choices = null, results } = readResults(directory)
  return {
    name,
    question,
    models,
    choices,
    results,
    experiment: readText(join(directory, 'experiment.yaml')),
    environment: readJson(join(directory, 'environment.json'), isFacts),
  }
}

/** tables/*.csv, and no table of an earlier run. */
export function writeTables(directory: string, tables: readonly Table[]): void {
  const folder = join(directory, 'tables')
  for (const table of tables) writeFileAtomic(join(folder, `${table.name}.csv`), toCsv(table))
  const current = new Set(tables.map((table) => `${table.name}.csv`))
  for (const file of filesIn(folder)) if (!current.has(file)) rmSync(join(folder, file))
}

/** Forgets models that an earlier run of this name had. */
export function keepModelPointers(
  directory: string,
  current: readonly { readonly name: string; readonly seed: number }[],
): void {
  for (const name of pointerNames(directory)) {
    const seeds = new Set(current.filter((model) => model.name === name).map((model) => model.seed))
    for (const seed of pointerSeeds(directory, name)) {
      if (!seeds.has(seed)) rmSync(join(directory, 'models', name, `${seed}.json`))
    }
    if (seeds.size === 0) rmSync(join(directory, 'models', name), { recursive: true, force: true })
  }
}

export function writeModelPointer(directory: string, name: string, seed: number, store: string, key: string): void {
  const path = join(directory, 'models', name, `${seed}.json`)
  writeFileAtomic(path, readableJson({ store: relative(dirname(path), store), key }))
}

/** The seeds of a model of a run, in order. */
export function pointerSeeds(directory: string, name: string): number[] {
  const seeds = filesIn(join(directory, 'models', name)).flatMap((file) => /^(\d+)\.json$/.exec(file)?.[1] ?? [])
  return seeds.map(Number).sort((a, b) => a - b)
}

/** The models of a run. */
export function pointerNames(directory: string): string[] {
  return filesIn(join(directory, 'models'))
}

/** The store and the key of a model of a run. @throws UserError where there is no such model */
export function readModelPointer(directory: string, name: string, seed: number): ModelPointer {
  const path = join(directory, 'models', name, `${seed}.json`)
  const pointer = readJson(path, isPointer)
  return { ...pointer, store: resolve(dirname(path), pointer.store) }
}

function filesIn(folder: string): string[] {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).sort() : []
}

function isRunResults(value: unknown): value is RunResults {
  return isObject(value) && value['format'] === RESULTS_FORMAT && Array.isArray(value['results'])
}

function isPointer(value: unknown): value is ModelPointer {
  return isObject(value) && typeof value['store'] === 'string' && typeof value['key'] === 'string'
}

function isFacts(value: unknown): value is readonly Fact[] {
  return Array.isArray(value) && value.every((fact) => isObject(fact) && 'name' in fact && 'value' in fact)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
