// probe record MODEL [FILE]: what the units did while the model read a text, as a file for NumPy, DuckDB or any other program.

import type { CommandModule } from 'yargs'
import { displayPath } from '../../core/files.ts'
import { loadEngine } from '../../engine/load.ts'
import type { Engine } from '../../engine/engine.ts'
import { openModel } from '../../experiment/find.ts'
import { exportRecording } from '../../recording/export.ts'
import { record as recordModel } from '../../recording/record.ts'
import { count, plural } from '../../report/format.ts'
import { EDIT, readEdits } from '../edits.ts'
import { interruptible } from '../interrupt.ts'
import { ENGINE, MODEL, STATE, STORE_OPTION, THREADS } from '../options.ts'
import { print } from '../print.ts'
import { readSentences } from '../sentences.ts'
import { terminalLog } from '../terminal.ts'

interface RecordArguments {
  model: string
  file?: string
  sites: string[]
  out: string
  edit: string[]
  state: 'end-of-sentence' | 'zeros'
  store?: string
  engine?: Engine['name']
  threads?: number
}

export const record: CommandModule<object, RecordArguments> = {
  command: 'record <model> [file]',
  describe: 'Record units while a model reads a text, into .npz, .parquet, .safetensors or .csv',
  builder: (args) =>
    args
      .positional('model', MODEL)
      .positional('file', {
        describe: 'A text of yours, one sentence a line; by default from standard input',
        type: 'string',
      })
      .option('sites', {
        describe: 'Sites such as 0.cell, or patterns such as cell',
        type: 'string', array: true, nargs: 1, demandOption: true,
        coerce: (given: string[]) => given.flatMap((each) => each.split(',')),
      })
      .option('out', {
        describe: 'The file to write: .npz, .parquet, .safetensors or .csv',
        type: 'string', requiresArg: true, demandOption: true,
      })
      .option('edit', EDIT)
      .option('state', STATE)
      .option('store', STORE_OPTION)
      .option('engine', ENGINE)
      .option('threads', THREADS)
      .example('probe record agreement/lstm text.txt --sites cell --out cells.npz', 'numpy.load("cells.npz")["0.cell"]')
      .example('probe record agreement/lstm text.txt --sites cell --out x.csv --edit "0.cell.41=0"', 'under an edit'),
  handler: async ({ model: name, file, sites, out, edit, state, store, engine: engineName, threads }) => {
    const log = terminalLog()
    await interruptible(log, async (signal) => {
      const model = openModel(name, store)
      const engine = await loadEngine({ engine: engineName, threads })
      const sentences = await readSentences(file, model.vocabulary)
      const edits = await readEdits(edit, model, sentences, { engine, state, log })
      const recording = await recordModel(model, sentences, { engine, sites, edits, state, log, signal })
      try {
        await exportRecording(recording, out)
        const columns = Object.values(recording.widths).reduce((sum, width) => sum + width, 0)
        const size = `${plural(recording.count, 'token')} × ${count(columns)} units`
        print(`${displayPath(out)}: ${size} of ${recording.sites.join(', ')}.`)
      } finally {
        recording.dispose()
      }
    })
  },
}
