// A table as those who come from pandas know it. Where the optional package is missing, a sentence says so.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Table } from '../../src/core/rows.ts'
import { toDataFrame } from '../../src/experiment/data-frame.ts'

const isInstalled = existsSync(join(import.meta.dirname, '../../node_modules/danfojs-node'))
const table: Table = {
  name: 'units',
  title: 'Units',
  columns: [{ key: 'unit', title: 'Unit' }, { key: 'auc', title: 'AUC' }, { key: 'confirmed', title: 'Confirmed' }],
  rows: [{ unit: '0.cell.1', auc: 0.75, confirmed: null }, { unit: '0.cell.2', auc: 0.25, confirmed: 0.5 }],
}

test.runIf(isInstalled)('a table with missing numbers becomes a data frame that can be summarised', async () => {
  const frame = await toDataFrame(table)
  expect(frame.columns).toEqual(['unit', 'auc', 'confirmed'])
  expect(frame.shape).toEqual([2, 3])
  expect(frame.describe().toString()).toContain('0.5')
}, 20_000)

test.skipIf(isInstalled)('without the package a sentence names the command that installs it', async () => {
  await expect(toDataFrame(table)).rejects.toThrow(/npm install danfojs-node\.$/)
})
