// Minimal pairs from the user's CSV: columns `prefix,right,wrong[,condition]` and any others, one pair a row, words
// separated by spaces.

import Papa from 'papaparse'
import { UserError, type Problem } from '../core/errors.ts'
import type { Choice } from './items.ts'

export interface Pair extends Choice {
  /** '' where the file has no such column */
  readonly condition: string
  /** the file's other columns */
  readonly columns: Readonly<Record<string, string>>
}

const REQUIRED = ['prefix', 'right', 'wrong'] as const
const MOST_PROBLEMS = 20

/** @throws UserError with every problem: missing or repeated columns, empty cells, stray quotes, right the same as wrong */
export function parsePairs(csv: string, file: string): Pair[] {
  const text = csv.replace(/^\uFEFF/, '')
  const parsed = Papa.parse<string[]>(text, { delimiter: ',', skipEmptyLines: false })
  const stray = lineOfStrayQuote(text)
  if (stray !== null) {
    // a quote that is never closed swallows the rest: nothing after the first one can be trusted
    const message = 'has a stray quote. A cell with quotes is written "like ""this""".'
    throw invalid(file, [{ path: `line ${stray}`, message }])
  }
  const [header = [], ...rows] = parsed.data
  const columns = header.map((name) => name.trim().toLowerCase())
  const missing = REQUIRED.filter((name) => !columns.includes(name))
  if (missing.length > 0) {
    const message = `has no column ${missing.join(', ')}. Its columns are: ${columns.join(', ')}.`
    throw invalid(file, [{ path: 'row 1', message: `${message} Needed: ${REQUIRED.join(', ')}.` }])
  }
  const twice = columns.filter((name, index) => name !== '' && columns.indexOf(name) < index)
  if (twice.length > 0) {
    const message = `has the column ${[...new Set(twice)].join(', ')} twice. Leave one of them out.`
    throw invalid(file, [{ path: 'row 1', message }])
  }
  const problems: Problem[] = []
  const pairs = rows.flatMap((cells, index) => {
    if (cells.every((cell) => cell.trim() === '')) return []
    const result = parseRow(cells, columns)
    if (typeof result !== 'string') return [result]
    problems.push({ path: `row ${index + 2}`, message: result })
    return []
  })
  if (problems.length > 0) throw invalid(file, problems)
  if (pairs.length === 0) throw new UserError(`${file} holds no pairs: there is no row below the header.`)
  return pairs
}

/** The first line with a quote that neither opens nor closes a cell, nor stands twice in one that is quoted. */
function lineOfStrayQuote(csv: string): number | null {
  const withoutCells = csv.replace(/(^|,|\n)"(?:[^"]|"")*"(?=,|\r?\n|$)/g, (cell) => cell.replace(/[^\n]/g, ''))
  const quote = withoutCells.indexOf('"')
  return quote === -1 ? null : withoutCells.slice(0, quote).split('\n').length
}

/** The pair, or what is wrong with the row. */
function parseRow(cells: readonly string[], columns: readonly string[]): Pair | string {
  if (cells.length !== columns.length) {
    return `has ${cells.length} cells for ${columns.length} columns. A cell with a comma is written "in quotes".`
  }
  const cell = (name: string) => (cells[columns.indexOf(name)] ?? '').trim()
  const [prefix, right, wrong] = REQUIRED.map(cell)
  const empty = REQUIRED.filter((name) => cell(name) === '')
  if (empty.length > 0) return `has no ${empty.join(' and no ')}.`
  const long = [right, wrong].find((word) => /\s/.test(word))
  if (long !== undefined) return `${JSON.stringify(long)} is more than one word; the first ones belong to the prefix.`
  if (right === wrong) return `has ${JSON.stringify(right)} as right and as wrong.`
  const others = columns.filter((name) => name !== '' && ![...REQUIRED, 'condition'].includes(name))
  return {
    prefix: prefix.split(/\s+/), right, wrong, condition: cell('condition'),
    columns: Object.fromEntries(others.map((name) => [name, cell(name)])),
  }
}

function invalid(file: string, problems: readonly Problem[]): UserError {
  const more = problems.length - MOST_PROBLEMS
  const shown = problems.slice(0, MOST_PROBLEMS)
  if (more > 0) shown.push({ path: '', message: `and ${more} more rows.` })
  return new UserError(`${file} is not a file of minimal pairs.`, { problems: shown })
}
