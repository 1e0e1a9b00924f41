// Tables as CSV (RFC 4180, line feeds): every digit of every number, so that a figure can be redrawn from the file.

import Papa from 'papaparse'
import type { Table } from '../core/rows.ts'

/** One header line of column keys, one line a row; ends with a line feed. Missing values are empty. */
export function toCsv(table: Table): string {
  const fields = table.columns.map((column) => column.key)
  const data = table.rows.map((row) => fields.map((field) => row[field]))
  return Papa.unparse({ fields, data }, { newline: '\n' }) + '\n'
}
