// probe report RUN: draws the report again from the numbers of the run, without training.

import { join } from 'node:path'
import type { CommandModule } from 'yargs'
import { displayPath } from '../../core/files.ts'
import { findRun } from '../../experiment/find.ts'
import { reportPath } from '../../experiment/run-directory.ts'
import { saveReport } from '../../experiment/save-report.ts'
import { RUN } from '../options.ts'
import { print } from '../print.ts'

interface ReportArguments {
  run: string
  figures?: 'svg' | 'png'
}

export const report: CommandModule<object, ReportArguments> = {
  command: 'report <run>',
  describe: 'Draw the report of a run again, without training; charts as files',
  builder: (args) =>
    args
      .positional('run', RUN)
      .option('figures', { describe: 'Write every chart to figures/, too', choices: ['svg', 'png'] as const })
      .example('probe report agreement', 'report.html and tables/ from results.json')
      .example('probe report agreement --figures svg', 'and each chart as reports/agreement/figures/NAME.svg'),
  handler: async ({ run, figures }) => {
    const directory = findRun(run)
    const document = await saveReport(directory)
    print(`Report: ${displayPath(reportPath(directory))}`)
    if (figures === undefined) return
    const { renderFigures } = await import('../../report/figures.ts')
    for (const path of await renderFigures(document, figures, join(directory, 'figures'))) print(displayPath(path))
  },
}
