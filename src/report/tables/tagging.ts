// Tables of taggers.

import type { RightContextRow, TaggedWordRow, TaggingResult, TaggingRow } from '../../analysis/results.ts'
import type { Table } from '../../core/rows.ts'
import { SUBJECT, table, type ColumnOf } from './columns.ts'

export function taggingTables({ rows, rightContext, words, audit }: TaggingResult): Table[] {
  return [
    table('tagging', 'How often tags are right', TAGGING, rows),
    table('tagging-right-context', 'What reading from both ends is worth', RIGHT_CONTEXT, rightContext),
    table('tagging-words', 'Words that gain most from what stands to their right', WORDS, words),
    table('tagging-audit', 'What was asked', [{ key: 'message', title: 'Audit' }], audit),
  ]
}

const TOKENS = [
  { key: 'group', title: 'Tokens', description: 'by what the training text says of the word: several tags, one, or nothing' },
  { key: 'n', title: 'N', digits: 0 },
] as const

const GAIN = [
  { key: 'gain', title: 'Beyond', digits: 4, description: 'share right beyond that, on the same tokens' },
  { key: 'gainLow', title: '95 % low', digits: 4 },
  { key: 'gainHigh', title: '95 % high', digits: 4 },
] as const

const AGAINST = { key: 'against', title: 'Beside', description: 'the tagger that reads from left to right' } as const

const TAGGING: readonly ColumnOf<TaggingRow>[] = [
  ...SUBJECT,
  ...TOKENS,
  { key: 'documents', title: 'Documents', digits: 0 },
  { key: 'right', title: 'Right', digits: 4 },
  { key: 'low', title: '95 % low', digits: 4 },
  { key: 'high', title: '95 % high', digits: 4 },
  { key: 'baseline', title: 'Most frequent tag', digits: 4, description: 'baseline: of each word in the training text' },
  ...GAIN,
]

const RIGHT_CONTEXT: readonly ColumnOf<RightContextRow>[] = [
  ...SUBJECT,
  AGAINST,
  ...TOKENS,
  { key: 'right', title: 'Right', digits: 4 },
  { key: 'rightAgainst', title: 'Right beside', digits: 4 },
  ...GAIN,
  { key: 'helped', title: 'Helped', digits: 0, description: 'tokens that are right only with both directions' },
  { key: 'hurt', title: 'Hurt', digits: 0, description: 'tokens that are right only without' },
]

const WORDS: readonly ColumnOf<TaggedWordRow>[] = [
  ...SUBJECT,
  AGAINST,
  { key: 'word', title: 'Word' },
  { key: 'n', title: 'N', digits: 0, description: 'tokens of the test text' },
  { key: 'baseline', title: 'Most frequent tag', digits: 3, description: 'baseline' },
  { key: 'rightAgainst', title: 'Left to right', digits: 3 },
  { key: 'right', title: 'Both ends', digits: 3 },
  { key: 'chosenBy', title: 'Chosen by', digits: 0, description: 'tokens gained in the validation text, by which words were chosen' },
]
