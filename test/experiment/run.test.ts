// An experiment from its YAML to its run directory: complete, the same every time, and indestructible.

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { UserError } from '../../src/core/errors.ts'
import type { Log } from '../../src/core/log.ts'
import { Random } from '../../src/core/random.ts'
import { completedInput, parseExperiment } from '../../src/experiment/config.ts'
import type { ModelDescription } from '../../src/experiment/model-key.ts'
import { openModel } from '../../src/experiment/find.ts'
import { runExperiment, type RunOptions } from '../../src/experiment/run.ts'
import { listStore, openStore } from '../../src/experiment/store.ts'
import { microFolder } from './micro.ts'

const dist = join(import.meta.dirname, '../../dist/src')

let folder = ''
let file = ''
/** A run that nothing disturbed. */
let undisturbed = ''

function listener(): { log: Log; lines: string[] } {
  const lines: string[] = []
  return { lines, log: { info: (line) => lines.push(line), warn: (line) => lines.push(line), progress() {} } }
}

async function runInto(name: string, options: RunOptions = {}): Promise<string[]> {
  const { log, lines } = listener()
  await runExperiment(file, { out: join(folder, name), store: join(folder, 'store'), log, ...options })
  return lines
}

const results = (name: string) => readFileSync(join(folder, name, 'results.json'), 'utf8')

beforeAll(async () => {
  folder = microFolder()
  file = join(folder, 'micro.yaml')
  await runInto('first', { threads: 1 })
  undisturbed = results('first')
}, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a run directory', () => {
  test('holds the report, the numbers, the tables, the experiment, the environment and the models', () => {
    const directory = join(folder, 'first')
    expect(readdirSync(directory).sort()).toEqual(
      ['choices.json', 'environment.json', 'experiment.yaml', 'models', 'report.html', 'results.json', 'tables'],
    )
    expect(readdirSync(join(directory, 'models', 'lstm'))).toEqual(['1.json'])
    const tables = readdirSync(join(directory, 'tables'))
    expect(tables).toContain('agreement.csv')
    expect(tables).toContain('minimum-bar.csv') // a section's own
    expect(openModel(join(directory, 'gru', '1')).config).toMatchObject({ cell: 'gru', units: 5 })
    expect(openModel(join(directory, 'gru')).config.units).toBe(5)
  })

  test('has the experiment with every default, and running that gives the same results', async () => {
    const saved = join(folder, 'first', 'experiment.yaml')
    const value: unknown = parse(readFileSync(saved, 'utf8'))
    expect(completedInput(parseExperiment({ file: saved, folder, question: null, value }))).toEqual(value)
    await runExperiment(saved, { out: join(folder, 'again'), store: join(folder, 'store') })
    expect(results('again')).toBe(undisturbed)
  })

  test('says what was chosen before it was judged, and prints the checksum of that', () => {
    const text = readFileSync(join(folder, 'first', 'choices.json'), 'utf8')
    const choices = JSON.parse(text) as { analysis: string; model: string; units: { unit: string; for: string; score: number }[] }[]
    expect(choices.map(({ analysis, model }) => [analysis, model])).toEqual([
      ['unit-ranking', 'lstm'], ['unit-ranking', 'gru'], ['ablation-sweep', 'lstm'], ['ablation-sweep', 'gru'], ['syntax-units', 'lstm'],
    ])
    const { results: all, choices: summary } = JSON.parse(undisturbed) as {
      results: { analysis: string; rows: { model: string; unit: string; set: string; task: string; condition: string; drop: number }[] }[]
      choices: { choices: number; sha256: string }
    }
    const { rows } = all.find(({ analysis }) => analysis === 'ablation-sweep')!
    for (const { model, units } of choices.slice(2, 4)) {
      expect(units).toHaveLength(2)
      for (const { unit, for: chosenFor, score } of units) {
        const row = rows.find((one) => one.model === model && one.unit === unit && one.set === 'mean' && `${one.task} ${one.condition}` === chosenFor)
        expect(row?.drop).toBe(score)
      }
    }
    const checksum = createHash('sha256').update(text).digest('hex')
    expect(summary).toEqual({ choices: 5, sha256: checksum })
    expect(readFileSync(join(folder, 'first', 'report.html'), 'utf8')).toContain(checksum)
  })

  test('has the training curve, and every analysis in the order of the file', () => {
    const { results: all } = JSON.parse(undisturbed) as { results: { analysis: string; rows?: unknown[] }[] }
    expect(all.map(({ analysis }) => analysis)).toEqual(
      [
        'training', 'perplexity', 'agreement', 'unit-ranking', 'ablation-sweep', 'dynamics', 'text', 'samples', 'saturation',
        'selectional-preferences', 'generalization', 'lag-curves', 'sensitivity-map', 'jacobians', 'margin-trace',
        'verb-weights', 'ablation-kinds', 'patching', 'diagnostic-classifiers', 'attribution', 'syntax-units',
        'minimal-pairs',
      ],
    )
    expect(all[0].rows).toHaveLength(2 * 2 * 2) // models × epochs × evaluations
  })

  test('forgets models that the experiment has no longer', async () => {
    await runInto('fewer', { settings: ['seeds=2'] })
    await runInto('fewer', { settings: ['seeds=[2]'] })
    expect(readdirSync(join(folder, 'fewer', 'models', 'lstm'))).toEqual(['2.json'])
  })
})

describe('the same experiment', () => {
  test('from scratch with more threads, or in more processes, gives the same bytes', async () => {
    await runInto('second', { store: join(folder, 'other-store'), threads: 2 })
    expect(results('second')).toBe(undisturbed)
    await runInto('second', { store: join(folder, 'other-store'), threads: 2, fresh: true, processSeconds: 0 })
    expect(results('second')).toBe(undisturbed)
  })

  test('finds its models in the store, trains them again where it is told to, and where they are damaged', async () => {
    expect((await runInto('third')).filter((line) => line.endsWith('found in the store.'))).toHaveLength(2)
    const fresh = await runInto('third', { fresh: true, threads: 1 })
    expect(fresh.filter((line) => line.includes(': training,'))).toHaveLength(2)
    expect(fresh.some((line) => line.includes('found in the store'))).toBe(false)
    const entries = listStore(openStore(join(folder, 'store')))
    const isGru = ({ model: { units }, seed }: ModelDescription) => units === 5 && seed === 1
    const gru = entries.find(({ training }) => training !== null && isGru(training.description))
    const path = join(gru?.directory ?? '', 'model.safetensors')
    const bytes = readFileSync(path)
    bytes[bytes.length - 1] ^= 1
    writeFileSync(path, bytes)
    expect(() => openModel(join(folder, 'third', 'gru'))).toThrow(/is damaged in the store/)
    expect(await runInto('third')).toContain('gru, seed 1: the model in the store is damaged; it is trained again.')
    expect(results('third')).toBe(undisturbed)
  })

  test.each([
    ['in this process', 1, 20],
    ['side by side', 2, 3],
  ])('trained %s, killed at random moments and started again gives the same bytes', async (_, threads, most) => {
    const random = new Random('moments')
    const out = join(folder, `killed-${threads}`)
    const store = join(folder, `killed-store-${threads}`)
    const program = join(folder, `run-${threads}.mjs`)
    writeFileSync(program, `
      import { runExperiment } from ${JSON.stringify(join(dist, 'experiment/run.js'))}
      const log = { info() {}, warn() {}, progress() { process.stdout.write('.') } }
      const options = ${JSON.stringify({ out, store, threads, checkpointSeconds: 0.001, processSeconds: 0 })}
      await runExperiment(${JSON.stringify(file)}, { ...options, log })
    `)
    let kills = 0
    for (let attempt = 0; ; attempt++) {
      const patience = attempt < 5 ? 1 + random.integer(most) : Infinity
      if (await finishes(program, patience)) break
      kills++
    }
    expect(kills).toBeGreaterThan(2)
    expect(readFileSync(join(out, 'results.json'), 'utf8')).toBe(undisturbed)
    const left = listStore(openStore(store)).filter((entry) => entry.training === null)
    expect(left).toEqual([])
  }, 60_000)

  test.each([
    ['in this process', 1, 20],
    ['side by side', 2, 0],
  ])('trained %s and stopped by a signal says how to go on, and goes on', async (_, threads, least) => {
    const controller = new AbortController()
    const { log } = listener()
    const progress: Log['progress'] = ({ done }) => { if (done > least) controller.abort(new UserError('stop')) }
    const store = join(folder, `stopped-store-${threads}`)
    const stopped = runInto('stopped', { log: { ...log, progress }, signal: controller.signal, store, threads, processSeconds: 0 })
    // what has just been finished needs no checkpoint: then the reason is all there is to say
    await expect(stopped).rejects.toThrow(/The checkpoint is saved: run the same command again to go on|^stop$/)
    await runInto('stopped', { store, threads, processSeconds: 0 })
    expect(results('stopped')).toBe(undisturbed)
  }, 30_000)
})

/** Runs a program and kills it when it has reported progress so many times; true where it ended by itself. */
function finishes(program: string, reports: number): Promise<boolean> {
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  let seen = 0
  child.stdout.on('data', (dots: Buffer) => {
    seen += dots.length
    if (seen >= reports) child.kill('SIGKILL')
  })
  return new Promise((resolve, reject) => {
    child.on('exit', (code, signal) => {
      if (signal === null && code !== 0) reject(new Error(`exit code ${code}`))
      else resolve(signal === null)
    })
  })
}

describe('a model of another experiment', () => {
  test('is taken from the store, or trained first', async () => {
    const { log, lines } = listener()
    const options = { out: join(folder, 'borrowed'), log }
    await runExperiment(join(folder, 'second.yaml'), { ...options, store: join(folder, 'store') })
    expect(lines).toContain('borrowed, seed 1: found in the store.')
    await runExperiment(join(folder, 'second.yaml'), { ...options, store: join(folder, 'empty-store'), fresh: true })
    const training = /^borrowed, seed 1: training, some .* It is the model micro\/gru,/
    expect(lines.some((line) => training.test(line))).toBe(true)
  })

  test('that is not there is a sentence', async () => {
    const wrong = join(folder, 'wrong.yaml')
    writeFileSync(wrong, readFileSync(join(folder, 'second.yaml'), 'utf8').replace('micro/gru', 'micro/rnn'))
    await expect(runExperiment(wrong, { out: join(folder, 'wrong') })).rejects.toMatchObject({
      problems: [{ path: 'models[0].from', message: 'micro has no model "rnn". Its models are: lstm, gru.' }],
    })
  })
})

describe('own pairs', () => {
  const settings = ['analyses=[{ analysis: agreement, items: [{ file: pairs.csv }], resamples: 100 }]']
  const write = (...rows: string[]) => (
    writeFileSync(join(folder, 'pairs.csv'), ['prefix,right,wrong', ...rows].join('\n'))
  )

  test('are scored beside their baselines, and found again from the run directory', async () => {
    write('the boys near the cat,are,is', 'the boys,are,is', 'the boy near the cats,is,are', 'the boy,squeaks,squeak')
    await runInto('own', { settings })
    const { results: all } = JSON.parse(results('own')) as { results: { rows: object[]; audit?: object[] }[] }
    const rows = all[1].rows.filter((row) => 'model' in row && row.model === 'gru')
    expect(rows).toMatchObject([
      { task: 'pairs', condition: 'PS', n: 1, lastNoun: 0 },
      { task: 'pairs', condition: 'P', n: 1, lastNoun: 1 },
      { task: 'pairs', condition: 'SP', n: 1, lastNoun: 0 },
    ])
    expect(all[1].audit).toMatchObject([{ task: 'pairs', message: expect.stringContaining('1 left out') as string }])
    const saved = join(folder, 'own', 'experiment.yaml')
    await runExperiment(saved, { out: join(folder, 'own2'), store: join(folder, 'store') })
    expect(results('own2')).toBe(results('own'))
  })

  test.each([
    ['show nothing', ['the boys,are,is', 'the boy,is,are'], 'in all 2 pairs the last noun has the number'],
    ['have stray quotes', ['"the boys,are,is', 'the boy,is,are'], 'pairs.csv is not a file of minimal pairs.'],
  ])('that %s are refused before anything is trained', async (_, rows, message) => {
    write(...rows)
    const store = join(folder, 'untouched')
    await expect(runInto('refused', { settings, store })).rejects.toThrow(message)
    expect(listStore(openStore(store))).toEqual([])
  })

  test('real text is asked of Brown only', async () => {
    const ofBrown = ['analyses=[{ analysis: agreement, items: brown }]']
    await expect(runInto('refused', { settings: ofBrown })).rejects.toMatchObject({
      problems: [{ path: 'analyses[0].items', message: expect.stringContaining('data: { corpus: brown }') as string }],
    })
  })
})

describe('a folder that cannot be written', () => {
  test('is said before anything is trained', async () => {
    const taken = join(folder, 'taken')
    writeFileSync(taken, '')
    await expect(runInto('taken/run')).rejects.toThrow(/is needed|is a file, not a folder/)
  })

  test.skipIf(process.getuid?.() === 0)('because it is read-only is said, and nothing is left in it', async () => {
    const locked = join(folder, 'locked')
    mkdirSync(locked)
    chmodSync(locked, 0o500)
    await expect(runInto('locked/run')).rejects.toThrow(/may not be written by you/)
    expect(existsSync(join(locked, 'run'))).toBe(false)
  })
})
