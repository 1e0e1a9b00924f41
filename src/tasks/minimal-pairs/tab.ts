// The tables of Gulordava et al. (2018): a header, two rows a pair (class correct and wrong), the prefix and the form that
// decides. Columns of numbers behind the known ones are scores that models gave the form.

import Papa from 'papaparse'
import { UserError } from '../../core/errors.ts'
import { groupBy } from '../../core/rows.ts'
import { splitAtSpaces } from '../../data/tokenize.ts'
import type { MinimalPair, PairFormat } from './pair.ts'
import { readEach } from './problems.ts'

type Cells = Readonly<Record<string, string>>

const NEEDED = ['constr_id', 'sent_id', 'form', 'class', 'prefix'] as const
/** What the authors' own columns say; every other column that holds numbers is a score. */
const KNOWN = [
  ...NEEDED, 'pattern', 'correct_number', 'type', 'n_attr', 'punct', 'freq', 'len_context', 'len_prefix', 'sent', 'full_id', 'mturk_count',
]

export const tab: PairFormat = {
  name: 'tab',
  about: 'a table with a header and two rows a pair (Gulordava et al. 2018)',

  fits({ text }) {
    const columns = (/^[^\n\r]*/.exec(text)?.[0] ?? '').split('\t')
    return NEEDED.every((name) => columns.includes(name))
  },

  read({ file, text }) {
    const { data, errors } = Papa.parse<Cells>(text.replace(/^\uFEFF/, ''), { delimiter: '\t', header: true, skipEmptyLines: true })
    const broken = errors.find(({ type }) => type === 'Quotes')
    const advice = 'A cell with quotes is written "like ""this""".'
    if (broken) throw new UserError(`${file}: row ${(broken.row ?? 0) + 2} has a stray quote. ${advice}`)
    const pairs = [...groupBy(data, (row) => `${row['pattern'] ?? ''} ${row['constr_id']} ${row['sent_id']}`).entries()]
    return readEach(file, 'a table of Gulordava et al', pairs, readPair, ([name]) => `the sentence ${name}`)
  },
}

function readPair([id, rows]: readonly [string, readonly Cells[]]): MinimalPair | string {
  const [right, wrong] = ['correct', 'wrong'].map((answer) => rows.filter((row) => row['class'] === answer))
  if (right.length !== 1 || wrong.length !== 1) {
    return `has ${rows.length} rows; it needs one of the class correct and one of the class wrong.`
  }
  const [good, bad] = [right[0], wrong[0]]
  const prefix = splitAtSpaces(good['prefix'])
  if (prefix.length === 0 || !good['form'] || !bad['form']) return 'has no prefix or no form.'
  const rest = restOf(good, prefix)
  return {
    id,
    cluster: `${good['pattern'] ?? ''} ${good['constr_id']}`,
    condition: good['type'] === 'generated' ? 'nonce' : good['type'] ?? '',
    right: [...prefix, good['form'], ...rest],
    wrong: [...prefix, bad['form'], ...rest],
    target: prefix.length,
    columns: {
      type: good['type'] === 'generated' ? 'nonce' : good['type'] ?? '',
      number: good['correct_number'] === 'plur' ? 'plural' : 'singular',
      pattern: (good['pattern'] ?? '').replace(/^[LR]__/, ''),
      attractors: good['n_attr'] ?? '',
      construction: good['constr_id'],
    },
    published: publishedOf(good, bad),
  }
}

/** What stands behind the form in the sentence, which has another word in its place. */
function restOf(cells: Cells, prefix: readonly string[]): string[] {
  return splitAtSpaces(cells['sent'] ?? '').slice(prefix.length + 1).filter((word) => !word.startsWith('<eos>'))
}

function publishedOf(right: Cells, wrong: Cells): Record<string, number> {
  const scores = Object.keys(right).filter((column) => !KNOWN.includes(column) && isNumber(right[column]) && isNumber(wrong[column]))
  return Object.fromEntries(scores.map((column) => {
    const difference = Number(right[column]) - Number(wrong[column])
    return [column, difference > 0 ? 1 : difference < 0 ? 0 : 0.5]
  }))
}

function isNumber(cell: string | undefined): boolean {
  return cell !== undefined && cell.trim() !== '' && Number.isFinite(Number(cell))
}
