// probe score MODEL [FILE]: the surprisal of every token of some sentences, or the margins of minimal pairs.

import { extname } from 'node:path'
import type { CommandModule } from 'yargs'
import { displayPath } from '../../core/files.ts'
import type { Log } from '../../core/log.ts'
import { groupBy, type Column, type Row, type Table } from '../../core/rows.ts'
import { marksOf } from '../../data/quotation-marks.ts'
import { encode } from '../../data/vocabulary.ts'
import { loadEngine } from '../../engine/load.ts'
import type { Engine } from '../../engine/engine.ts'
import { openModel } from '../../experiment/find.ts'
import type { Edit } from '../../model/edits.ts'
import type { Model } from '../../model/model.ts'
import { score as surprisals } from '../../recording/score.ts'
import { toCsv } from '../../report/csv.ts'
import { parsePairs, type Pair } from '../../tasks/pairs-csv.ts'
import { scoreItems } from '../../tasks/score-items.ts'
import { EDIT, readEdits } from '../edits.ts'
import { ENGINE, MODEL, STATE, STORE_OPTION, THREADS } from '../options.ts'
import { print, tableText } from '../print.ts'
import { readInput, readSentences, unknownWords } from '../sentences.ts'
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
        describe: 'Sentences, one a line, by default from standard input; or your pairs: a .csv, prefix,right,wrong[,condition]',
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
    const isPairs = file !== undefined && extname(file) === '.csv'
    const tables = isPairs
      ? await pairTables(model, parsePairs(await readInput(file), displayPath(file)), edit, options)
      : [await sentenceTable(model, file, edit, options)]
    if (csv) process.stdout.write(toCsv(tables[0]))
    else print(tables.map(tableText).join('\n\n'))
  },
}

interface Options {
  readonly engine: Engine
  readonly state: ScoreArguments['state']
  readonly log: Log
}

async function sentenceTable(
  model: Model,
  file: string | undefined,
  edits: readonly string[],
  options: Options,
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

/** Every pair, and what they come to for each condition. */
async function pairTables(
  model: Model,
  pairs: readonly Pair[],
  edits: readonly string[],
  options: Options,
): Promise<Table[]> {
  warnOfUnknown(pairs.flatMap(({ prefix }) => prefix), model, options.log)
  const read = pairs.map((pair) => ({ ...pair, prefix: marksOf(model.vocabulary, pair.prefix) }))
  const prefixes = read.map(({ prefix }) => ({ tokens: encode(model.vocabulary, prefix) }))
  const applied = await readEdits(edits, model, prefixes, options)
  const scored = (own: readonly Edit[]) =>
    scoreItems(options.engine, model, read, { initial: options.state, edits: own })
  const margins = await scored(applied)
  const edited = applied.length > 0
  const intact = edited ? await scored([]) : margins
  const rows = pairs.map(({ prefix, right, wrong, condition }, index): PairRow => ({
    prefix: prefix.join(' '),
    right,
    wrong,
    condition,
    margin: margins[index],
    correct: margins[index] > 0,
    ...(edited && { intactMargin: intact[index], intactCorrect: intact[index] > 0 }),
  }))
  return [
    {
      name: 'pairs',
      title: 'Minimal pairs',
      columns: [
        { key: 'prefix', title: 'prefix' },
        { key: 'right', title: 'right' },
        { key: 'wrong', title: 'wrong' },
        { key: 'condition', title: 'condition' },
        { key: 'margin', title: 'margin', unit: 'nats', digits: 3 },
        { key: 'correct', title: 'correct' },
        ...(edited ? INTACT : []),
      ],
      rows,
    },
    summary(rows, edited),
  ]
}

interface PairRow extends Row {
  readonly condition: string
  readonly margin: number
  readonly correct: boolean
}

const INTACT: readonly Column[] = [
  { key: 'intactMargin', title: 'intact margin', unit: 'nats', digits: 3 },
  { key: 'intactCorrect', title: 'intact correct', digits: 3 },
]

function summary(rows: readonly PairRow[], edited: boolean): Table {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const meanOf = (group: readonly PairRow[], key: string) => mean(group.map((row) => Number(row[key])))
  return {
    name: 'conditions',
    title: 'By condition',
    columns: [
      { key: 'condition', title: 'condition' },
      { key: 'n', title: 'n' },
      { key: 'accuracy', title: 'correct', digits: 3 },
      { key: 'margin', title: 'mean margin', unit: 'nats', digits: 3 },
      ...(edited ? INTACT : []),
    ],
    rows: [...groupBy(rows, (row) => row.condition)].map(([condition, group]) => ({
      condition,
      n: group.length,
      accuracy: meanOf(group, 'correct'),
      margin: meanOf(group, 'margin'),
      ...(edited && { intactMargin: meanOf(group, 'intactMargin'), intactCorrect: meanOf(group, 'intactCorrect') }),
    })),
  }
}

function warnOfUnknown(given: Iterable<string>, model: Model, log: Log): void {
  const unknown = unknownWords(given, model.vocabulary)
  if (unknown.length === 0) return
  const some = unknown.slice(0, 10).join(', ') + (unknown.length > 10 ? ', …' : '')
  const words = unknown.length === 1 ? 'one word' : `${unknown.length} words`
  log.warn(`The model does not know ${words} and reads a placeholder instead: ${some}.`)
}
