// Tables as data frames of danfo.js, for those who come from pandas. The package is optional and loads in a second, so
// that it is imported only here and only when somebody asks.

import { UserError } from '../core/errors.ts'
import type { Row, Table } from '../core/rows.ts'

/** The part of danfo.js' DataFrame that is used here; at run time it is the whole. */
export interface DataFrame {
  readonly columns: readonly string[]
  readonly shape: readonly [number, number]
  head(rows?: number): DataFrame
  describe(): DataFrame
  query(condition: unknown): DataFrame
  groupby(columns: readonly string[]): unknown
  toString(): string
}

interface Danfo {
  readonly DataFrame: new (rows: readonly Row[], options?: { readonly columns?: readonly string[] }) => DataFrame
}

/** @throws UserError where danfojs-node is not installed */
export async function toDataFrame(table: Table): Promise<DataFrame> {
  const { DataFrame } = await loadDanfo()
  const columns = table.columns.map(({ key }) => ({ key, missing: missingValue(table, key) }))
  const complete = (row: Row) => Object.fromEntries(columns.map(({ key, missing }) => [key, row[key] ?? missing]))
  return new DataFrame(table.rows.map(complete))
}

/** Danfo.js calculates with NaN and stumbles over null, as a column of numbers may have it. */
function missingValue({ rows }: Table, key: string): number | string {
  return rows.every((row) => row[key] === null || typeof row[key] === 'number') ? NaN : ''
}

async function loadDanfo(): Promise<Danfo> {
  const name: string = 'danfojs-node' // not a literal: optional, and its types want a package that is not here
  try {
    const loaded = (await import(name)) as { readonly default: Danfo }
    return loaded.default
  } catch (cause) {
    throw new UserError('Data frames need the optional package danfojs-node: npm install danfojs-node.', { cause })
  }
}
