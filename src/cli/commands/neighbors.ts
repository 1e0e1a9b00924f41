// probe neighbors RUN SENTENCE --word WORD: the tokens of held-out text whose vectors are nearest to a word's in its sentence,
// beside the words whose embeddings are (Peters et al. 2018, table 4).

import type { CommandModule } from 'yargs'
import { nearestVectors } from '../../analysis/contextual/nearest.ts'
import { tokenVectors, type VectorSentence } from '../../analysis/contextual/token-vectors.ts'
import { UserError } from '../../core/errors.ts'
import type { Table } from '../../core/rows.ts'
import { mergingWords } from '../../data/pseudowords.ts'
import { marksOf } from '../../data/quotation-marks.ts'
import { encode, tokenId } from '../../data/vocabulary.ts'
import type { Engine } from '../../engine/engine.ts'
import { loadEngine } from '../../engine/load.ts'
import { openModel, runOfModel } from '../../experiment/find.ts'
import { textOfRun } from '../../experiment/text-of-run.ts'
import { isPair } from '../../model/config.ts'
import type { Model } from '../../model/model.ts'
import { toCsv } from '../../report/csv.ts'
import { ENGINE, MODEL, STORE_OPTION, THREADS } from '../options.ts'
import { print, tableText } from '../print.ts'
import { readSentence, warnOfUnknown } from '../sentences.ts'
import { terminalLog } from '../terminal.ts'

interface NeighborsArguments {
  run: string
  sentence: string
  word: string
  layer?: number
  count: number
  tokens: number
  csv: boolean
  store?: string
  engine?: Engine['name']
  threads?: number
}

export const neighbors: CommandModule<object, NeighborsArguments> = {
  command: 'neighbors <run> <sentence>',
  describe: 'Tokens in context nearest to a word in its sentence, beside its neighbours without context',
  builder: (args) =>
    args
      .positional('run', { ...MODEL, describe: 'RUN/MODEL[/SEED], or a run with one model: a bidirectional language model' })
      .positional('sentence', { describe: 'What the model reads', type: 'string', demandOption: true as const })
      .option('word', {
        describe: 'The word of it that is looked at; the first one, where it comes twice',
        type: 'string', demandOption: true as const, requiresArg: true,
      })
      .option('layer', {
        describe: 'Layer of the vectors, from 1; the top by default, 0 is the embedding',
        type: 'number', requiresArg: true,
      })
      .option('count', { describe: 'How many neighbours', type: 'number', default: 5, requiresArg: true })
      .option('tokens', {
        describe: 'Most tokens of the held-out text that are searched',
        type: 'number', default: 60_000, requiresArg: true,
      })
      .option('csv', { describe: 'Print CSV, every digit', type: 'boolean', default: false })
      .option('store', STORE_OPTION)
      .option('engine', ENGINE)
      .option('threads', THREADS)
      .example('probe neighbors elmo "they will play in the garden" --word play', 'which other tokens are used like it'),
  handler: async ({ run, sentence, word, layer: given, count, tokens, csv, store, engine: engineName, threads }) => {
    const model = openModel(run, store)
    if (!isPair(model.config)) {
      throw new UserError(`${run} is no bidirectional language model, which has vectors of a token from both sides.`)
    }
    const layer = given ?? model.config.layers
    if (!Number.isInteger(layer) || layer < 0 || layer > model.config.layers) {
      throw new UserError(`--layer ${layer}: layers are 0, the embedding, to ${model.config.layers}.`, { exitCode: 2 })
    }
    for (const [name, value] of [['count', count], ['tokens', tokens]] as const) {
      if (!Number.isInteger(value) || value < 1) throw new UserError(`--${name}: give a whole number from 1 up.`, { exitCode: 2 })
    }
    const text = await textOfRun(runOfModel(run), model.vocabulary, tokens, store)
    const read = readSentence(sentence, model.vocabulary)
    const words = marksOf(model.vocabulary, read.words).map(mergingWords(text.pseudowords))
    const position = read.words.findIndex((other) => other.toLowerCase() === word.toLowerCase())
    if (position < 0) throw new UserError(`--word: there is no "${word}" in the sentence.`)
    if (tokenId(model.vocabulary, words[position]) === undefined) throw new UserError(`The model does not know "${word}".`)
    warnOfUnknown(words, model, terminalLog())
    const ids = encode(model.vocabulary, words)
    const engine = await loadEngine({ engine: engineName, threads })
    const own = await tokenVectors(engine, model, [{ tokens: ids, positions: [position] }])
    const table = {
      name: 'neighbors',
      title: `${word}, in layer ${layer}`,
      columns: [
        { key: 'rank', title: 'rank', digits: 0 },
        { key: 'similarity', title: 'cosine', digits: 3 },
        { key: 'passage', title: 'in context' },
        { key: 'freeSimilarity', title: 'cosine', digits: 3 },
        { key: 'free', title: 'without context' },
      ],
      rows: await rowsOf(engine, model, { vector: own.layers[layer], layer, id: ids[position] }, text, count),
    } satisfies Table
    if (csv) process.stdout.write(toCsv(table))
    else print(tableText(table))
  },
}

interface Asked {
  readonly vector: Float32Array
  readonly layer: number
  readonly id: number
}

async function rowsOf(
  engine: Engine,
  model: Model,
  { vector, layer, id }: Asked,
  text: { readonly sentences: readonly VectorSentence[]; readonly words: readonly (readonly string[])[] },
  count: number,
) {
  const { layers } = await tokenVectors(engine, model, text.sentences)
  const inContext = nearestVectors(vector, layers[layer], count)
  const places = text.words.flatMap((words, sentence) => words.map((_, position) => ({ sentence, position })))
  const { embedding } = model.weights
  const width = model.config.embedding
  const own = embedding.subarray(id * width, (id + 1) * width)
  const free = nearestVectors(own, embedding, count + 1).filter(({ index }) => index !== id)
  return inContext.map(({ index, similarity }, rank) => {
    const { sentence, position } = places[index]
    return {
      rank: rank + 1,
      similarity,
      passage: passageOf(text.words[sentence], position),
      freeSimilarity: free[rank]?.similarity ?? null,
      free: free[rank] === undefined ? '' : model.vocabulary.tokens[free[rank].index],
    }
  })
}

/** Words to either side that are shown. */
const AROUND = 6

/** `… they will [play] in the garden …` */
function passageOf(words: readonly string[], position: number): string {
  const first = Math.max(0, position - AROUND)
  const last = Math.min(words.length, position + AROUND + 1)
  const shown = words.slice(first, last).map((word, index) => (first + index === position ? `[${word}]` : word))
  return [...(first > 0 ? ['…'] : []), ...shown, ...(last < words.length ? ['…'] : [])].join(' ')
}
