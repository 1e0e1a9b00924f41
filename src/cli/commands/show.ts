// probe show RUN: what a run found, its tables, or a text on the colours of a unit.

import type { CommandModule } from 'yargs'
import { UserError, notOneOf } from '../../core/errors.ts'
import type { Table } from '../../core/rows.ts'
import type { Vocabulary } from '../../data/vocabulary.ts'
import { toDataFrame } from '../../experiment/data-frame.ts'
import { findRun, openModel } from '../../experiment/find.ts'
import { readReportInput } from '../../experiment/run-directory.ts'
import type { Model } from '../../model/model.ts'
import { record } from '../../recording/record.ts'
import { buildReport } from '../../report/build.ts'
import { toCsv } from '../../report/csv.ts'
import { fixed, plural } from '../../report/format.ts'
import { tablesOf } from '../../report/tables.ts'
import { coloringUnit } from '../colored-text.ts'
import { findingsText } from '../findings.ts'
import { RUN, STORE_OPTION } from '../options.ts'
import { print, tableText } from '../print.ts'
import { readSentence } from '../sentences.ts'
import { paint, showsColors } from '../terminal.ts'

interface ShowArguments {
  run: string
  table?: string
  unit?: string
  text?: string
  store?: string
  csv: boolean
  dataframe: boolean
}

export const show: CommandModule<object, ShowArguments> = {
  command: 'show <run>',
  describe: 'What a run found, one of its tables, or a text coloured by a unit',
  builder: (args) =>
    args
      .positional('run', RUN)
      .option('table', { describe: 'Print this table', type: 'string', requiresArg: true })
      .option('unit', { describe: 'Colour --text by this unit, as in 0.cell.41', type: 'string', requiresArg: true })
      .option('text', { describe: 'What the model reads; RUN may name one of several models', type: 'string', requiresArg: true })
      .option('store', STORE_OPTION)
      .option('csv', { describe: 'As CSV, every digit', type: 'boolean', default: false })
      .option('dataframe', {
        describe: 'As a data frame with its summary (needs the optional package danfojs-node)',
        type: 'boolean', default: false,
      })
      .example('probe show agreement', 'findings and the names of the tables')
      .example('probe show agreement --table agreement', 'a table in the terminal')
      .example('probe show agreement --unit 0.cell.50 --text "the keys near the table are old"', 'a text in colours')
      .example('probe show agreement --table agreement --csv > agreement.csv', 'the same for other programs'),
  handler: async ({ run, table, unit, text, store, csv, dataframe }) => {
    if ((unit === undefined) !== (text === undefined)) {
      throw new UserError('--unit and --text go together: which unit colours which text.', { exitCode: 2 })
    }
    if (unit !== undefined && text !== undefined) return showUnit(openModel(run, store), unit, text)
    if ((csv || dataframe) && table === undefined) {
      throw new UserError('--csv and --dataframe need --table NAME; "probe show RUN" lists the names.', { exitCode: 2 })
    }
    if (csv && dataframe) throw new UserError('--csv and --dataframe: give one of them.', { exitCode: 2 })
    const input = readReportInput(findRun(run))
    const tables = tablesOf(input.results)
    if (table === undefined) {
      print(findingsText(buildReport(input)))
      print(`\n${paint('bold', 'Tables')}`)
      for (const { name, title, rows } of tables) print(`  ${name}: ${title}, ${plural(rows.length, 'row')}`)
      return
    }
    await printTable(find(table, tables), csv, dataframe)
  },
}

/** A line of the text under another, each token on the colour of the unit's value when it has been read. */
async function showUnit(model: Model, unit: string, text: string): Promise<void> {
  const coloring = coloringUnit(unit, model.config)
  const sentences = text.split(/\r?\n/).map((line) => readSentence(line, model.vocabulary))
  const recording = await record(model, sentences, { sites: [coloring.site] })
  if (coloring.legend()) print(coloring.legend())
  sentences.forEach(({ words }, index) => {
    const start = recording.offsets[index]
    const { values } = recording.read(start, words.length)
    const width = recording.widths[coloring.site]
    const line = words.map((word, position) => {
      const value = coloring.valueOf(values[coloring.site].subarray(position * width, (position + 1) * width))
      return showsColors(process.stdout) ? coloring.paint(word, value) : `${word}\t${fixed(value, 3)}`
    })
    print(line.join(showsColors(process.stdout) ? separatorOf(model.vocabulary) : '\n'))
  })
  recording.dispose()
}

function separatorOf({ kind }: Vocabulary): string {
  return kind === 'characters' ? '' : ' '
}

function find(name: string, tables: readonly Table[]): Table {
  const found = tables.find((table) => table.name === name)
  if (!found) throw new UserError(`--table: ${notOneOf(name, 'table', 'tables', tables.map((table) => table.name))}`)
  return found
}

async function printTable(table: Table, csv: boolean, dataframe: boolean): Promise<void> {
  if (csv) {
    process.stdout.write(toCsv(table))
  } else if (dataframe) {
    const frame = await toDataFrame(table)
    print(frame.toString())
    print(frame.describe().toString())
  } else {
    print(`${paint('bold', table.title)}\n`)
    print(tableText(table))
  }
}
