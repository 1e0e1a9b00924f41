// probe score MODEL [FILE]: the surprisal of every token of some sentences, or the margins of minimal pairs.

import type { CommandModule } from 'yargs'
import type { Row, Table } from '../../core/rows.ts'
import { loadEngine } from '../../engine/load.ts'
import type { Engine } from '../../engine/engine.ts'
import { readPairFile } from '../../experiment/analyses/pair-file.ts'
import { openModel } from '../../experiment/find.ts'
import type { Model } from '../../model/model.ts'
import { score as surprisals } from '../../recording/score.ts'
import { toCsv } from '../../report/csv.ts'
import { EDIT, readEdits } from '../edits.ts'
import { ENGINE, MODEL, STATE, STORE_OPTION, THREADS } from '../options.ts'
import { isPairFile, pairTables, type PairTableOptions } from '../pair-tables.ts'
import { print, tableText } from '../print.ts'
import { isStandardInput, readSentences, warnOfUnknown } from '../sentences.ts'
import { terminalLog } from '../terminal.ts'

interface ScoreArguments {
  model: string
  file?: string
  csv: boolean
  edit: string[]
  state: 'end-of-sentence' | 'zeros'
  store?: string
  engine?: Engine['name']
  threads?: number
}

export const score: CommandModule<object, ScoreArguments> = {
  command: 'score <model> [file]',
  describe: 'Surprisal of every token of sentences, or margins of minimal pairs',
  builder: (args) =>
    args
      .positional('model', MODEL)
      .positional('file', {
        describe: 'Sentences, one a line, by default from standard input; or minimal pairs: a .csv, prefix,right,wrong[,condition], ' +
          'a .jsonl of BLiMP, the files of Lakretz et al., Linzen et al. or Gulordava et al.',
        type: 'string',
      })
      .option('csv', { describe: 'Print CSV, every digit', type: 'boolean', default: false })
      .option('edit', EDIT)
      .option('state', STATE)
      .option('store', STORE_OPTION)
      .option('engine', ENGINE)
      .option('threads', THREADS)
      .example('echo "The keys on the table are" | probe score agreement/lstm', 'how surprising each word is')
      .example('probe score agreement/lstm pairs.csv', 'minimal pairs: how often the right word is preferred')
      .example('probe score agreement/lstm pairs.csv --edit "0.hidden.72=0"', 'the same without a unit'),
  handler: async ({ model: name, file, csv, edit, state, store, engine: engineName, threads }) => {
    const model = openModel(name, store)
    const engine = await loadEngine({ engine: engineName, threads })
    const options = { engine, state, log: terminalLog() }
    const tables = !isStandardInput(file) && isPairFile(file)
      ? await pairTables(model, readPairFile(file), edit, options)
      : [await sentenceTable(model, file, edit, options)]
    if (csv) process.stdout.write(toCsv(tables[0]))
    else print(tables.map(tableText).join('\n\n'))
  },
}

async function sentenceTable(
  model: Model,
  file: string | undefined,
  edits: readonly string[],
  options: PairTableOptions,
): Promise<Table> {
  const sentences = await readSentences(file, model.vocabulary)
  warnOfUnknown(sentences.flatMap(({ words }) => words), model, options.log)
  const applied = await readEdits(edits, model, sentences, options)
  const values = await surprisals(model, sentences, { ...options, edits: applied })
  const edited = applied.length > 0
  const intact = edited ? await surprisals(model, sentences, options) : values
  const valueAt = (from: typeof values, index: number, position: number) => {
    const value = from[index][position]
    return Number.isNaN(value) ? null : value
  }
  const rows = sentences.flatMap(({ words, tokens }, index): Row[] =>
    words.map((word, position) => ({
      sentence: index + 1,
      position,
      word,
      token: model.vocabulary.tokens[tokens[position]],
      surprisal: valueAt(values, index, position),
      ...(edited && { intact: valueAt(intact, index, position) }),
    })),
  )
  return {
    name: 'surprisal',
    title: 'Surprisal',
    columns: [
      { key: 'sentence', title: 'sentence' },
      { key: 'position', title: 'position' },
      { key: 'word', title: 'word' },
      { key: 'token', title: 'read as' },
      { key: 'surprisal', title: 'surprisal', unit: 'nats', digits: 3 },
      ...(edited ? [{ key: 'intact', title: 'intact', unit: 'nats', digits: 3 }] : []),
    ],
    rows,
  }
}
