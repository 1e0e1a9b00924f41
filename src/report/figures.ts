// The charts of a report as files, for papers and slides. SVG needs nothing but Vega; PNG is drawn by a Chromium
// browser, because Vega's own PNG needs a native canvas package.

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { parse, View, Warn } from 'vega'
import type { TopLevelSpec } from 'vega-lite'
import { UserError } from '../core/errors.ts'
import { writeFileAtomic } from '../core/files.ts'
import { compileChart } from './charts/compile.ts'
import { chartsOf, type Chart, type ReportDocument } from './document.ts'

export const FIGURE_FORMATS = ['svg', 'png'] as const
export type FigureFormat = (typeof FIGURE_FORMATS)[number]

/** Width of a figure in pixels: a column of text and a half. */
const WIDTH = 640
/** Pixels of a PNG per pixel of the chart: 300 dots per inch at 6.4 inches. */
const DENSITY = 3
const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/**
 * Writes every chart as `directory/ID.svg` or `.png`, ID being the chart's section and name.
 * @returns the paths, in the order of the report
 * @throws UserError for PNG where no browser can be found
 */
export async function renderFigures(
  document: ReportDocument,
  format: FigureFormat,
  directory: string,
): Promise<string[]> {
  const figures: { path: string; svg: string }[] = []
  for (const { id, chart } of chartsOf(document)) {
    figures.push({ path: join(directory, `${id}.${format}`), svg: await chartSvg(chart) })
  }
  if (format === 'svg') for (const { path, svg } of figures) writeFileAtomic(path, `${svg}\n`)
  else await withBrowser((page) => writePngs(page, figures))
  return figures.map(({ path }) => path)
}

/** One chart as SVG text, with its title, on white. */
async function chartSvg({ title: text, spec }: Chart): Promise<string> {
  const title = { text, anchor: 'start', frame: 'group', fontSize: 13, offset: 12 }
  const figure = { ...spec, title, width: WIDTH, autosize: { type: 'pad' }, background: 'white', padding: 8 }
  const view = new View(parse(compileChart(figure as TopLevelSpec)), { renderer: 'none', logLevel: Warn })
  try {
    return await view.toSVG()
  } finally {
    view.finalize()
  }
}

async function writePngs(page: Page, figures: readonly { path: string; svg: string }[]): Promise<void> {
  for (const { path, svg } of figures) {
    await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`)
    writeFileAtomic(path, await page.locator('svg').screenshot())
  }
}

async function withBrowser(use: (page: Page) => Promise<void>): Promise<void> {
  const { chromium } = await import('playwright-core').catch((cause: unknown) => {
    throw new UserError(
      'PNG figures need the package playwright-core; install it with "npm install playwright-core", or write SVG ' +
      'figures.',
      { cause },
    )
  })
  const browser = await chromium.launch({ executablePath: findBrowser(), args: sandbox() })
  try {
    await use(await browser.newPage({ deviceScaleFactor: DENSITY, viewport: { width: 2 * WIDTH, height: 2 * WIDTH } }))
  } finally {
    await browser.close()
  }
}

/** Chromium refuses to run as root with its sandbox, as in containers; the page is ours and loads nothing. */
function sandbox(): string[] {
  return process.getuid?.() === 0 ? ['--no-sandbox'] : []
}

/** @throws UserError where there is none */
function findBrowser(): string {
  const given = process.env['PROBE_CHROMIUM']
  const found = given !== undefined ? [given].find(existsSync) : BROWSERS.find(existsSync)
  if (found !== undefined) return found
  const place = given === undefined ? `at none of ${BROWSERS.join(', ')}` : `at ${given}, which PROBE_CHROMIUM names`
  throw new UserError(
    `PNG figures need a Chromium browser, and there is none ${place}; install one (Debian: apt-get install ` +
      'chromium), set PROBE_CHROMIUM to its path, or write SVG figures.',
  )
}
