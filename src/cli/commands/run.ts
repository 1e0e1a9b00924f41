// probe run FILE: from a YAML to a report.

import type { CommandModule } from 'yargs'
import { displayPath } from '../../core/files.ts'
import type { Engine } from '../../engine/engine.ts'
import { findingsText } from '../findings.ts'
import { interruptible } from '../interrupt.ts'
import { ENGINE, STORE_OPTION, THREADS } from '../options.ts'
import { print } from '../print.ts'
import { terminalLog } from '../terminal.ts'

interface RunArguments {
  file: string
  set: string[]
  out?: string
  store?: string
  fresh: boolean
  threads?: number
  engine?: Engine['name']
}

export const run: CommandModule<object, RunArguments> = {
  command: 'run <file>',
  describe: 'Run an experiment: train what is missing, analyse, write a report',
  builder: (args) =>
    args
      .positional('file', { describe: 'The YAML of an experiment', type: 'string', demandOption: true })
      .option('set', {
        describe: 'Change a key of the file: KEY=VALUE; may be given several times',
        type: 'string', array: true, nargs: 1, default: [] as string[], defaultDescription: 'nothing',
      })
      .option('out', { describe: 'The run directory; reports/NAME by default', type: 'string', requiresArg: true })
      .option('store', STORE_OPTION)
      .option('fresh', { describe: "Train this experiment's own models again", type: 'boolean', default: false })
      .option('threads', THREADS)
      .option('engine', ENGINE)
      .example('probe run experiments/agreement.yaml', 'into reports/agreement')
      .example('probe run experiments/agreement.yaml --set seeds=5 --out runs/five', 'five models of each kind')
      .example("probe run experiments/smoke.yaml --set 'models[0].units=64' --fresh", 'other units, trained anew'),
  handler: async ({ file, set, out, store, fresh, threads, engine }) => {
    const { runExperiment } = await import('../../experiment/run.ts') // other commands start faster without it
    const log = terminalLog()
    const { report, document } = await interruptible(log, (signal) =>
      runExperiment(file, { settings: set, out, store, fresh, threads, engine, log, signal }),
    )
    print(findingsText(document))
    print(`\nReport: ${displayPath(report)}`)
  },
}
