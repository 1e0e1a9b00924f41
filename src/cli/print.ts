// Printing. Results go to standard output, what went wrong to standard error: a user's mistake as a sentence, a bug
// with its stack and the versions that a report of it needs.

import { UserError } from '../core/errors.ts'
import type { Table, Value } from '../core/rows.ts'
import { packageVersion } from '../experiment/environment.ts'
import { fixed } from '../report/format.ts'
import { paint } from './terminal.ts'

export function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

/** Prints what was thrown and returns the exit code for it. */
export function printError(error: unknown): number {
  const { stderr } = process
  if (!(error instanceof UserError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
    const system = `Node.js ${process.version}, ${process.platform} ${process.arch}`
    stderr.write(`${stack}\n\nThis is a bug in rnn-probe ${packageVersion()} (${system}).\n`)
    return 1
  }
  stderr.write(`${paint('red', '✖', stderr)} ${error.message}\n`)
  for (const { path, message } of error.problems) stderr.write(`  ${path === '' ? '' : `${path}: `}${message}\n`)
  return error.exitCode
}

/** Columns side by side: numbers to the right with the digits of their column, everything else to the left. */
export function tableText({ columns, rows }: Table): string {
  const cells = rows.map((row) => columns.map(({ key, digits }) => cellText(row[key], digits)))
  const heads = columns.map(({ title, unit }) => (unit ? `${title} (${unit})` : title))
  const numeric = columns.map(({ key }) => rows.every((row) => row[key] === null || typeof row[key] === 'number'))
  const widths = columns.map((_, index) => Math.max(heads[index].length, ...cells.map((row) => row[index].length)))
  const padded = (text: string, index: number) =>
    numeric[index] ? text.padStart(widths[index]) : text.padEnd(widths[index])
  const line = (texts: readonly string[]) => texts.map(padded).join('  ').trimEnd()
  return [paint('bold', line(heads)), ...cells.map(line)].join('\n')
}

function cellText(value: Value | undefined, digits: number | undefined): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'number') return String(value)
  return fixed(value, digits ?? (Number.isInteger(value) ? 0 : 3))
}
