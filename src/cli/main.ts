// The command `probe`. One file for each of its commands; whatever they throw is printed here and becomes the exit
// code: 1 for a mistake in what was given, 2 for wrong usage of the command line.

import yargs from 'yargs'
import { hideBin } from 'yargs/helpers'
import { UserError } from '../core/errors.ts'
import { packageVersion } from '../experiment/environment.ts'
import { clean } from './commands/clean.ts'
import { doctor } from './commands/doctor.ts'
import { exportCommand } from './commands/export.ts'
import { importCommand } from './commands/import.ts'
import { list } from './commands/list.ts'
import { record } from './commands/record.ts'
import { report } from './commands/report.ts'
import { run } from './commands/run.ts'
import { sample } from './commands/sample.ts'
import { score } from './commands/score.ts'
import { show } from './commands/show.ts'
import { printError } from './print.ts'

async function main(): Promise<void> {
  await yargs(hideBin(process.argv))
    .scriptName('probe')
    .usage('$0 COMMAND\n\nLooks inside recurrent language models.')
    .command(run)
    .command(list)
    .command(show)
    .command(report)
    .command(score)
    .command(record)
    .command(sample)
    .command(importCommand)
    .command(exportCommand)
    .command(doctor)
    .command(clean)
    .demandCommand(1, 'Name a command: "probe --help" lists them.')
    .strict()
    .check(refuseUnclear)
    .locale('en')
    .version(packageVersion())
    .wrap(Math.min(110, process.stdout.columns || 110))
    .example('probe run experiments/smoke.yaml', 'a first look, in seconds')
    .example('probe score agreement/lstm --help', 'options and examples of a command')
    .fail((message, error?: Error) => {
      // What an option's own check throws arrives as yargs' YError; it is wrong usage as well.
      if (error && error.name !== 'YError') throw error
      throw usage(sentence(error?.message ?? message))
    })
    .parseAsync()
}

/** Options that may be given several times. */
const SEVERAL = ['_', 'set', 'sites', 'edit', 'map', 'ignore']

/** An option with two values or an empty one, which yargs lets through. Positional arguments may be empty. */
function refuseUnclear(given: Readonly<Record<string, unknown>>): true {
  for (const [name, value] of Object.entries(given)) {
    if (SEVERAL.includes(name)) continue
    if (Array.isArray(value)) throw usage(`--${name} is given ${value.length} times; give it once.`)
    if (value === '' && ['out', 'store'].includes(name)) throw usage(`--${name} is empty; give it a path.`)
  }
  return true
}

function usage(message: string): UserError {
  return new UserError(message, { exitCode: 2 })
}

/** yargs' message as one line with a full stop. */
function sentence(message: string): string {
  const line = message.trim().replace(/\s*\n\s*/g, ' ')
  return /[.?!]$/.test(line) ? line : `${line}. "probe --help" says what there is.`
}

// A reader that closes the pipe early, such as head, is no error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

// Where nobody reads the messages the work goes on without them.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
})

try {
  await main()
} catch (error) {
  const code = printError(error)
  process.exitCode ||= code
}
