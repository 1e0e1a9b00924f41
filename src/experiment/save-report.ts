// The files that follow from results.json: the page and the tables. Needs no model and no training.

import { writeFileAtomic } from '../core/files.ts'
import { buildReport } from '../report/build.ts'
import type { ReportDocument } from '../report/document.ts'
import { tablesOf } from '../report/tables.ts'
import { readReportInput, reportPath, writeTables } from './run-directory.ts'

/** Draws the report of a run again from the files of its directory. */
export async function saveReport(directory: string): Promise<ReportDocument> {
  // What compiles the charts takes a while to load: the commands that draw nothing do without it.
  const { renderHtml } = await import('../report/html.ts')
  const input = readReportInput(directory)
  const document = buildReport(input)
  // a section may sum up several results in a table of its own
  const shown = document.sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? [block.table] : [])))
  const tables = new Map([...shown, ...tablesOf(input.results)].map((table) => [table.name, table]))
  writeTables(directory, [...tables.values()])
  writeFileAtomic(reportPath(directory), renderHtml(document))
  return document
}
