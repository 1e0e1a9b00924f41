// Models that are analysed side by side: the same bytes as one after the other, and the same end where something fails
// or the user stops.

import { cpSync, existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { UserError } from '../../src/core/errors.ts'
import { silent, type Log, type Progress } from '../../src/core/log.ts'
import { runExperiment, type RunOptions } from '../../src/experiment/run.ts'
import { listStore, openStore } from '../../src/experiment/store.ts'
import { microFolder } from './micro.ts'

let folder = ''
/** Where every model is trained. */
let store = ''

/** What is chosen and used further down, and what is pooled over seeds; run.test.ts has every other kind of answer. */
const ANALYSES = `analyses=[
  { analysis: agreement, items: nounpp, itemsPerCondition: 10, resamples: 100 },
  { analysis: ablation-sweep, items: nounpp, itemsPerCondition: 10, resamples: 100, top: 2 },
  { analysis: lag-curves, moments: [half way], longestLag: 6, places: 4, effects: [1], resamples: 100 },
  { analysis: ablation-kinds, units: top 2, items: nounpp, itemsPerCondition: 10, groups: 20, resamples: 100 },
  { analysis: syntax-units, models: [lstm], bootstraps: 20, resamples: 100 },
]`

/** Six models, of which two processes ask some each. */
async function runInto(name: string, options: RunOptions = {}): Promise<void> {
  const settings = ['seeds=3', ANALYSES, ...(options.settings ?? [])]
  await runExperiment(join(folder, 'micro.yaml'), { store, threads: 2, out: join(folder, name), ...options, settings })
}

const sideBySide = { threads: 2, processSeconds: 0 }
const read = (name: string, file: string) => readFileSync(join(folder, name, file), 'utf8')

/** Calls `act` when the first processes are about to be started for analyses. */
function atTheStart(act: () => void): Log {
  return { ...silent, info: (message) => { if (message.startsWith('Analysing')) act() } }
}

beforeAll(async () => {
  folder = microFolder()
  store = join(folder, 'store')
  await runInto('in-turn', { threads: 1 })
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('models that are analysed side by side', () => {
  test('give the same results, tables and choices as in turn, and tell how far all of them are', async () => {
    const told: Progress[] = []
    const lines: string[] = []
    const log: Log = { ...silent, info: (line) => lines.push(line), progress: (progress) => told.push(progress) }
    await runInto('together', { ...sideBySide, log })
    expect(lines).toContain('Analysing 6 small models, 2 side by side.')
    for (const file of ['results.json', 'choices.json', ...tablesOf('in-turn')]) {
      expect(read('together', file)).toBe(read('in-turn', file))
    }
    const analyses = told.filter(({ stage }) => stage === 'analyses')
    expect(analyses.at(-1)).toMatchObject({ done: 6, total: 6, unit: 'models' })
    expect(analyses.map(({ done }) => done)).toEqual(analyses.map(({ done }) => done).sort((a, b) => a - b))
  }, 30_000)

  test('are few or quick in most experiments, for which no process is started', async () => {
    const lines: string[] = []
    await runInto('quick', { processSeconds: 60, log: { ...silent, info: (line) => lines.push(line) } })
    expect(lines.filter((line) => line.startsWith('Analysing'))).toEqual([])
    expect(read('quick', 'results.json')).toBe(read('in-turn', 'results.json'))
  }, 30_000)

  test('pass on a mistake of the user’s as the sentence that it is', async () => {
    const settings = ['analyses=[{ analysis: saturation, moments: [half way], tokens: 200 }]']
    const damaged = join(folder, 'damaged')
    cpSync(store, damaged, { recursive: true })
    const [{ directory }] = listStore(openStore(damaged)) // of several, whichever is read first would be named
    const snapshots = join(directory, 'snapshots')
    for (const name of readdirSync(snapshots)) writeFileSync(join(snapshots, name), 'damaged')
    const here = runInto('mistake', { settings, store: damaged, threads: 1 })
    const message = await here.then(() => '', (error: Error) => error.message)
    const there = runInto('mistake', { settings, store: damaged, ...sideBySide })
    await expect(there).rejects.toBeInstanceOf(UserError)
    await expect(there).rejects.toThrow(message)
    expect(existsSync(join(folder, 'mistake', 'results.json'))).toBe(false)
  }, 30_000)

  test('pass on a bug with the stack that it has there', async () => {
    const own = join(folder, 'emptied')
    const log = atTheStart(() => rmSync(own, { recursive: true }))
    const run = runInto('bug', { ...sideBySide, store: own, log })
    await expect(run).rejects.toThrow(/is not in the store/)
    await expect(run).rejects.not.toBeInstanceOf(UserError)
    await expect(run).rejects.toMatchObject({ stack: expect.stringContaining('side-by-side-worker.js') as string })
  }, 30_000)

  test('stop with the reason of the signal, and the same command gives the same results', async () => {
    const controller = new AbortController()
    const progress: Log['progress'] = ({ stage, done }) => {
      if (stage === 'analyses' && done > 1) controller.abort(new UserError('stopped here'))
    }
    const stopped = runInto('stopped', { ...sideBySide, signal: controller.signal, log: { ...silent, progress } })
    await expect(stopped).rejects.toThrow('stopped here')
    expect(existsSync(join(folder, 'stopped', 'results.json'))).toBe(false)
    await runInto('stopped', { ...sideBySide })
    expect(read('stopped', 'results.json')).toBe(read('in-turn', 'results.json'))
  }, 30_000)
})

function tablesOf(name: string): string[] {
  return readdirSync(join(folder, name, 'tables')).map((table) => join('tables', table))
}
