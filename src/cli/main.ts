// The command `probe`. One file for each of its commands; whatever they throw is printed here and becomes the exit
// code: 1 for a mistake in what was given, 2 for wrong usage of the command line.

import yargs, { type Argv } from 'yargs'
import { hideBin } from 'yargs/helpers'
import { UserError } from '../core/errors.ts'
import { packageVersion } from '../experiment/environment.ts'
import { printError } from './print.ts'

/** In the order of the help. Only the one that is asked for is loaded: together they take most of a second. */
const COMMANDS: Readonly<Record<string, (cli: Argv) => Promise<Argv>>> = {
  run: async (cli) => cli.command((await import('./commands/run.ts')).run),
  list: async (cli) => cli.command((await import('./commands/list.ts')).list),
  show: async (cli) => cli.command((await import('./commands/show.ts')).show),
  report: async (cli) => cli.command((await import('./commands/report.ts')).report),
  score: async (cli) => cli.command((await import('./commands/score.ts')).score),
  record: async (cli) => cli.command((await import('./commands/record.ts')).record),
  sample: async (cli) => cli.command((await import('./commands/sample.ts')).sample),
  neighbors: async (cli) => cli.command((await import('./commands/neighbors.ts')).neighbors),
  import: async (cli) => cli.command((await import('./commands/import.ts')).importCommand),
  export: async (cli) => cli.command((await import('./commands/export.ts')).exportCommand),
  doctor: async (cli) => cli.command((await import('./commands/doctor.ts')).doctor),
  clean: async (cli) => cli.command((await import('./commands/clean.ts')).clean),
}

async function main(): Promise<void> {
  const given = hideBin(process.argv)
  const cli = yargs(given).scriptName('probe').usage('$0 COMMAND\n\nLooks inside recurrent language models.')
  const asked = Object.hasOwn(COMMANDS, given[0] ?? '') ? [given[0]] : Object.keys(COMMANDS)
  for (const name of asked) await COMMANDS[name](cli)
  await cli
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
