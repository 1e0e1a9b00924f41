// Tables of text coloured by a unit, and of text that models wrote.

import type { ColoredText, ColoredTextResult, SampleRow, SamplesResult } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function textTables({ texts }: ColoredTextResult): Table[] {
  return [table('coloured-text', 'Every coloured word', TEXT, texts.flatMap(textRows))]
}

interface TextRow {
  model: string
  seed: number
  unit: string
  passage: string
  position: number
  token: string
  value: number
  surprisal: number | null
}

const TEXT: readonly ColumnOf<TextRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'passage', title: 'Passage' },
  { key: 'position', title: 'Position', digits: 0 },
  { key: 'token', title: 'Token' },
  { key: 'value', title: 'Value', digits: 3 },
  { key: 'surprisal', title: 'Surprisal', unit: 'nats', digits: 2 },
]

function textRows({ model, seed, unit, passages }: ColoredText): TextRow[] {
  return passages.flatMap(({ title, tokens, values, surprisals }) =>
    tokens.map((token, position) => ({
      model,
      seed,
      unit,
      passage: title,
      position,
      token,
      value: values[position],
      surprisal: surprisals[position],
    })),
  )
}

export function sampleTables({ rows }: SamplesResult): Table[] {
  return [table('samples', 'Every written text', SAMPLES, rows)]
}

const SAMPLES: readonly ColumnOf<SampleRow>[] = [
  ...SUBJECT,
  { key: 'unit', title: 'Unit' },
  { key: 'temperature', title: 'Temperature', digits: 2 },
  { key: 'held', title: 'Unit held at', digits: 2, description: 'empty where it was left alone' },
  { key: 'text', title: 'Text' },
]
