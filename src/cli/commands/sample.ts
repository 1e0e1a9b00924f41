// probe sample MODEL: text that a model writes, coloured by a unit and under edits where that is asked for.

import type { CommandModule } from 'yargs'
import { UserError } from '../../core/errors.ts'
import { Random } from '../../core/random.ts'
import { endId, tokenId, type Vocabulary } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { loadEngine } from '../../engine/load.ts'
import { openModel } from '../../experiment/find.ts'
import { generate, neverWritten } from '../../recording/generate.ts'
import { requireLanguageModel } from '../../recording/language-model.ts'
import { coloringUnit } from '../colored-text.ts'
import { EDIT, readEdits } from '../edits.ts'
import { interruptible } from '../interrupt.ts'
import { ENGINE, MODEL, STATE, STORE_OPTION, THREADS } from '../options.ts'
import { print } from '../print.ts'
import { readSentence } from '../sentences.ts'
import { terminalLog } from '../terminal.ts'

interface SampleArguments {
  model: string
  prompt?: string
  length: number
  temperature: number
  topK?: number
  nucleus: number
  stop?: string
  seed: number
  unit?: string
  edit: string[]
  state: 'end-of-sentence' | 'zeros'
  store?: string
  engine?: Engine['name']
  threads?: number
}

export const sample: CommandModule<object, SampleArguments> = {
  command: 'sample <model>',
  describe: 'Text that a model writes, as it expects it; coloured by a unit, under edits',
  builder: (args) =>
    args
      .positional('model', MODEL)
      .option('prompt', { describe: 'What the model reads first', type: 'string', requiresArg: true })
      .option('length', {
        describe: 'Most tokens to write', type: 'number', requiresArg: true, default: 300,
      })
      .option('temperature', {
        describe: 'Logits are divided by it; 0 always takes the most probable token',
        type: 'number', requiresArg: true, default: 1,
      })
      .option('top-k', {
        describe: 'Only so many of the most probable tokens', type: 'number', requiresArg: true,
      })
      .option('nucleus', {
        describe: 'Only the fewest tokens whose probabilities sum to this share',
        type: 'number', requiresArg: true, default: 1,
      })
      .option('stop', { describe: 'End after this token, such as "." or <eos>', type: 'string', requiresArg: true })
      .option('seed', {
        describe: 'Another seed, another text', type: 'number', requiresArg: true, default: 1,
      })
      .option('unit', { describe: 'Colour the text by this unit, as in 0.cell.41', type: 'string', requiresArg: true })
      .option('edit', EDIT)
      .option('state', STATE)
      .option('store', STORE_OPTION)
      .option('engine', ENGINE)
      .option('threads', THREADS)
      .check(refuseImpossible)
      .example('probe sample agreement --prompt "the keys" --temperature 0.7', 'words')
      .example('probe sample agreement --unit 0.cell.41 --edit "0.cell.41=1"', 'coloured by a unit that is held on'),
  handler: async ({ model: name, prompt, stop, seed, unit, edit, state, store, engine: engineName, threads, ...how }) => {
    const log = terminalLog()
    await interruptible(log, async (signal) => {
      const model = openModel(name, store)
      requireLanguageModel(model, 'it writes nothing')
      const { vocabulary, config } = model
      const engine = await loadEngine({ engine: engineName, threads })
      const coloring = unit === undefined ? null : coloringUnit(unit, config)
      const read = prompt === undefined ? null : readSentence(prompt, vocabulary)
      const edits = await readEdits(edit, model, read === null ? [] : [read], { engine, state, log })
      const options = {
        ...how, edits, engine, state, signal,
        prompt: read?.tokens,
        random: new Random(seed).fork('sample'),
        stop: stop === undefined ? undefined : stopToken(stop, vocabulary),
        record: coloring?.site,
        without: neverWritten(vocabulary),
      }
      if (coloring?.legend()) print(coloring.legend())
      const writer = textWriter(vocabulary)
      for (const word of read?.words ?? []) process.stdout.write(writer(word))
      for await (const { token, values } of generate(model, options)) {
        const text = writer(token === endId(vocabulary) ? END : vocabulary.tokens[token])
        process.stdout.write(values === null ? text : coloring!.paint(text, coloring!.valueOf(values)))
      }
      process.stdout.write('\n')
    })
  },
}

const END = '\n'

/** Words with spaces between them, a line for each sentence; characters as they are. */
function textWriter({ kind }: Vocabulary): (token: string) => string {
  let before = END
  return (token) => {
    const space = kind === 'characters' || before === END || token === END || /^[.,;:!?)\]]$/.test(token) ? '' : ' '
    before = token
    return space + token
  }
}

function stopToken(stop: string, vocabulary: Vocabulary): number {
  const id = tokenId(vocabulary, stop)
  if (id === undefined) throw new UserError(`--stop: the model does not know ${JSON.stringify(stop)}.`)
  return id
}

/** Numbers that no text can be drawn with. */
function refuseImpossible({ length, temperature, topK, nucleus, seed }: Omit<SampleArguments, 'model'>): true {
  const whole = (value: number, least: number) => Number.isInteger(value) && value >= least
  if (!whole(length, 1)) throw usage('--length: give a whole number from 1 up.')
  if (!(temperature >= 0 && temperature < Infinity)) throw usage('--temperature: give a number from 0 up.')
  if (topK !== undefined && !whole(topK, 1)) throw usage('--top-k: give a whole number from 1 up.')
  if (!(nucleus > 0 && nucleus <= 1)) throw usage('--nucleus: give a number above 0, up to 1.')
  if (!whole(seed, 0)) throw usage('--seed: give a whole number from 0 up.')
  return true
}

function usage(message: string): UserError {
  return new UserError(message, { exitCode: 2 })
}
