import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { Table } from '../../src/core/rows.ts'
import { toCsv } from '../../src/report/csv.ts'
import { tablesOf } from '../../src/report/tables.ts'
import { agreementRows, input } from './fixture.ts'

describe('CSV', () => {
  it('brings back every value of every table, numbers to the last bit', () => {
    for (const table of tablesOf(input.results)) {
      const { data, errors } = Papa.parse<Record<string, string>>(toCsv(table), { header: true, skipEmptyLines: true })
      expect(errors).toEqual([])
      expect(data).toHaveLength(table.rows.length)
      table.rows.forEach((row, index) => {
        for (const { key } of table.columns) {
          const text = data[index][key]
          if (row[key] === null) expect(text).toBe('')
          else expect(typeof row[key] === 'number' ? Number(text) : text).toBe(row[key])
        }
      })
    }
  })

  it('quotes commas, quotes and line breaks', () => {
    const table: Table = { name: 't', title: 'T', columns: [{ key: 'a', title: 'A' }], rows: [{ a: 'x, "y"\nz' }] }
    expect(toCsv(table)).toBe('a\n"x, ""y""\nz"\n')
  })
})

describe('tables', () => {
  it('hold every field of a row that is not an object', () => {
    const table = tablesOf(input.results).find(({ name }) => name === 'agreement')!
    expect(Object.keys(table.rows[0]).sort()).toEqual(Object.keys(agreementRows[0]).sort())
  })

  it('join two results of one kind and leave out empty ones', () => {
    const rest = { groups: [], trends: [], pairs: [], examples: [], audit: [] }
    const agreement = { analysis: 'agreement', rows: agreementRows, ...rest } as const
    const tables = tablesOf([agreement, agreement])
    expect(tables.map(({ name, rows }) => [name, rows.length])).toEqual([['agreement', 2 * agreementRows.length]])
  })
})
