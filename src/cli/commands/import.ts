// probe import FILE: a model that another program has trained becomes one here.

import type { CommandModule } from 'yargs'
import { UserError } from '../../core/errors.ts'
import { displayPath } from '../../core/files.ts'
import { UNKNOWN } from '../../data/vocabulary.ts'
import { readVocabulary } from '../../data/vocabulary-file.ts'
import { STORE } from '../../experiment/find.ts'
import { importIntoStore } from '../../experiment/import-model.ts'
import { importedModels, openStore } from '../../experiment/store.ts'
import { variantOf } from '../../model/config.ts'
import { LAYOUTS } from '../../model/formats/layouts/layouts.ts'
import { countParameters } from '../../model/weights.ts'
import { count, plural } from '../../report/format.ts'
import { STORE_OPTION } from '../options.ts'
import { print } from '../print.ts'

interface ImportArguments {
  file: string
  name: string
  vocabulary?: string
  layout?: string
  map: string[]
  ignore: string[]
  activation?: 'tanh' | 'relu'
  end?: string
  unknown?: string
  unit?: 'words' | 'characters'
  store?: string
}

const PARTS = ['embedding', 'layers', '0', '1', '2', '3', 'decoder', 'decoderBias']

export const importCommand: CommandModule<object, ImportArguments> = {
  command: 'import <file>',
  describe: 'Take over a model of PyTorch or TensorFlow; nothing in its file is executed',
  builder: (args) =>
    args
      .positional('file', {
        describe: 'PyTorch .pt, .pth or .pkl, .safetensors, .npz, or the JSON manifest of raw TensorFlow variables',
        type: 'string', demandOption: true,
      })
      .option('name', {
        describe: 'What experiments (from: NAME) and commands call it', type: 'string', requiresArg: true, demandOption: true,
      })
      .option('vocabulary', {
        describe: 'Its tokens in the order of their ids: one a line, or JSON. A model of this toolkit holds them',
        type: 'string', requiresArg: true,
      })
      .option('layout', {
        describe: `How its tensors are named: ${LAYOUTS.map(({ name, about }) => `${name}, ${about}`).join('; ')}. Found out by default`,
        choices: LAYOUTS.map(({ name }) => name),
      })
      .option('map', {
        describe: `Which tensor or module is which part, as in decoder=head; parts are ${PARTS.join(', ')}`,
        type: 'string', array: true, nargs: 1, default: [] as string[],
      })
      .option('ignore', {
        describe: 'A tensor that is no part of the model', type: 'string', array: true, nargs: 1, default: [] as string[],
      })
      .option('activation', { describe: 'What an RNN squashes with, where its file does not say it', choices: ['tanh', 'relu'] as const })
      .option('end', { describe: 'The token that ends a sentence; <eos> and the like by default', type: 'string', requiresArg: true })
      .option('unknown', { describe: 'The token for words outside; <unk> and the like by default', type: 'string', requiresArg: true })
      .option('unit', { describe: 'What a token is; found out by default', choices: ['words', 'characters'] as const })
      .option('store', STORE_OPTION)
      .example('probe import model.pt --vocabulary vocab.txt --name mine', 'a state dict of PyTorch')
      .example('probe import hidden650.pt --vocabulary vocab.txt --name gulordava', 'a whole module')
      .example('probe score mine sentences.txt', 'what it is then asked'),
  handler: ({ file, name, vocabulary, layout, map, ignore, activation, store, ...tokens }) => {
    requireName(name)
    const read = vocabulary === undefined ? null : readVocabulary(vocabulary, tokens)
    const opened = openStore(store ?? STORE)
    const replaces = importedModels(opened).has(name)
    const options = { store: opened, name, layout, map: partsOf(map), ignore, activation }
    const { model, layout: found, notes } = importIntoStore(file, read, options)
    const { config } = model
    const size = `${plural(config.layers, 'layer')} of ${plural(config.units, 'unit')}, ${count(countParameters(config))} weights`
    print(`${displayPath(file)}: ${variantOf(config)}, ${size}, ${plural(config.vocabulary, 'token')} (layout ${found}).`)
    for (const note of notes) print(note)
    if (activation !== undefined && config.cell !== 'rnn') {
      print(`--activation does nothing: ${variantOf(config)} squashes as it always does.`)
    }
    if (!model.vocabulary.tokens.includes(UNKNOWN)) print('Its vocabulary has no token for the unknown: a word outside of it is a mistake.')
    if (replaces) print(`It takes the name ${name} from the model that was imported under it before.`)
    print(`It is here as ${name}: "probe score ${name}", or from: ${name} in an experiment.`)
  },
}

/** It becomes a file of the store. */
function requireName(name: string): void {
  if (/\.(?:safetensors|pt|pth|pkl|npz)$/.test(name)) {
    throw new UserError(`--name ${name}: a name that ends like a file would be taken for one.`, { exitCode: 2 })
  }
  if (/^[A-Za-z0-9][\w.-]*$/.test(name)) return
  throw new UserError(`--name ${name}: a name has letters, digits, ".", "-" and "_", and starts with a letter or digit.`, { exitCode: 2 })
}

function partsOf(given: readonly string[]): Map<string, string> {
  return new Map(given.map((each) => {
    const [, part, tensor] = /^([^=]+)=(.+)$/.exec(each) ?? []
    if (part !== undefined && PARTS.includes(part)) return [part, tensor]
    throw new UserError(`--map ${each}: write PART=TENSOR, as in decoder=head. Parts are: ${PARTS.join(', ')}.`, { exitCode: 2 })
  }))
}
