// What every list of columns is made of: a column names a field of its row, so a table cannot ask for what rows lack.

import type { Column, Row, Table, Value } from '../../core/rows.ts'

export type ColumnOf<R> = Column & { readonly key: keyof R & string }

/** The columns of every table about trained models. */
export const SUBJECT = [
  { key: 'model', title: 'Model' },
  { key: 'seed', title: 'Seed', digits: 0 },
] as const

export function table<R extends object>(
  name: string,
  title: string,
  columns: readonly ColumnOf<R>[],
  rows: readonly R[],
): Table {
  return { name, title, columns, rows: rows.map((row) => pick(row, columns)) }
}

function pick<R extends object>(row: R, columns: readonly ColumnOf<R>[]): Row {
  return Object.fromEntries(columns.map(({ key }) => [key, row[key] as Value]))
}
