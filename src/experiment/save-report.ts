// The files that follow from results.json: the page and the tables. Needs no model and no training.

import { writeFileAtomic } from '../core/files.ts'
import { buildReport } from '../report/build.ts'
import type { ReportDocument } from '../report/document.ts'
import { renderPage } from '../report/page.ts'
import { readReportInput, reportPath, tablesOf, writeTables } from './run-directory.ts'

/** Draws the report of a run again from the files of its directory. */
export async function saveReport(directory: string): Promise<ReportDocument> {
  const document = buildReport(readReportInput(directory))
  writeTables(directory, tablesOf(document))
  writeFileAtomic(reportPath(directory), await renderPage(document))
  return document
}
