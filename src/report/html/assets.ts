// What a page is made of besides the report: its style sheet, its scripts, and Vega's runtime, read from the package.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packageRoot } from '../../core/package-root.ts'

const FOLDER = 'src/report/assets'

export interface Assets {
  readonly style: string
  readonly scripts: readonly string[]
  /** Vega's runtime, its licence above it */
  readonly vega: string
  readonly licences: string
}

export function readAssets(): Assets {
  const read = (name: string) => readFileSync(join(packageRoot(), FOLDER, name), 'utf8')
  const build = dirname(fileURLToPath(import.meta.resolve('vega')))
  const licences = read('licences.txt')
  return {
    style: read('page.css'),
    scripts: [read('page.js'), read('texts.js')],
    vega: `/*!\n${licences}*/\n${readFileSync(join(build, 'vega.min.js'), 'utf8')}`,
    licences,
  }
}
