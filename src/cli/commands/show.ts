// probe show RUN: what a run found, and its tables.

import type { CommandModule } from 'yargs'
import { UserError, notOneOf } from '../../core/errors.ts'
import type { Table } from '../../core/rows.ts'
import { toDataFrame } from '../../experiment/data-frame.ts'
import { findRun } from '../../experiment/find.ts'
import { readReportInput } from '../../experiment/run-directory.ts'
import { buildReport } from '../../report/build.ts'
import { toCsv } from '../../report/csv.ts'
import { plural } from '../../report/format.ts'
import { tablesOf } from '../../report/tables.ts'
import { findingsText } from '../findings.ts'
import { RUN } from '../options.ts'
import { print, tableText } from '../print.ts'
import { paint } from '../terminal.ts'

interface ShowArguments {
  run: string
  table?: string
  csv: boolean
  dataframe: boolean
}

export const show: CommandModule<object, ShowArguments> = {
  command: 'show <run>',
  describe: 'What a run found, or one of its tables',
  builder: (args) =>
    args
      .positional('run', RUN)
      .option('table', { describe: 'Print this table', type: 'string', requiresArg: true })
      .option('csv', { describe: 'As CSV, every digit', type: 'boolean', default: false })
      .option('dataframe', {
        describe: 'As a data frame with its summary (needs the optional package danfojs-node)',
        type: 'boolean', default: false,
      })
      .example('probe show agreement', 'findings and the names of the tables')
      .example('probe show agreement --table agreement', 'a table in the terminal')
      .example('probe show agreement --table agreement --csv > agreement.csv', 'the same for other programs'),
  handler: async ({ run, table, csv, dataframe }) => {
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
