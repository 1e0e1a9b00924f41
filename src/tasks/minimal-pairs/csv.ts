// The user's own CSV: prefix, right, wrong and perhaps condition.

import { parsePairs } from '../pairs-csv.ts'
import type { PairFormat } from './pair.ts'

export const csv: PairFormat = {
  name: 'csv',
  about: 'the columns prefix, right, wrong and, if you like, condition and others',

  fits: ({ file, text }) => file.endsWith('.csv') || /^\uFEFF?(?=[^\n]*\bprefix\b)(?=[^\n]*\bright\b)[^\n]*,[^\n]*\bwrong\b/.test(text),

  read: ({ file, text }) => parsePairs(text, file).map(({ prefix, right, wrong, condition, columns }, index) => ({
    id: String(index + 1),
    cluster: String(index + 1),
    condition,
    right: [...prefix, right],
    wrong: [...prefix, wrong],
    target: prefix.length,
    columns,
    published: {},
  })),
}
