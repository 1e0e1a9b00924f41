// probe doctor: which engines run here and how fast, what is missing, and the command that mends it.

import { availableParallelism } from 'node:os'
import type { CommandModule } from 'yargs'
import { UserError } from '../../core/errors.ts'
import { loadEngine } from '../../engine/load.ts'
import {
  chosenInstructionSet, measureGigaflops, nativeCapabilities, nativeProblem,
} from '../../engine/native/engine.ts'
import { toDataFrame } from '../../experiment/data-frame.ts'
import { packageVersion, processor } from '../../experiment/environment.ts'
import { fixed, plural } from '../../report/format.ts'
import { print } from '../print.ts'
import { paint } from '../terminal.ts'

export const doctor: CommandModule = {
  command: 'doctor',
  describe: 'Engines, SIMD, threads, speed, versions; what is missing and how to mend it',
  builder: (args) => args.example('probe doctor', 'what runs here'),
  handler: async () => {
    fact('rnn-probe', packageVersion())
    fact('Node.js', process.version)
    fact('processor', processor())
    fact('threads', String(availableParallelism()))
    const problem = nativeProblem()
    if (problem === null) await describeNative()
    else missing('native', `${problem} Install a C++ compiler (Debian: g++), then: npm rebuild`)
    fact('tfjs', (await loadEngine({ engine: 'tfjs' })).numerics)
    await describeDataFrames()
  },
}

async function describeNative(): Promise<void> {
  const { instructionSets, cores } = nativeCapabilities()
  fact('native', (await loadEngine({ engine: 'native' })).numerics)
  fact('SIMD', `${chosenInstructionSet()} (here: ${instructionSets.join(', ')}; PROBE_SIMD chooses)`)
  for (const threads of new Set([1, cores])) {
    fact('speed', `${fixed(measureGigaflops(threads), 1)} GFLOP/s, matrix product on ${plural(threads, 'thread')}`)
  }
}

async function describeDataFrames(): Promise<void> {
  try {
    await toDataFrame({ name: 'probe', title: '', columns: [{ key: 'a', title: 'a' }], rows: [{ a: 1 }] })
    fact('data frames', 'probe show RUN --table NAME --dataframe (optional)')
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    optional('data frames', error.message)
  }
}

function fact(name: string, value: string): void {
  print(`${paint('green', '✔')} ${name.padEnd(12)} ${value}`)
}

/** Not here, and nothing else needs it. */
function optional(name: string, value: string): void {
  print(`${paint('dim', '·')} ${name.padEnd(12)} ${value}`)
}

function missing(name: string, value: string): void {
  print(`${paint('red', '✖')} ${name.padEnd(12)} ${value}`)
}
