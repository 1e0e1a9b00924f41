import { expect, test } from 'vitest'
import { toCsv } from '../../src/report/csv.ts'
import { carriedCsv, tableMarkup } from '../../src/report/html/table.ts'

const tableOf = (rows: number) => ({
  name: 'numbers',
  title: 'Numbers',
  columns: [{ key: 'n', title: 'n', digits: 0 }, { key: 'x', title: 'x', digits: 2 }],
  rows: Array.from({ length: rows }, (_, n) => ({ n: 1_000_000 + n, x: Math.PI * (n + 1) })),
})

test('a page carries a table of some rows with every digit, and a very long one with three, and says so', () => {
  const [short, long] = [tableOf(1000), tableOf(1001)]
  expect(carriedCsv(short)).toBe(toCsv(short))
  expect(tableMarkup(short, short.rows.slice(0, 2)).source).not.toContain('every digit.')
  const lines = carriedCsv(long).split('\n')
  expect(lines).toHaveLength(1001 + 2)
  expect(lines[1]).toBe('1000000,3.14')
  expect(lines[1001]).toBe(`1001000,${Number((Math.PI * 1001).toPrecision(3))}`)
  expect(tableMarkup(long, long.rows.slice(0, 2)).source).toContain('tables/numbers.csv of the run has every digit')
})
