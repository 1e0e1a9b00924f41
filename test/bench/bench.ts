// npm run bench: our engine against PyTorch, side by side on this machine, as Markdown tables on standard output. Needs a
// Python with PyTorch for the comparison (Debian: python3-torch libopenblas0-pthread) and runs without it, ours alone.

import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { cpus } from 'node:os'
import { join } from 'node:path'
import yargs from 'yargs'
import { hideBin } from 'yargs/helpers'
import { packageRoot } from '../../src/core/package-root.ts'
import { CONFIGURATIONS, COUNTING, type Configuration } from './configurations.ts'
import { Side } from './side.ts'
import { BUSY_HEADER, busyRow, COUNTING_HEADER, countingRow, RECORDING_HEADER, recordingRow, type Sides } from './tables.ts'
import { TRAINING_HEADER, trainingRow } from './tables.ts'

const QUESTIONS = ['training', 'counting', 'busy', 'recording'] as const

const options = await yargs(hideBin(process.argv))
  .scriptName('npm run bench --')
  .option('rounds', { type: 'number', default: 7, describe: 'interleaved rounds; times are medians over them' })
  .option('only', {
    type: 'string', array: true, choices: [...CONFIGURATIONS, ...COUNTING].map(({ name }) => name),
    describe: 'some configurations only',
  })
  .option('tables', {
    type: 'string', array: true, choices: QUESTIONS, default: QUESTIONS, describe: 'which questions',
  })
  .option('threads', { type: 'number', array: true, default: [1, 2], describe: 'numbers of threads to try, each in turn' })
  .option('python', { type: 'string', describe: 'a Python with PyTorch; python3 or /usr/bin/python3 by default' })
  .example('npm run bench -- --only lstm-1x128 --rounds 15', 'one configuration, more rounds')
  .strict()
  .parseAsync()

const script = join(packageRoot(), 'test', 'bench', 'bench.py')
const pytorch = findPyTorch(options.python ? [options.python] : ['python3', '/usr/bin/python3'])
const { rounds } = options
const tables: Record<(typeof QUESTIONS)[number], Table> = {
  training: { header: TRAINING_HEADER, configurations: CONFIGURATIONS, row: (sides) => trainingRow(sides, rounds) },
  counting: { header: COUNTING_HEADER, configurations: COUNTING, row: (sides) => countingRow(sides, rounds) },
  busy: {
    header: BUSY_HEADER,
    configurations: CONFIGURATIONS,
    row: (sides) => withNeighbour((busy) => busyRow(sides, busy, rounds)),
  },
  recording: { header: RECORDING_HEADER, configurations: CONFIGURATIONS, row: (sides) => recordingRow(sides, rounds) },
}

console.log(`${cpus().length} × ${cpus()[0].model}, Node ${process.version}, ${pytorch?.version ?? 'no PyTorch'}.`)
console.log(`Medians over ${rounds} interleaved rounds [smallest, largest ratio]; threads in brackets.`)
for (const name of options.tables) {
  const { header, configurations, row } = tables[name]
  const chosen = configurations.filter((configuration) => options.only?.includes(configuration.name) ?? true)
  if (chosen.length > 0) console.log(`\n${header}`)
  for (const configuration of chosen) console.log(await withSides(configuration, row))
}

interface Table {
  readonly header: string
  readonly configurations: readonly Configuration[]
  readonly row: (sides: Sides) => Promise<string>
}

interface PyTorch {
  readonly python: string
  readonly version: string
}

function findPyTorch(candidates: readonly string[]): PyTorch | null {
  for (const python of candidates) {
    const { status, stdout } = spawnSync(python, ['-c', 'import torch; print("PyTorch", torch.__version__)'])
    if (status === 0) return { python, version: stdout.toString().trim() }
  }
  return null
}

async function withSides<T>(configuration: Configuration, use: (sides: Sides) => Promise<T>): Promise<T> {
  const ours = options.threads.map((threads) => Side.native(configuration, threads))
  const theirs = pytorch ? options.threads.map((threads) => Side.pytorch(pytorch.python, script, configuration, threads)) : []
  try {
    return await use({ configuration, ours, pytorch: theirs })
  } finally {
    for (const side of [...ours, ...theirs]) side.close()
  }
}

/** A process that does nothing but keep one core busy; stopped until it is told to continue. */
async function withNeighbour<T>(use: (neighbour: ChildProcess) => Promise<T>): Promise<T> {
  const neighbour = spawn(process.execPath, ['-e', 'for (;;) {}'], { stdio: 'ignore' })
  neighbour.kill('SIGSTOP')
  try {
    return await use(neighbour)
  } finally {
    neighbour.kill('SIGKILL')
  }
}
