// The files that follow from results.json: the page and the tables. Needs no model and no training.

import { writeFileAtomic } from '../core/files.ts'
import { buildReport } from '../report/build.ts'
import type { ReportDocument } from '../report/document.ts'
import { tablesOf } from '../report/tables.ts'
import { readReportInput, reportPath, writeTables } from './run-directory.ts'

/** Draws the report of a run again from the files of its directory. */
export async function saveReport(directory: string): Promise<ReportDocument> {
  const { renderHtml } = await import('../report/html.ts') // charts are compiled by a package that takes a while to load
  const input = readReportInput(directory)
  const document = buildReport(input)
  writeTables(directory, tablesOf(input.results))
  writeFileAtomic(reportPath(directory), renderHtml(document))
  return document
}
