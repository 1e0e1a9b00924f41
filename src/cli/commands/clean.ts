// probe clean: empties the store of trained models.

import { createInterface } from 'node:readline/promises'
import type { CommandModule } from 'yargs'
import { UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import { STORE } from '../../experiment/find.ts'
import { listStore, openStore, removeModel } from '../../experiment/store.ts'
import { plural } from '../../report/format.ts'
import { megabytes } from '../megabytes.ts'
import { STORE_OPTION } from '../options.ts'
import { print } from '../print.ts'

interface CleanArguments {
  store?: string
  unfinished: boolean
  yes: boolean
}

export const clean: CommandModule<object, CleanArguments> = {
  command: 'clean',
  describe: 'Empty the store of trained models; reports stay',
  builder: (args) =>
    args
      .option('store', STORE_OPTION)
      .option('unfinished', { describe: 'Only trainings that were not finished', type: 'boolean', default: false })
      .option('yes', { describe: 'Do not ask', type: 'boolean', default: false, alias: 'y' })
      .example('probe clean', 'shows the size and asks')
      .example('probe clean --unfinished --yes', 'only checkpoints of trainings that were given up'),
  handler: async ({ store: directory, unfinished, yes }) => {
    const store = openStore(directory ?? STORE)
    const all = listStore(store).filter((entry) => !unfinished || entry.training === null)
    const idle = all.filter((entry) => entry.owner === null)
    for (const entry of all) {
      if (entry.owner !== null) print(`${entry.key.slice(0, 12)} is being trained by process ${entry.owner}; it stays.`)
    }
    const bytes = idle.reduce((sum, entry) => sum + entry.bytes, 0)
    const what = `${plural(idle.length, 'model')} in ${displayPath(store.directory)}, ${megabytes(bytes)}`
    if (idle.length === 0) return print(`Nothing to remove in ${displayPath(store.directory)}.`)
    if (!yes && !(await isConfirmed(`Remove ${what}? [y/N] `))) return print('Nothing was removed.')
    for (const entry of idle) removeModel(store, entry.key)
    print(`Removed ${what}.`)
  },
}

async function isConfirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new UserError('Nobody is here to be asked: say --yes to remove the models.')
  const dialogue = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await dialogue.question(question)).trim())
  } finally {
    dialogue.close()
  }
}
