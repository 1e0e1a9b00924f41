import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import type { CountersResult } from '../../src/analysis/results.ts'
import type { Table, Value } from '../../src/core/rows.ts'
import { toCsv } from '../../src/report/csv.ts'
import { tablesOf } from '../../src/report/tables.ts'
import { countingInput } from './counting-fixture.ts'
import { agreementRows, input } from './fixture.ts'

/** Every value of every table takes some seconds on a busy machine, ms. */
const SLOW = 60_000
const results = [...input.results, ...countingInput({ models: 2, seeds: 1, longest: 5 }).results]

describe('CSV', () => {
  it('brings back every value of every table, numbers to the last bit', () => {
    for (const table of tablesOf(results)) {
      const { data, errors } = Papa.parse<Record<string, string>>(toCsv(table), { header: true, skipEmptyLines: true })
      expect(errors).toEqual([])
      expect(data).toHaveLength(table.rows.length)
      table.rows.forEach((row, index) => {
        for (const { key } of table.columns) {
          const text = data[index][key]
          if (row[key] === null) expect(text).toBe('')
          else expect(typeof row[key] === 'number' ? Number(text) : text).toBe(asText(row[key]))
        }
      })
    }
  }, SLOW)

  it('quotes commas, quotes and line breaks', () => {
    const table: Table = { name: 't', title: 'T', columns: [{ key: 'a', title: 'A' }], rows: [{ a: 'x, "y"\nz' }] }
    expect(toCsv(table)).toBe('a\n"x, ""y""\nz"\n')
  })
})

/** CSV has no booleans. */
function asText(value: Value): Value {
  return typeof value === 'boolean' ? String(value) : value
}

describe('tables', () => {
  it('of results with different columns have them all, empty where a result lacks one', () => {
    const [lstm, gru] = ['lstm', 'gru'].map((model) => {
      const counters = results.find((result): result is CountersResult => result.analysis === 'counters')!
      return { ...counters, rows: counters.rows.filter((row) => row.model === model) }
    })
    const table = tablesOf([lstm, gru]).find(({ name }) => name === 'counters')!
    const keys = table.columns.map(({ key }) => key)
    expect(keys).toEqual(expect.arrayContaining(['forget', 'update']))
    expect(table.rows).toHaveLength(lstm.rows.length + gru.rows.length)
    for (const row of table.rows) expect(row[row['model'] === 'lstm' ? 'update' : 'forget']).toBeNull()
    for (const row of table.rows) expect(keys.filter((key) => row[key] === undefined)).toEqual([])
  })

  it('hold every field of a row that is not an object', () => {
    const table = tablesOf(input.results).find(({ name }) => name === 'agreement')!
    expect(Object.keys(table.rows[0]).sort()).toEqual(Object.keys(agreementRows[0]).sort())
  })

  it('join two results of one kind and leave out empty ones', () => {
    const rest = { groups: [], trends: [], pairs: [], overSeeds: [], examples: [], audit: [] }
    const agreement = { analysis: 'agreement', rows: agreementRows, ...rest } as const
    const tables = tablesOf([agreement, agreement])
    expect(tables.map(({ name, rows }) => [name, rows.length])).toEqual([['agreement', 2 * agreementRows.length]])
  })
})
