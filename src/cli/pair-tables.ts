// The margins of minimal pairs as tables: every pair, and what they come to for each condition.

import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import { UserError } from '../core/errors.ts'
import { readText } from '../core/files.ts'
import type { Log } from '../core/log.ts'
import { groupBy, type Column, type Row, type Table } from '../core/rows.ts'
import { encode } from '../data/vocabulary.ts'
import type { Engine } from '../engine/engine.ts'
import type { Edit } from '../model/edits.ts'
import type { Model } from '../model/model.ts'
import { blimp } from '../tasks/minimal-pairs/blimp.ts'
import { lakretz } from '../tasks/minimal-pairs/lakretz.ts'
import { knownPairs, usualScoring } from '../tasks/minimal-pairs/known.ts'
import type { MinimalPair } from '../tasks/minimal-pairs/pair.ts'
import { tab } from '../tasks/minimal-pairs/tab.ts'
import { pairMargins } from '../tasks/minimal-pairs/score.ts'
import { rightness } from '../tasks/score-items.ts'
import { readEdits } from './edits.ts'

export interface PairTableOptions {
  readonly engine: Engine
  readonly state: 'end-of-sentence' | 'zeros'
  readonly log: Log
}

const EXTENSIONS = ['.csv', '.tsv', '.tab', '.jsonl', '.gold']

/** Whether a file holds pairs and not sentences: by its name, or by what is in it. */
export function isPairFile(file: string): boolean {
  const extension = extname(file)
  if (extension === '.text') return existsSync(file.replace(/text$/, 'gold'))
  return EXTENSIONS.includes(extension) || [lakretz, tab, blimp].some((format) => format.fits({ file, text: readText(file) }))
}

/** @throws UserError where the model knows the words of no pair */
export async function pairTables(
  model: Model,
  given: readonly MinimalPair[],
  edits: readonly string[],
  { engine, state, log }: PairTableOptions,
): Promise<Table[]> {
  const { vocabulary } = model
  const scoring = usualScoring(given, vocabulary)
  const { pairs, audit } = knownPairs(given, vocabulary, 'placeholder', scoring)
  if (pairs.length === 0) throw new UserError(`No pair is left to ask about: ${audit}`)
  if (!audit.endsWith('none left out.')) log.warn(audit)
  const read = pairs.map(({ right, target }) => ({ tokens: encode(vocabulary, right.slice(0, target ?? right.length)) }))
  const applied = await readEdits(edits, model, read, { engine, state, log })
  const margins = (own: readonly Edit[]) => pairMargins(engine, model, pairs, scoring, { initial: state, edits: own })
  const edited = applied.length > 0
  const now = await margins(applied)
  const intact = edited ? await margins([]) : now
  const rows = pairs.map(({ right, wrong, target, condition }, index): PairRow => ({
    ...(target !== null && scoring === 'word'
      ? { prefix: right.slice(0, target).join(' '), right: right[target], wrong: wrong[target] }
      : { prefix: '', right: right.join(' '), wrong: wrong.join(' ') }),
    condition,
    margin: now[index],
    correct: rightness(now[index]),
    ...(edited && { intactMargin: intact[index], intactCorrect: rightness(intact[index]) }),
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
  /** 1 or 0; ½ for a tie */
  readonly correct: number
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
