// probe doctor: which engines run here and how fast, what is missing, and the command that mends it.

import { availableParallelism } from 'node:os'
import type { CommandModule } from 'yargs'
import { loadEngine } from '../../engine/load.ts'
import { nativeProblem } from '../../engine/native/engine.ts'
import { packageVersion, processor } from '../../experiment/environment.ts'
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
    if (problem === null) fact('native', (await loadEngine({ engine: 'native' })).numerics)
    else missing('native', `${problem} Install a C++ compiler, then: npm rebuild rnn-probe`)
    fact('tfjs', (await loadEngine({ engine: 'tfjs' })).numerics)
  },
}

function fact(name: string, value: string): void {
  print(`${paint('green', '✔')} ${name.padEnd(12)} ${value}`)
}

function missing(name: string, value: string): void {
  print(`${paint('red', '✖')} ${name.padEnd(12)} ${value}`)
}
