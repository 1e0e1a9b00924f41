// probe list: what is here to be run, read and used.

import { existsSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { CommandModule } from 'yargs'
import { displayPath } from '../../core/files.ts'
import { packageRoot } from '../../core/package-root.ts'
import { listProbes } from '../../experiment/find-probe.ts'
import { listRuns, REPORTS, STORE } from '../../experiment/find.ts'
import { originOf } from '../../experiment/import-model.ts'
import { pointerNames, pointerSeeds, readResults } from '../../experiment/run-directory.ts'
import { importedModels, listStore, openStore, type StoreEntry } from '../../experiment/store.ts'
import { plural } from '../../report/format.ts'
import { STORE_OPTION } from '../options.ts'
import { print } from '../print.ts'
import { megabytes } from '../megabytes.ts'
import { paint } from '../terminal.ts'

export const list: CommandModule<object, { store?: string }> = {
  command: 'list',
  describe: 'Experiments, runs, models and probes that are here',
  builder: (args) => args.option('store', STORE_OPTION).example('probe list', 'everything'),
  handler: ({ store }) => {
    section('Experiments', experiments(), 'none: write one, or copy those of the package')
    section(`Runs in ${REPORTS}`, listRuns().map(runLine), 'none yet: probe run FILE')
    section('Models', [...listRuns().flatMap(modelLines), ...importedLines(store ?? STORE)], 'none yet')
    section(`Store ${store ?? STORE}`, listStore(openStore(store ?? STORE)).map(storeLine), 'empty')
    section('Probes', listProbes().map(({ name, question }) => `${name}: ${question}`), 'none')
  },
}

function section(title: string, lines: readonly string[], none: string): void {
  print(paint('bold', title))
  print(lines.length > 0 ? lines.map((line) => `  ${line}`).join('\n') : `  ${none}`)
}

/** Files of ./experiments, and those that come with the package where that is somewhere else. */
function experiments(): string[] {
  const folders = [...new Set(['experiments', displayPath(join(packageRoot(), 'experiments'))])]
  return folders.flatMap((folder) =>
    filesIn(folder).filter((file) => file.endsWith('.yaml')).map((file) => join(folder, file)),
  )
}

function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).sort() : []
}

function runLine(directory: string): string {
  const { question } = readResults(directory)
  return question === '' ? basename(directory) : `${basename(directory)}: ${question}`
}

function modelLines(directory: string): string[] {
  return pointerNames(directory).map(
    (name) => `${basename(directory)}/${name}, seeds ${pointerSeeds(directory, name).join(', ')}`,
  )
}

function importedLines(store: string): string[] {
  return [...importedModels(openStore(store)).keys()].map((name) => `${name}, imported`)
}

function storeLine({ key, bytes, training, owner }: StoreEntry): string {
  const unfinished = owner === null ? 'not finished' : `being trained by process ${owner}`
  const state = training === null ? unfinished : describe(training.description)
  return `${key.slice(0, 12)}  ${megabytes(bytes).padStart(9)}  ${state}`
}

function describe(description: NonNullable<StoreEntry['training']>['description']): string {
  const { model: { cell, layers, units }, seed, engine } = description
  const imported = originOf(description)
  const origin = imported ? `imported from ${imported.file}` : `seed ${seed}, ${engine}`
  return `${cell}, ${plural(layers, 'layer')} of ${plural(units, 'unit')}, ${origin}`
}
